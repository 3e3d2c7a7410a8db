/** The progress of a run: a bar on a terminal, an occasional line elsewhere, nothing with `--quiet`. */
import { type Phase, printable, type Round } from '../../experiment.js'
import { type Notifier, openNotifier } from '../../index.js'
import type { Output } from '../output.js'
import { namesOf, SmoothedValues } from './smoothed-values.js'

export class ProgressDisplay {
  readonly #values = new SmoothedValues()
  #notifier: Notifier | undefined
  #stopped = false
  readonly #output: Output

  constructor(output: Output) {
    this.#output = output
  }

  round({ iteration, planned, values }: Round): void {
    if (this.#stopped || this.#output.quiet) return
    this.#values.add(values)
    const variables = namesOf(Object.keys(values))
    const watched = { name: 'round', total: planned, variables, read: (name: string) => this.#values.of(name) }
    this.#notifier ??= openNotifier({ bar: true, variables }, watched)
    void this.#notifier?.batch(iteration)
  }

  phase(phase: Phase): void {
    if (phase.phase !== 'rounds') this.stop()
    if (phase.phase === 'after') this.#output.note(`running ${printable(phase.pipeline)}`)
    if (phase.phase === 'write') this.#output.note('writing the report and the weights')
  }

  /** Restores the terminal. */
  stop(): void {
    this.#stopped = true
    this.#notifier?.close()
  }
}
