/**
 * The table of named expressions: a row for each letter says all that is known of it without evaluating it, and stands beside the factory
 * that writes it. Its other half, how it is evaluated and saved to, is a row of the same letter in `run/values/letters.ts`.
 */
import { batchLetters } from './letters/batch.js'
import type { LetterRow } from './letters/letter-row.js'
import { pipelineLetters } from './letters/pipeline.js'
import { randomLetters } from './letters/random.js'
import { valueLetters } from './letters/values.js'

/** BatchFlow's named expressions. */
export const letters = { ...batchLetters, ...pipelineLetters, ...valueLetters, ...randomLetters } as const satisfies Record<
  string,
  LetterRow
>

export type ExpressionLetter = keyof typeof letters

/** The letters that values can be saved to. */
export type SavableLetter = {
  [Letter in ExpressionLetter]: (typeof letters)[Letter] extends { readonly savable: string } ? Letter : never
}[ExpressionLetter]

/** The row of a letter. */
export const letterRow = (letter: ExpressionLetter): LetterRow => letters[letter]

/** True if a key is a letter of the table. */
export const isLetter = (key: string): key is ExpressionLetter => Object.hasOwn(letters, key)
