/** Options that image actions share: positions, sides, colours. Rows come before columns, as in the shape of an array. */
import {
  anyOf,
  boolean,
  integer,
  number,
  type OptionType,
  oneOf,
  option,
  plainType,
  tuple,
  type ValueOf,
  worded,
} from '../../options/index.js'
import { uniformAt } from '../../util/seeds.js'
import { orArray, perChannel, readChannels } from '../actions/action-args.js'
import { type Image, rangeOf, toRange } from './image.js'
import type { RowsColumns } from './windows.js'

const originNames = ['top_left', 'top_right', 'bottom_left', 'bottom_right', 'center', 'random'] as const

const isPair = (value: unknown): value is RowsColumns => Array.isArray(value) && value.length === 2
const isPart = (value: unknown) => Number.isFinite(value) && (value as number) >= 0 && (value as number) < 1
const place: OptionType<RowsColumns, RowsColumns> = plainType({
  allowed: '[row, column] in pixels, or both as fractions from 0 to 1',
  schema: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 },
  test: value => isPair(value) && (value.every(isPart) || value.every(Number.isInteger)),
})

/** The position of a smaller rectangle in a larger one. `random` is drawn per item. */
const origin = orArray(anyOf(oneOf(originNames), place))
export type Origin = ValueOf<typeof origin>

/** Where a rectangle lies. */
export const originOption = <const D extends Origin>(summary: string, standard: D) =>
  option(`${summary}: a name, [row, column] in pixels, or fractions from 0 to 1 of the possible positions`, origin, {
    default: standard as Origin,
  })

/** One value for both sides, or [rows, columns]. */
export const eachSide = (type: OptionType<number, number>) => orArray(anyOf(type, tuple([type, type])))

/** Sides in pixels. */
export const side = integer({ min: 1 })
export const sides = eachSide(side)

/** [rows, columns]. */
export const pair = orArray(worded(tuple([number(), number()]), 'two numbers: [rows, columns]'))

/** One number for all channels, or one per channel. */
export const color = perChannel()
export type Color = ValueOf<typeof color>

export const clipOption = option('true: floats are kept from 0 to 1, as integers are within their type', boolean, { default: false })

/** True for two numbers that are written out. */
export const isTwo = (value: unknown): value is RowsColumns => isPair(value) && value.every(side => typeof side === 'number')

/** Both sides of one number. */
export const toSides = (value: number | RowsColumns): RowsColumns => (typeof value === 'number' ? [value, value] : value)

/** A colour per channel, as the image's type holds it. @throws MillraceError `wrong-value` */
export function readColor(name: string, value: Color, { channels, dtype }: Image): readonly number[] {
  const range = rangeOf(dtype)
  return readChannels(name, value, channels).map(number => toRange(number, range))
}

/** Returns the top left corner, [row, column], of a small rectangle in a large one. If the small one is larger, names mean 0. */
export function placeOrigin(origin: Origin, small: RowsColumns, large: RowsColumns, seed: number): RowsColumns {
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
  if (!origin.every(isPart)) return origin
  return [Math.floor(origin[0] * (free[0] + 1)), Math.floor(origin[1] * (free[1] + 1))]
}
