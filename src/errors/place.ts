/** A position in a text a user wrote: a YAML file or their own TypeScript. Lines and columns count from 1. */
export interface SourcePlace {
  readonly file: string
  readonly line: number
  readonly column: number
  /** How many columns the caret line underlines; 1 if not known. */
  readonly width?: number
  /** The text of that line, where it is at hand. */
  readonly text?: string
}

/** Where in a user's work an error happened. Every part is optional: it is filled in on the way up. */
export interface Place {
  readonly pipeline?: string
  /** The action's number in its pipeline, from 1, and its name. An action inside another one has both numbers, `3.1`. */
  readonly action?: { readonly number: number | string; readonly name: string }
  /** The batch's number in its run, from 1. */
  readonly batch?: number
  readonly source?: SourcePlace
}
