/** Problems of options, collected without throwing; each caller reports them in its own way. */

/** Keys from the checked value to the one a problem is about, as the user wrote them. */
export type Path = readonly (string | number)[]

/** One problem. `path` leads to the key or value it is about; to the object, where keys are missing or do not go together. */
export type OptionProblem =
  | { readonly code: 'unknown-option'; readonly path: Path; readonly seen: string; readonly allowed: readonly string[] }
  | {
      readonly code: 'wrong-value'
      readonly path: Path
      /** What the value is for: the summary of its option. */
      readonly summary: string
      readonly seen: unknown
      readonly allowed: string
      /** The closed names among what is allowed: a near miss is a slip. */
      readonly names: readonly string[]
    }
  | { readonly code: 'missing-option'; readonly path: Path; readonly name: string; readonly allowed: string }
  | { readonly code: 'options-exclude'; readonly path: Path; readonly names: readonly string[] }
  | { readonly code: 'option-alone'; readonly path: Path; readonly name: string; readonly needs: string }

/** An option written under an old name: it is read, and a note says the new one. */
export interface OldName {
  readonly path: Path
  readonly seen: string
  readonly now: string
}

export interface Findings {
  readonly errors: readonly OptionProblem[]
  readonly notes: readonly OldName[]
}
