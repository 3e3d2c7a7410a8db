import type { MillraceError } from '../../errors/index.js'
import type { OpenRunFolderOptions } from '../../report/index.js'
import type { Round } from './rounds.js'

/**
 * What a run is doing: taking turns (`done` rounds were done by an earlier process), running a pipeline of `after`, writing what it found;
 * or nothing, for the run that was to be resumed had ended.
 */
export type Phase =
  | { readonly phase: 'rounds'; readonly done: number }
  | { readonly phase: 'after'; readonly pipeline: string }
  | { readonly phase: 'write' }
  | { readonly phase: 'finished' }

export interface RunExperimentOptions {
  /** The run's folder. Default: `runs/<name>/<time>`; with `resume` the newest of these. */
  readonly out?: string
  /**
   * Goes on with the run in that folder from its newest checkpoint. What it ends with is bit for bit what the run would have given had it
   * not been interrupted. A run that has ended gives its results again. Default false.
   */
  readonly resume?: boolean
  /** Stops the run after the batch under way. What was found until then is written, `interrupted: true`. */
  readonly signal?: AbortSignal
  /** Whether it is noted what each action costs: `experiment.pipelines.train.profile` tells afterwards. Default false. */
  readonly profile?: boolean
  /** Called after each round. */
  readonly onRound?: (round: Round) => void
  /** Called when a phase begins. Before `rounds` everything is checked; a mistake up to there costs nothing. */
  readonly onPhase?: (phase: Phase) => void
  /** Called once when files cannot be written in the middle of the run. The run goes on; they are kept in memory and tried again. */
  readonly onProblem?: (error: Error) => void
  /** Called with what ends nothing and should be known: a damaged checkpoint that was passed over, one that could not be written. */
  readonly onWarning?: (warning: MillraceError) => void
  /** The text of config.yaml. Default: the spec as YAML. */
  readonly configYaml?: string
  /** The file system the folder is written with; a test of full disks gives a failing one. Default node:fs. */
  readonly fs?: OpenRunFolderOptions['fs']
}
