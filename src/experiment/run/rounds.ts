/** The rounds of an experiment: every pipeline takes one batch in turn, then the variables are recorded. */
import { setImmediate } from 'node:timers/promises'
import type { Progress } from '../checkpoint/store.js'
import type { Experiment } from '../experiment.js'
import { inPipeline } from '../in-pipeline.js'
import { batchesOf } from './batches-of.js'
import type { RecordedValue, Recorder } from './recorder.js'
import type { Stopwatch } from './stopwatch.js'

/** The end of one round, as reported to metrics.ndjson and a progress bar. */
export interface Round {
  /** Its number, from 1. */
  readonly iteration: number
  readonly planned: number
  /** The newest value of each recorded variable, by `pipeline.variable`. */
  readonly values: Readonly<Record<string, RecordedValue>>
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
  readonly signal?: AbortSignal | undefined
  readonly profile?: boolean | undefined
  readonly onRound: (round: Round) => Promise<void>
}

/**
 * Runs the rounds. A signal is checked between batches, after a turn of the event loop, so that it can arrive; a round that
 * is cut short is not reported. Returns where the rounds ended.
 */
export async function runRounds(
  experiment: Experiment,
  { from, recorder, stopwatch, signal, profile, onRound }: RoundsOptions,
): Promise<RoundsPosition> {
  const { spec, pipelines } = experiment
  const { iterations: planned, turns } = spec.run
  let { turn, ms } = from
  for (let iteration = from.round + 1; iteration <= planned; iteration++) {
    for (; turn < turns.length; turn++) {
      const name = turns[turn]!
      await setImmediate()
      if (signal?.aborted) return { round: iteration - 1, turn, ms }
      const next = () => pipelines[name]!.nextBatch({ ...batchesOf(spec, name), profile })
      await inPipeline(name, iteration, () => stopwatch.time(name, next))
      ms = { ...ms, [name]: stopwatch.last(name) }
    }
    await onRound({ iteration, planned, values: recorder.record(), ms })
    turn = 0
    ms = {}
  }
  return { round: planned, turn, ms }
}
