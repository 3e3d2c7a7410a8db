/** A position in a file of the user: YAML or TypeScript. Lines and columns count from 1. */
export interface SourceLocation {
  readonly file: string
  readonly line: number
  readonly column: number
  /** Columns to underline. Default 1. */
  readonly width?: number
  /** The text of the line, if available. */
  readonly text?: string
}

/** Where an error happened. Every part is optional and filled in while the error travels up. */
export interface ErrorLocation {
  readonly pipeline?: string
  /** The action's number in its pipeline, from 1, and its name. A nested action has both numbers: `3.1`. */
  readonly action?: { readonly number: number | string; readonly name: string }
  /** The batch's number in its run, from 1. */
  readonly batch?: number
  readonly source?: SourceLocation
}
