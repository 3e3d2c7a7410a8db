import type { JsonSchema } from '../../../../util/json.js'
import type { LetterValue } from '../letter-values.js'

/** How the tag of a letter is written in a file, if it is not simply followed by a name: `!B images`. */
export interface LetterTag {
  /** The form, for errors. */
  readonly form?: string
  /** The values it may precede as they are. */
  readonly before?: readonly ('list' | 'map' | 'scalar')[]
  /** Its name if nothing follows the tag. */
  readonly empty?: string
  /** The further key that receives the items of a list after the first. */
  readonly rest?: string
}

/** What is known about a named expression without evaluating it. */
export interface LetterRow {
  /** What it reads, for documentation and the schema. */
  readonly summary: string
  /** The value allowed under the letter. */
  readonly value: LetterValue
  /** The keys allowed beside the letter, with the schema of each value. */
  readonly further: Readonly<Record<string, JsonSchema>>
  /** The names that `params` may have, and what they belong to; undefined if unknown. */
  readonly parameters?: (value: unknown) => { readonly where: string; readonly allowed: readonly string[] } | undefined
  /** What its name refers to, which must exist. */
  readonly names?: 'component' | 'variable' | 'model' | 'attribute' | 'config'
  /** True if it can be evaluated only with a batch. Default false. */
  readonly readsBatch?: boolean
  /**
   * True if its value follows from the batch, its number, the dataset and the seed, so that a batch's actions can run ahead of its turn;
   * `unless saved`: in pipelines that save nothing to it. Default false.
   */
  readonly batchLocal?: boolean | 'unless saved'
  /** Set if values can be saved to it: it `creates` a name, or needs one that is `declared`. */
  readonly savable?: 'creates' | 'declared'
  /** True if values can be saved to attributes and items of its value. Default false: its value is a temporary. */
  readonly changeable?: boolean
  /** True if its name is that of a live thing, which a file cannot refer to. Default false. */
  readonly isLive?: boolean
  /** True if it draws a random value. Default false. */
  readonly isRandom?: boolean
  /** True if its contents are evaluated separately, not with what surrounds them. Default false. */
  readonly encloses?: boolean
  readonly tag?: LetterTag
}
