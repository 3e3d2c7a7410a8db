/** The rounds of an experiment: every pipeline takes one batch in turn, then the recorded variables are noted. */
import { setImmediate } from 'node:timers/promises'
import type { Experiment } from './experiment.js'
import { inPipeline } from './in-pipeline.js'
import type { RecordedValue, Recorder } from './recorder.js'
import type { Stopwatch } from './stopwatch.js'

/** One round as it ends: what metrics.ndjson and a progress bar are told. */
export interface Round {
  /** Its number, from 1. */
  readonly iteration: number
  readonly planned: number
  /** The newest value of each recorded variable, by `pipeline.variable`. */
  readonly values: Readonly<Record<string, RecordedValue>>
  /** Milliseconds each pipeline's batch took. */
  readonly ms: Readonly<Record<string, number>>
}

export interface RoundsOptions {
  readonly recorder: Recorder
  readonly stopwatch: Stopwatch
  readonly signal?: AbortSignal
  readonly onRound: (round: Round) => void
}

/**
 * Runs the rounds. A signal is looked at between batches, after the event loop has had a turn, so that it arrives at all; a round that
 * was cut short is not reported.
 */
export async function runRounds(experiment: Experiment, { recorder, stopwatch, signal, onRound }: RoundsOptions): Promise<void> {
  const { spec, pipelines } = experiment
  const { iterations: planned, turns, batch } = spec.run
  for (let iteration = 1; iteration <= planned; iteration++) {
    const ms: Record<string, number> = {}
    for (const name of turns) {
      await setImmediate()
      if (signal?.aborted) return
      const next = () => pipelines[name]!.nextBatch({ ...batch, seed: spec.seed })
      await inPipeline(name, iteration, () => stopwatch.time(name, next))
      ms[name] = stopwatch.last(name)
    }
    onRound({ iteration, planned, values: recorder.record(), ms })
  }
}
