/** The rounds of an experiment: every pipeline takes one batch in turn, passes are made when they are due, then the variables are recorded. */
import { setImmediate } from 'node:timers/promises'
import { MillraceError } from '../../errors/index.js'
import type { ExperimentSpec, PassSpec } from '../../pipeline/description/content/experiment-spec.js'
import type { Progress } from '../checkpoint/store.js'
import type { Experiment } from '../experiment.js'
import { inPipeline } from '../in-pipeline.js'
import { batchesOf } from './batches-of.js'
import { type PassOptions, passesAfter, passOptions, runPass } from './pass.js'
import type { Recorded } from './recorded.js'
import type { Recorder } from './recorder.js'

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

export interface RoundsOptions extends PassOptions {
  /** Where to start. */
  readonly from: RoundsPosition
  readonly recorder: Recorder
  readonly onRound: (round: Round) => Promise<void>
  /** Called before passes that are made only because no round follows: the place where a run with more rounds goes on. */
  readonly onLastPasses: (position: RoundsPosition) => Promise<void>
}

/** Where the rounds ended, and which pipeline's `stopPipeline` was the reason, if any. */
export interface RoundsEnd {
  /** Undefined if a pass was cut short, or made only because no round followed: what it changed belongs to no place between two turns. */
  readonly position?: RoundsPosition
  readonly stoppedBy?: string
}

/**
 * Runs the rounds. A signal is checked between batches, after a turn of the event loop, so that it can arrive; a round that
 * is cut short is not reported. `stopPipeline` in any pipeline ends the rounds of all.
 */
export async function runRounds(
  experiment: Experiment,
  { from, recorder, onRound, onLastPasses, ...shared }: RoundsOptions,
): Promise<RoundsEnd> {
  const { stopwatch, interruption, profile } = shared
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
    const passes = passesAfter(spec, iteration)
    const position = { round: iteration - 1, turn, ms }
    if (passes.length > 0 && interruption.requested) return { position }
    const isLast = passes.some(({ rounds }) => iteration % rounds !== 0)
    if (isLast) await onLastPasses(position)
    for (const pass of passes) {
      // Each pass begins anew, so that its values are its own, and one that is made again yields the same.
      pipelines[pass.pipeline]!.reset('variables')
      await runPass(experiment, pass.pipeline, passOptions(spec, pass), shared)
      if (interruption.requested) return {}
    }
    await onRound({ iteration, planned, values: recorder.record(withoutPass(spec, passes)), ms })
    if (isLast) return {}
    turn = 0
    ms = {}
  }
  return { position: { round: planned, turn, ms } }
}

/** The pipelines of `run.every` that have made no pass: their values are those of an earlier round. */
function withoutPass({ run: { every = [] } }: ExperimentSpec, made: readonly PassSpec[]): ReadonlySet<string> {
  const present = new Set(made.map(({ pipeline }) => pipeline))
  return new Set(every.map(({ pipeline }) => pipeline).filter(name => !present.has(name)))
}
