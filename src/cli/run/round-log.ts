/** What a progress display says of a round: smoothed losses, and the time left. */
import type { Round } from '../../experiment.js'
import { formatDuration } from '../duration.js'

/** Rounds the losses shown are smoothed over: enough to be readable, few enough to move. */
const SPAN = 10

/** Follows the rounds of a run. */
export class RoundLog {
  private readonly smoothed = new Map<string, number>()
  private roundSeconds: number | undefined
  private rounds = 0
  private last: number

  constructor(private readonly now: () => number = () => performance.now() / 1000) {
    this.last = now()
  }

  /** Takes in a round and gives the words for it. */
  describe({ iteration, planned, values }: Round): { readonly losses: string; readonly left: string } {
    for (const [ref, value] of Object.entries(values)) if (value !== null) this.smoothed.set(ref, this.blend(this.smoothed.get(ref), value))
    this.follow()
    const losses = [...this.smoothed].map(([ref, value]) => `${ref.slice(ref.indexOf('.') + 1)} ${value.toPrecision(3)}`)
    const rest = planned - iteration
    return { losses: losses.join('  '), left: rest > 0 && this.roundSeconds ? `${formatDuration(rest * this.roundSeconds)} left` : '' }
  }

  /** The first round builds the models and says little about the others: it counts only until there is a second. */
  private follow(): void {
    this.rounds++
    const now = this.now()
    this.roundSeconds = this.rounds <= 2 ? now - this.last : this.blend(this.roundSeconds, now - this.last)
    this.last = now
  }

  private blend(old: number | undefined, value: number): number {
    return old === undefined ? value : old + (2 / (SPAN + 1)) * (value - old)
  }
}
