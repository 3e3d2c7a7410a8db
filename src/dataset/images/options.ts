/** Options that image actions share: positions, sides, colours. Rows come before columns, as in the shape of an array. */
import { fail } from '../../errors/index.js'
import { describeValue } from '../../util/describe-value.js'
import type { JsonSchema } from '../../util/json.js'
import { NdArray } from '../../util/nd-array.js'
import { uniformAt } from '../../util/seeds.js'
import { readChannels } from '../actions/action-args.js'
import { type Image, rangeOf, toRange } from './image.js'
import type { RowsColumns } from './windows.js'

export const originNames = ['top_left', 'top_right', 'bottom_left', 'bottom_right', 'center', 'random'] as const

/**
 * The position of a smaller rectangle in a larger one: a name, `[row, column]` in pixels, or fractions from 0 to 1 of the possible
 * positions. `random` is drawn per item.
 */
export type Origin = (typeof originNames)[number] | RowsColumns

/** A colour: one number for all channels, or one per channel. */
export type Color = number | readonly number[]

const numbers = (description: string, min: number, max: number): JsonSchema => ({
  type: 'array',
  items: { type: 'number' },
  minItems: min,
  maxItems: max,
  description,
})

export const originSchema = (standard?: string): JsonSchema => ({
  anyOf: [{ enum: originNames }, numbers('[row, column] in pixels, or fractions from 0 to 1.', 2, 2)],
  description: 'The position: a name, [row, column] in pixels, or fractions from 0 to 1 of the possible positions.',
  ...(standard !== undefined && { default: standard }),
})

export const sidesSchema = (description: string, alone: JsonSchema = { type: 'integer', minimum: 1 }): JsonSchema => ({
  anyOf: [alone, { type: 'array', items: alone, minItems: 2, maxItems: 2 }],
  description,
})

export const pairSchema = (description: string): JsonSchema => numbers(description, 2, 2)

export const colorSchema = (description: string, standard?: number): JsonSchema => ({
  anyOf: [{ type: 'number' }, { type: 'array', items: { type: 'number' }, minItems: 1 }],
  description,
  ...(standard !== undefined && { default: standard }),
})

export const clipSchema: JsonSchema = { type: 'boolean', description: 'Clamp floats to 0 … 1.', default: false }

/** The schema of an action's own options. */
export const imageSchema = (properties: Readonly<Record<string, JsonSchema>>, required: readonly string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

/** Reads a list, also from an array of numbers. */
const listed = (value: unknown): unknown => (value instanceof NdArray ? Array.from(value.data) : value)

/** @throws MillraceError `wrong-value` */
export function readPair(name: string, value: unknown): RowsColumns {
  const pair = listed(value)
  if (Array.isArray(pair) && pair.length === 2 && pair.every(Number.isFinite)) return pair as unknown as RowsColumns
  return fail('wrong-value', { name, seen: describeValue(value), allowed: 'two finite numbers: [rows, columns]' })
}

/** Reads two integers from 1; one number means a square. @throws MillraceError `wrong-value` */
export function readSides(name: string, value: unknown): RowsColumns {
  const given = listed(value)
  const sides = Array.isArray(given) && given.length === 1 ? given[0] : given
  const pair = typeof sides === 'number' ? [sides, sides] : sides
  if (Array.isArray(pair) && pair.length === 2 && pair.every(side => Number.isInteger(side) && side >= 1))
    return pair as unknown as RowsColumns
  return fail('wrong-value', { name, seen: describeValue(value), allowed: 'an integer from 1, or two: [rows, columns]' })
}

/** A colour for each channel, as the image's type holds it. @throws MillraceError `wrong-value` */
export function readColor(name: string, value: unknown, { channels, dtype }: Image): readonly number[] {
  const range = rangeOf(dtype)
  return readChannels(name, listed(value), channels).map(number => toRange(number, range))
}

/** A number for each channel. @throws MillraceError `wrong-value` */
export function readValues(name: string, value: unknown, { channels }: Image): readonly number[] {
  return readChannels(name, listed(value), channels)
}

/** @throws MillraceError `wrong-value` unless it is a finite number */
export function readNumber(name: string, value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : fail('wrong-value', { name, seen: describeValue(value), allowed: 'a finite number' })
}

/**
 * Returns the top left corner, [row, column], of a small rectangle in a large one. If the small one is larger, names mean 0.
 *
 * @throws MillraceError `wrong-value`
 */
export function placeOrigin(origin: unknown, small: RowsColumns, large: RowsColumns, seed: number): RowsColumns {
  const free = [Math.max(0, large[0] - small[0]), Math.max(0, large[1] - small[1])] as const
  switch (origin) {
    case 'top_left':
      return [0, 0]
    case 'top_right':
      return [0, free[1]]
    case 'bottom_left':
      return [free[0], 0]
    case 'bottom_right':
      return free
    case 'center':
      return [free[0] >> 1, free[1] >> 1]
    case 'random':
      return [Math.floor(uniformAt(seed, 0) * (free[0] + 1)), Math.floor(uniformAt(seed, 1) * (free[1] + 1))]
  }
  const pair = listed(origin)
  if (Array.isArray(pair) && pair.length === 2 && pair.every(Number.isFinite)) {
    const [row, column] = pair as unknown as RowsColumns
    if (pair.every(part => part >= 0 && part < 1)) return [Math.floor(row * (free[0] + 1)), Math.floor(column * (free[1] + 1))]
    if (pair.every(Number.isInteger)) return [row, column]
  }
  return fail('wrong-value', {
    name: 'origin',
    seen: describeValue(origin),
    allowed: `${originNames.join(', ')}, [row, column] in pixels, or both as fractions from 0 to 1`,
  })
}
