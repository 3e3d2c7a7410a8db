import type { JsonSchema } from '../../../../util/json.js'
import type { LetterValue } from '../letter-values.js'

/** How the tag of a letter is written in a file, where it does not just stand before a name: `!B images`. */
export interface LetterTag {
  /** The form in words, for errors. */
  readonly form?: string
  /** The values it stands before as they are. */
  readonly before?: readonly ('list' | 'map' | 'scalar')[]
  /** The name it has where nothing follows it. */
  readonly empty?: string
  /** The further key that takes the items of a list after the first one. */
  readonly rest?: string
}

/** What is known of a named expression without evaluating it. */
export interface LetterRow {
  /** What it reads, for docs and the schema. */
  readonly summary: string
  /** What may stand under the letter. */
  readonly value: LetterValue
  /** The keys that may stand beside the letter, each with the schema of its value. */
  readonly further: Readonly<Record<string, JsonSchema>>
  /** The names that `params` may have, and whose they are; undefined where they are not known. */
  readonly parameters?: (value: unknown) => { readonly where: string; readonly allowed: readonly string[] } | undefined
  /** What its name refers to, which must exist. */
  readonly names?: 'component' | 'variable' | 'model' | 'attribute' | 'config'
  /** True if it can be evaluated only where there is a batch. Default false. */
  readonly readsBatch?: boolean
  /**
   * True if its value follows from the batch, its number, the dataset and the seed, so that a batch's actions can run ahead of its turn;
   * `unless saved`: in pipelines that save nothing to it. Default false.
   */
  readonly batchLocal?: boolean | 'unless saved'
  /** Set if values can be saved to it: `creates` a name that was not there, or needs one that is `declared`. */
  readonly savable?: 'creates' | 'declared'
  /** True if values can be saved to attributes and items of its value. Default false: its value is a temporary. */
  readonly changeable?: boolean
  /** True if its name is that of a live thing, which a file cannot name. Default false. */
  readonly isLive?: boolean
  /** True if it draws a random value. Default false. */
  readonly isRandom?: boolean
  /** True if what stands in it is evaluated by itself, not with what surrounds it. Default false. */
  readonly encloses?: boolean
  readonly tag?: LetterTag
}
