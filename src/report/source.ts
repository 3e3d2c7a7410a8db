/** What a report reads from a run that is ending: the values of variables and facts about models, by dotted reference. */

/** A model as a report sees it. */
export interface ReportModel {
  /** Trainable parameters. */
  readonly parameterCount: number
  /** Trainable parameters by part, in the order of the layers, e.g. `initial_block`, `body/group-0`, `head`. */
  readonly parts?: readonly { readonly part: string; readonly parameters: number }[]
}

/** The live values behind a report. */
export interface ReportSource {
  /** The value of a `pipeline.variable`: numbers, an `NdArray`, or a list of either as batches left them; undefined if it was never set. */
  variable(ref: string): unknown
  /** The model behind a `pipeline.model`; undefined if it was never built. */
  model(ref: string): ReportModel | undefined
  /** The number of iterations the run was to have. */
  readonly iterations: number
  /** Whether the run was stopped before its end. */
  readonly interrupted: boolean
}
