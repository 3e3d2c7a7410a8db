/** Random values: `R`. */
import {
  type DistributionName,
  type DistributionParameters,
  distributionNames,
  distributionOf,
  isDistributionName,
} from '../../../../util/distributions/table.js'
import { isPlainObject, type JsonValue } from '../../../../util/json.js'
import type { NdArray, TypedArray } from '../../../../util/nd-array.js'
import { describe } from '../../content/describe.js'
import { Expression, type UsesOf } from '../expression.js'
import { choiceOr } from '../letter-values.js'
import type { LetterRow } from './letter-row.js'

export const randomLetters = {
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
} as const satisfies Record<string, LetterRow>

/** A parameter of a distribution: a value or an expression. */
export type RandomArgument = number | boolean | null | readonly unknown[] | NdArray | TypedArray | Expression<any>

/** What may follow the parameters of `R`, besides parameters by name. */
export interface RandomOptions {
  /** The shape of an array of draws. Default: a single draw. */
  readonly size?: number | readonly (number | Expression<any>)[] | Expression<any>
  /** A seed of its own: the draw then depends only on it and the batch. */
  readonly seed?: number
}

/** Parameters by name, each a value or an expression. */
export type NamedParameters<Name extends DistributionName> = {
  readonly [P in keyof DistributionParameters<Name>]?: DistributionParameters<Name>[P] | Expression<any>
}

/**
 * A random value of a distribution of numpy's Generator, its parameters by position or by name. Draws are pure functions of (seed, batch,
 * action): the same run draws the same values. With `size` an array of that shape (float32; integers int32), without it a single draw.
 * A list instead of a name is a choice from it.
 *
 * @example
 * R('normal', 0, 0.1, { size: [300] })
 * R('poisson', { lam: 5.5, seed: 42, size: 3 })
 * R(['metro', 'taxi', 'bike'], { p: [0.6, 0.1, 0.3], size: 10 })
 *
 * BatchFlow: `R`.
 */
export function R<Name extends DistributionName, const Args extends readonly (RandomArgument | (RandomOptions & NamedParameters<Name>))[]>(
  distribution: Name,
  ...args: Args
): Expression<UsesOf<Args>>
export function R<
  const From extends number | readonly unknown[] | NdArray | TypedArray | Expression<any>,
  const Args extends readonly [(RandomOptions & Omit<NamedParameters<'choice'>, 'a'>)?],
>(from: From, ...options: Args): Expression<UsesOf<From> | UsesOf<Args>>
export function R(distribution: unknown, ...args: readonly unknown[]): Expression<any> {
  const last = args.at(-1)
  const hasOptions = isPlainObject(last)
  const { size, seed, ...params } = (hasOptions ? last : {}) as RandomOptions & Record<string, unknown>
  const positional = hasOptions ? args.slice(0, -1) : args
  const { json, values } = describe({
    R: distribution,
    args: positional.length > 0 ? positional : undefined,
    params: Object.keys(params).length > 0 ? params : undefined,
    size,
    seed,
  })
  return new Expression(json as Record<string, JsonValue>, values)
}
