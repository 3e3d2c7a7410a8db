/** The rounds of an experiment: every pipeline takes one batch in turn, then the variables are recorded. */
import { setImmediate } from 'node:timers/promises'
import { MillraceError } from '../../errors/index.js'
import type { Progress } from '../checkpoint/store.js'
import type { Experiment } from '../experiment.js'
import { inPipeline } from '../in-pipeline.js'
import { batchesOf } from './batches-of.js'
import type { Interruption } from './interruption.js'
import type { Recorded } from './recorded.js'
import type { Recorder } from './recorder.js'
import type { Stopwatch } from './stopwatch.js'

/** The end of one round, as reported to metrics.ndjson and a progress bar. */
export interface Round {
  /** Its number, from 1. */
  readonly iteration: number
  readonly planned: number
  /** What was recorded: by `pipeline.variable`, and `pipeline.variable.key` for maps and metrics. */
  readonly values: Recorded
  /** Milliseconds each pipeline's batch took. */
  readonly ms: Readonly<Record<string, number>>
}

/** Where the rounds start or stop: between two turns. */
export interface RoundsPosition extends Progress {
  /** Milliseconds of the turns taken in the current round. */
  readonly ms: Readonly<Record<string, number>>
}

export interface RoundsOptions {
  /** Where to start. */
  readonly from: RoundsPosition
  readonly recorder: Recorder
  readonly stopwatch: Stopwatch
  readonly interruption: Interruption
  readonly profile?: boolean | undefined
  readonly onRound: (round: Round) => Promise<void>
}

/** Where the rounds ended, and which pipeline's `stopPipeline` was the reason, if any. */
export interface RoundsEnd {
  readonly position: RoundsPosition
  readonly stoppedBy?: string
}

/**
 * Runs the rounds. A signal is checked between batches, after a turn of the event loop, so that it can arrive; a round that
 * is cut short is not reported. `stopPipeline` in any pipeline ends the rounds of all.
 */
export async function runRounds(
  experiment: Experiment,
  { from, recorder, stopwatch, interruption, profile, onRound }: RoundsOptions,
): Promise<RoundsEnd> {
  const { spec, pipelines } = experiment
  const { iterations: planned, turns } = spec.run
  let { turn, ms } = from
  for (let iteration = from.round + 1; iteration <= planned; iteration++) {
    for (; turn < turns.length; turn++) {
      const name = turns[turn]!
      const pipeline = pipelines[name]!
      const position = { round: iteration - 1, turn, ms }
      await setImmediate()
      if (interruption.requested) return { position }
      const options = { ...batchesOf(spec, name), profile, signal: interruption.late }
      try {
        await inPipeline(name, iteration, () => stopwatch.time(name, () => interruption.wait(pipeline.nextBatch(options))))
      } catch (error) {
        if (pipeline.isStopped && error instanceof MillraceError && error.code === 'end-of-data') return { position, stoppedBy: name }
        throw error
      }
      ms = { ...ms, [name]: stopwatch.last(name) }
    }
    await onRound({ iteration, planned, values: recorder.record(), ms })
    turn = 0
    ms = {}
  }
  return { position: { round: planned, turn, ms } }
}
