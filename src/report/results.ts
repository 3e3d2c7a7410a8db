/** The content of results.json, from which a report is rendered: plain data, readable without Millrace. */
import type { JsonObject, JsonValue } from '../util/json.js'

/** One chart of a report, its live values already reduced to plain data. */
export interface PreparedChart {
  /** A key of the chart table, e.g. `curves`. */
  readonly kind: string
  readonly options: JsonObject
  /** The result of `prepare` of that kind; null if it failed. */
  readonly data: JsonValue
  /** Why the chart could not be prepared. The page shows it in place of the chart. */
  readonly problem?: string
}

/** The versions used by a run; `tensorflow` is the C library's. */
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
  /** Threads that TensorFlow splits an operation among, if it was used: another number leads to other last bits. */
  readonly threads?: number
  /** The accelerator's name, if one was used. */
  readonly gpu?: string
}

/** Milliseconds per batch of one pipeline. */
export interface PipelineTiming {
  readonly medianMs: number
  readonly batches: number
}

/** The part of results.json that a report needs. A run may store more (`variables`, checkpoints' names). */
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
  /** Stopped by a signal before everything was done. */
  readonly interrupted: boolean
  /** The pipeline whose `stopPipeline` ended the iterations before the last one planned; absent otherwise. */
  readonly stoppedBy?: string
  /** The error that ended the run, if it failed. */
  readonly error?: { readonly code: string; readonly message: string }
  readonly versions: RunVersions
  readonly machine: RunMachine
  /** By pipeline. */
  readonly timing: Readonly<Record<string, PipelineTiming>>
  /** Trainable parameters by model. */
  readonly parameters?: Readonly<Record<string, number>>
  /** Share of correct answers on the whole test set, by the chart's name for the model. */
  readonly accuracy?: Readonly<Record<string, number>>
  readonly charts: readonly PreparedChart[]
}

/** The input of a page. */
export interface ReportInput {
  readonly results: RunResults
  /** The resolved configuration, as text. */
  readonly configYaml: string
}
