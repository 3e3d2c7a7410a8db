/** What a report reads from a run: values of variables and facts about models, by dotted reference. */

/** A model as a report sees it. */
export interface ReportModel {
  /** Trainable parameters. */
  readonly parameterCount: number
  /** Trainable parameters by part, in the order of the layers, e.g. `initial_block`, `body/group-0`, `head`. */
  readonly parts?: readonly { readonly part: string; readonly parameters: number }[]
}

/** The live values of a report. */
export interface ReportSource {
  /**
   * Returns the value of a `pipeline.variable`: numbers, an `NdArray`, or a list of either with one entry per batch; undefined if never
   * set.
   */
  variable(ref: string): unknown
  /** Returns the rounds, from 1, that have a value of a `pipeline.variable`, if that is not each: those after which its pipeline made a pass. */
  rounds?(ref: string): readonly number[] | undefined
  /** Returns the model of a `pipeline.model`; undefined if it was never built. */
  model(ref: string): ReportModel | undefined
  /** The planned number of iterations. */
  readonly iterations: number
  /** True if the run was stopped before its end. */
  readonly interrupted: boolean
}
