/** The progress of a run: a bar on a terminal, a line now and then elsewhere. */
import { Presets, SingleBar } from 'cli-progress'
import type { Phase, Round } from '../../experiment.js'
import type { Output } from '../output.js'
import { RoundLog } from './round-log.js'

export interface Progress {
  round(round: Round): void
  phase(phase: Phase): void
  /** Wipes off what is drawn, for a line of something else. */
  clear(): void
  /** Leaves the terminal as it was. */
  stop(): void
}

/** The display that fits: none with `--quiet`, a bar on a terminal, otherwise lines. */
export function openProgress(output: Output): Progress {
  if (output.quiet) return { round() {}, phase() {}, clear() {}, stop() {} }
  return process.stderr.isTTY ? new BarProgress(output) : new LineProgress(output)
}

function sayPhase(phase: Phase, output: Output): void {
  if (phase.phase === 'after') output.note(`running ${phase.pipeline}`)
  if (phase.phase === 'write') output.note('writing the report and the weights')
}

/** The longest time left, `16 min 33 s left`, and the blanks between the parts. */
const REST = 16 + 6

/** As wide as leaves room for the losses and the time left: these tell more than the bar. */
export function barWidth(columns: number | undefined, digits: number, losses: number): number {
  return Math.max(6, Math.min(30, (columns ?? 80) - (2 * digits + 1) - losses - REST))
}

class BarProgress implements Progress {
  private bar: SingleBar | undefined
  private stopped = false
  private readonly log = new RoundLog()

  constructor(private readonly output: Output) {}

  round(round: Round): void {
    if (this.stopped) return
    const words = this.log.describe(round)
    if (!this.bar) {
      const format = '{bar} {value}/{total}  {losses}  {left}'
      const barsize = barWidth(process.stderr.columns, `${round.planned}`.length, words.losses.length)
      this.bar = new SingleBar({ format, barsize, hideCursor: true, stream: process.stderr }, Presets.shades_classic)
      this.bar.start(round.planned, 0, { losses: '', left: '' })
    }
    this.bar.update(round.iteration, words)
  }

  phase(phase: Phase): void {
    if (phase.phase === 'rounds') return
    this.stop()
    sayPhase(phase, this.output)
  }

  clear(): void {
    if (this.bar && !this.stopped) process.stderr.write('\r\u001b[K')
  }

  stop(): void {
    this.stopped = true
    this.bar?.stop()
  }
}

/** Seconds of silence after which a line is due; a tenth of the rounds is another reason for one. */
const SILENCE_S = 10

class LineProgress implements Progress {
  private readonly log = new RoundLog()
  private said = performance.now()
  private tenth = 0

  constructor(private readonly output: Output) {}

  round(round: Round): void {
    const { losses, left } = this.log.describe(round)
    const tenth = Math.floor((10 * round.iteration) / round.planned)
    if (tenth === this.tenth && performance.now() - this.said < 1000 * SILENCE_S) return
    this.tenth = tenth
    this.said = performance.now()
    this.output.note([`round ${round.iteration}/${round.planned}`, losses, left].filter(Boolean).join('  '))
  }

  phase(phase: Phase): void {
    sayPhase(phase, this.output)
  }

  clear(): void {}

  stop(): void {}
}
