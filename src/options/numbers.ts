import { type OptionType, plainType } from './option-type.js'

/** The range of a number; without a bound it is open on that side. */
export interface Range {
  readonly min?: number
  readonly max?: number
  /** More than this. */
  readonly above?: number
  /** Less than this. */
  readonly below?: number
}

/**
 * An integer that a `number` holds exactly.
 *
 * @example
 * integer({ min: 1 }).allowed // 'an integer of at least 1'
 */
export function integer(range: Range = {}): OptionType<number, number> {
  return plainType({
    allowed: describeRange('an integer', range),
    schema: { type: 'integer', ...rangeSchema(range) },
    test: value => Number.isSafeInteger(value) && isWithin(value as number, range),
  })
}

/**
 * A finite number.
 *
 * @example
 * number({ min: 0, below: 1 }).allowed // 'a number of at least 0 and below 1'
 */
export function number(range: Range = {}): OptionType<number, number> {
  return plainType({
    allowed: describeRange('a number', range),
    schema: { type: 'number', ...rangeSchema(range) },
    test: value => Number.isFinite(value) && isWithin(value as number, range),
  })
}

/** The one wording of a range: `a number above 0`, `an integer from 1 to 64`. */
export function describeRange(noun: string, { min, max, above, below }: Range): string {
  if (min !== undefined && max !== undefined) return `${noun} from ${min} to ${max}`
  const lower = above !== undefined ? [`above ${above}`] : min !== undefined ? [`of at least ${min}`] : []
  const upper = below !== undefined ? [`below ${below}`] : max !== undefined ? [`${lower.length > 0 ? '' : 'of '}at most ${max}`] : []
  const bounds = [...lower, ...upper].join(' and ')
  return bounds === '' ? noun : `${noun} ${bounds}`
}

const isWithin = (value: number, { min = -Infinity, max = Infinity, above, below }: Range) =>
  value >= min && value <= max && !(above !== undefined && value <= above) && !(below !== undefined && value >= below)

const rangeSchema = ({ min, max, above, below }: Range) => ({
  ...(min !== undefined && { minimum: min }),
  ...(max !== undefined && { maximum: max }),
  ...(above !== undefined && { exclusiveMinimum: above }),
  ...(below !== undefined && { exclusiveMaximum: below }),
})
