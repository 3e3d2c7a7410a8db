import type { MillraceError } from '../../errors/index.js'
import type { OpenRunFolderOptions } from '../../report/index.js'
import type { Round } from './rounds.js'

/**
 * What a run is doing: taking turns (`done` rounds are from an earlier process), running a pipeline of `after`, writing its results;
 * or nothing, because the run to resume had ended.
 */
export type Phase =
  | { readonly phase: 'rounds'; readonly done: number }
  | { readonly phase: 'after'; readonly pipeline: string }
  | { readonly phase: 'write' }
  | { readonly phase: 'finished' }

export interface RunExperimentOptions {
  /** The run's folder. Default: `runs/<name>/<time>`; with `resume`, the newest of these. */
  readonly out?: string
  /**
   * Continues the run in that folder from its newest checkpoint. The results equal, bit for bit, those of the run had it
   * not been interrupted. For a run that has ended, returns its results again. Default false.
   */
  readonly resume?: boolean
  /** Stops the run after the current batch. Results up to then are written, with `interrupted: true`. */
  readonly signal?: AbortSignal
  /** True to record the cost of each action, for `experiment.pipelines.train.profile`. Default false. */
  readonly profile?: boolean
  /** Called after each round. */
  readonly onRound?: (round: Round) => void
  /** Called with the run's folder before anything is written there. */
  readonly onFolder?: (folder: string) => void
  /** Called when a phase begins. Everything is checked before `rounds`; a mistake found there costs nothing. */
  readonly onPhase?: (phase: Phase) => void
  /** Called once if files cannot be written during the run. The run continues; they are kept in memory and retried. */
  readonly onProblem?: (error: Error) => void
  /** Called with warnings: a damaged checkpoint that was skipped, one that could not be written. */
  readonly onWarning?: (warning: MillraceError) => void
  /** The text of config.yaml. Default: the spec as YAML. */
  readonly configYaml?: string
  /** The file system that writes the folder; tests of full disks pass a failing one. Default: node:fs. */
  readonly fs?: OpenRunFolderOptions['fs']
}
