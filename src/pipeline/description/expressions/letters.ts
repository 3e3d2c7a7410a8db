/**
 * The table of named expressions: one row per letter holds what is known about it without evaluation. The other half, how it is
 * evaluated and saved to, is a row of the same letter in `run/values/letters.ts`.
 */
import { distributionNames, distributionOf, isDistributionName } from '../../../util/distributions/table.js'
import type { JsonSchema } from '../../../util/json.js'
import { anyLetterValue, choiceOr, expressionValue, type LetterValue, listOf, nameOf, oneOf, optionalNameOf } from './letter-values.js'
import { saveModes } from './save-mode.js'

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
  /** True if the entries of the list under it are written as separate arguments. Default false. */
  readonly takesArguments?: boolean
  readonly tag?: LetterTag
}

/** What `I` can return. */
export const iterationParts = ['current', 'maximum', 'ratio'] as const

const pipeline: JsonSchema = {
  type: 'string',
  minLength: 1,
  $comment: 'the name of a pipeline',
  description: 'another pipeline, which it is read from',
}

/** BatchFlow's named expressions. */
export const letters = {
  B: {
    summary: 'a component of the batch, or the batch itself',
    value: optionalNameOf('a component of the batch'),
    further: { copy: { type: 'boolean', description: 'whether it is a copy' } },
    names: 'component',
    readsBatch: true,
    batchLocal: true,
    savable: 'creates',
    changeable: true,
  },
  C: {
    summary: "a value of the pipeline's config, by path, or the whole config",
    value: optionalNameOf("a value of the pipeline's config"),
    further: { default: {}, pipeline },
    names: 'config',
    batchLocal: 'unless saved',
    savable: 'creates',
  },
  D: {
    summary: 'an attribute of the dataset, or the dataset itself',
    value: optionalNameOf('an attribute of the dataset'),
    further: {},
    names: 'attribute',
    batchLocal: true,
  },
  F: {
    summary: 'the result of calling a function',
    value: anyLetterValue,
    further: { args: { type: 'array' } },
    changeable: true,
    isLive: true,
  },
  I: {
    summary: 'the iteration: current (from 1), maximum, or ratio',
    value: oneOf(iterationParts),
    further: {},
    batchLocal: true,
    tag: { empty: 'current' },
  },
  IF: {
    summary: 'one of two values, by a condition: [condition, value, other value]',
    value: listOf('condition', 'value', 'other value'),
    further: {},
    batchLocal: true,
    takesArguments: true,
    tag: { form: '!IF [condition, value, other value]', before: ['list'] },
  },
  L: {
    summary: 'a component, item by item: each operation applies to every item',
    value: nameOf('a component'),
    further: {},
    names: 'component',
    readsBatch: true,
    batchLocal: true,
    savable: 'creates',
    changeable: true,
  },
  M: { summary: 'a model', value: nameOf('a model'), further: {}, names: 'model' },
  P: {
    summary: 'a value for each item of the batch, evaluated once',
    value: anyLetterValue,
    further: {},
    readsBatch: true,
    batchLocal: true,
    encloses: true,
    tag: { form: '!P [value, …], or !P {R: name}', before: ['list', 'map'] },
  },
  PP: {
    summary: 'a value for each item of the batch, evaluated once per item',
    value: anyLetterValue,
    further: {},
    readsBatch: true,
    batchLocal: true,
    encloses: true,
    tag: { form: '!PP {R: name}', before: ['list', 'map'] },
  },
  R: {
    summary: 'a random value from a distribution, or a choice from a list',
    value: choiceOr(distributionNames, 'a distribution, or a list to choose from'),
    further: {
      args: { type: 'array' },
      params: { type: 'object', description: 'parameters by name' },
      size: {},
      seed: { type: 'integer', minimum: 0 },
    },
    parameters: (name: unknown) =>
      typeof name === 'string' && isDistributionName(name)
        ? { where: `the distribution ${name}`, allowed: Object.keys(distributionOf(name).parameters) }
        : undefined,
    batchLocal: true,
    isRandom: true,
    tag: { form: '!R name, or !R [name, number, …]', rest: 'args' },
  },
  V: {
    summary: 'a variable of the pipeline',
    value: nameOf('a variable of the pipeline'),
    further: { mode: { enum: [...saveModes, 'w', 'a', 'e', 'u'] }, pipeline },
    names: 'variable',
    savable: 'declared',
    changeable: true,
  },
  W: {
    summary: 'an expression itself, not evaluated',
    value: expressionValue,
    further: {},
    batchLocal: true,
    encloses: true,
    tag: { form: '!W {V: name}', before: ['map', 'scalar'] },
  },
} as const satisfies Record<string, LetterRow>

export type ExpressionLetter = keyof typeof letters

/** The letters that values can be saved to. */
export type SavableLetter = {
  [Letter in ExpressionLetter]: (typeof letters)[Letter] extends { readonly savable: string } ? Letter : never
}[ExpressionLetter]

/** The row of a letter. */
export const letterRow = (letter: ExpressionLetter): LetterRow => letters[letter]

/** True if a key is a letter of the table. */
export const isLetter = (key: string): key is ExpressionLetter => Object.hasOwn(letters, key)
