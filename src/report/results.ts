/** What a run leaves in results.json and a report is rendered from: plain data, readable without Millrace. */
import type { JsonObject, JsonValue } from '../util/json.js'

/** One chart of a report, its live values already reduced to plain data. */
export interface PreparedChart {
  /** A key of the chart table, e.g. `curves`. */
  readonly kind: string
  readonly options: JsonObject
  /** What `prepare` of that kind gave; null where it failed. */
  readonly data: JsonValue
  /** Why the chart could not be prepared. The page then says so in its place, and the run's other results stay. */
  readonly problem?: string
}

/** The versions a run was made with; `tensorflow` is the C library's. */
export interface RunVersions {
  readonly millrace: string
  readonly node: string
  readonly tfjs: string
  readonly tensorflow: string
}

export interface RunMachine {
  /** The processor's name. */
  readonly cpu: string
  readonly cores: number
  readonly memoryBytes: number
  /** The accelerator's name, where one was used. */
  readonly gpu?: string
}

/** Milliseconds a batch took, for one pipeline. */
export interface PipelineTiming {
  readonly medianMs: number
  readonly batches: number
}

/** The part of results.json that a report needs. A run may keep more beside it (`variables`, checkpoints' names). */
export interface RunResults {
  readonly name: string
  readonly title: string
  /** Paragraphs, separated by empty lines; empty for none. */
  readonly description: string
  readonly seed: number
  /** When the run started, ISO 8601. */
  readonly started: string
  /** Wall time in seconds. */
  readonly seconds: number
  readonly iterations: { readonly planned: number; readonly done: number }
  /** Stopped by a signal before the last iteration. */
  readonly interrupted: boolean
  /** What ended the run early, where it failed. */
  readonly error?: { readonly code: string; readonly message: string }
  readonly versions: RunVersions
  readonly machine: RunMachine
  /** By pipeline. */
  readonly timing: Readonly<Record<string, PipelineTiming>>
  /** Trainable parameters by model. */
  readonly parameters?: Readonly<Record<string, number>>
  /** Share of right answers on the whole test set, by the name the chart gives it. */
  readonly accuracy?: Readonly<Record<string, number>>
  readonly charts: readonly PreparedChart[]
}

/** All that a page is made of. */
export interface ReportInput {
  readonly results: RunResults
  /** The resolved configuration, as text. */
  readonly configYaml: string
}
