/** Checks fed classes, by number or value, and turns them into class numbers. */
import { fail } from '../../errors/index.js'
import { NdArray } from '../../util/nd-array.js'
import type { InputSpec } from '../config/inputs.js'
import { fedShapes } from './name-feed.js'
import { areNumbers, IGNORED } from './targets.js'

/**
 * Classes may be numbers, values if the config lists them, or already encoded; only the last if `transform` is null. What is ignored becomes
 * a number that is no class.
 *
 * @throws MillraceError `feed-shape`, `labels-outside-classes`
 */
export function checkLabels(model: string, spec: InputSpec, array: NdArray): NdArray {
  const { shape, data, length } = array
  const isNumbers = areNumbers(spec, shape.length)
  const wanted = isNumbers ? spec.shape.slice(0, -1) : spec.shape
  const fits = shape.length === wanted.length + 1 && wanted.every((n, axis) => n === null || n === shape[axis + 1])
  if (!fits || length === 0) fail('feed-shape', { model, input: spec.name, seen: `[${shape.join(', ')}]`, expected: fedShapes(spec) })
  if (!isNumbers) return array
  const classes = spec.classes!
  // A name that is ignored has been numbered.
  const ignored = typeof spec.ignore === 'string' ? IGNORED : spec.ignore
  const numberOf = toNumber(classes)
  const numbers = new Int32Array(data.length)
  const outside: number[] = []
  for (let i = 0; i < data.length; i++) {
    const label = data[i]!
    const number = label === ignored ? IGNORED : numberOf(label)
    if (number === undefined) outside.push(i)
    else numbers[i] = number
    if (outside.length === MOST) break
  }
  if (outside.length > 0)
    failOutside(
      model,
      spec,
      outside.map(i => data[i]),
      placeOf(outside[0]!, shape),
    )
  return new NdArray(numbers, shape)
}

/** After so many labels outside the classes the others are not looked at. */
const MOST = 1000

/** Numbers of classes that are listed by number; those of classes with names are positions in the list. */
function toNumber(classes: readonly unknown[]): (label: number) => number | undefined {
  const isCounted = typeof classes[0] === 'string' || classes.every((value, i) => value === i)
  if (isCounted) return label => (Number.isInteger(label) && label >= 0 && label < classes.length ? label : undefined)
  const positions = new Map(classes.map((value, i) => [value, i]))
  return label => positions.get(label)
}

/**
 * The class numbers of a nested list with names of classes; numbers in it stay, and the name that is ignored becomes a number that is none.
 *
 * @throws MillraceError `labels-outside-classes`
 */
export function numberNames(model: string, spec: InputSpec, list: unknown): unknown {
  const classes = spec.classes!
  const outside: unknown[] = []
  let first: readonly number[] = []
  const convert = (value: unknown, place: readonly number[]): unknown => {
    if (Array.isArray(value)) return value.map((item, i) => convert(item, [...place, i]))
    if (typeof value === 'number') return value
    if (value === spec.ignore) return IGNORED
    const position = classes.indexOf(value)
    if (position >= 0) return position
    if (outside.length === 0) first = place
    outside.push(value)
    return 0
  }
  const numbers = convert(list, [])
  if (outside.length > 0) failOutside(model, spec, outside, first)
  return numbers
}

function failOutside(model: string, spec: InputSpec, outside: readonly unknown[], first: readonly number[]): never {
  const classes = spec.classes!
  const names = classes.every((value, i) => value === i) ? `integers from 0 to ${classes.length - 1}` : classes.join(', ')
  const allowed = spec.ignore === undefined ? names : `${names}; ${spec.ignore}, which is ignored`
  return fail('labels-outside-classes', { model, input: spec.name, seen: [...new Set(outside)], first, allowed })
}

/** The place of an element: its item, then its indices in it. */
function placeOf(position: number, shape: readonly number[]): readonly number[] {
  const place: number[] = []
  let left = position
  for (const length of [...shape].reverse()) {
    place.unshift(left % length)
    left = Math.floor(left / length)
  }
  return place
}
