/** Checks fed values against the network's inputs, before TensorFlow sees it. */
import { fail } from '../../errors/index.js'
import { NdArray, type TypedArray } from '../../util/nd-array.js'
import { type InputSpec, type InputsSpec, inputTypes, targetsOf } from '../config/inputs.js'
import type { Feed } from '../model-types.js'
import { checkLabels, numberNames } from './check-labels.js'
import { fedShapes, nameFeed } from './name-feed.js'
import type { Fed } from './train-step.js'

/** The fed values by input name; labels as class numbers. `needsTarget`: true if a loss or an accuracy is requested. */
export function checkFeed(model: string, inputs: InputsSpec, given: Feed, needsTarget: boolean): Fed {
  const { feed, unknown, allowed } = nameFeed(inputs, given)
  if (unknown !== undefined) fail('unknown-feed', { model, seen: unknown, allowed })
  const fed = new Map<string, NdArray>()
  for (const spec of inputs.data) fed.set(spec.name, checkShape(model, spec, take(model, spec, feed, given)))
  for (const target of needsTarget ? targetsOf(inputs) : []) {
    const array = take(model, target, feed, given)
    fed.set(target.name, target.classes ? checkLabels(model, target, array) : checkShape(model, target, array))
  }
  const [first, ...others] = [...fed]
  for (const [name, array] of others) {
    if (array.length !== first![1].length) {
      fail('feed-shape', {
        model,
        input: name,
        seen: `${array.length} items`,
        expected: `${first![1].length} items, as many as ${first![0]} has`,
      })
    }
  }
  return fed
}

function take(model: string, spec: InputSpec, feed: Feed, given: Feed): NdArray {
  const value = Object.hasOwn(feed, spec.name) ? feed[spec.name] : undefined
  if (value === undefined || value === null)
    return fail('missing-feed', { model, input: spec.name, expected: fedShapes(spec), fed: Object.keys(given) })
  if (value instanceof NdArray) return value
  if (isTensor(value)) return new NdArray(value.dataSync(), value.shape)
  const flat = Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value]
  const isName = (item: unknown) => spec.classes !== undefined && (typeof item === 'string' || spec.classes.includes(item))
  const wrong = flat.find(item => typeof item !== 'number' && !isName(item))
  if (wrong !== undefined) return fail('feed-dtype', { model, input: spec.name, seen: typeof wrong, expected: 'numbers' })
  return toArray(model, spec, flat.some(item => typeof item !== 'number') ? numberNames(model, spec, value) : value)
}

/** A tensor of tfjs; it stays the caller's. */
function isTensor(value: unknown): value is { readonly shape: readonly number[]; dataSync(): TypedArray } {
  return typeof (value as { readonly dataSync?: unknown } | null)?.dataSync === 'function'
}

function toArray(model: string, spec: InputSpec, value: unknown): NdArray {
  try {
    return NdArray.from(value)
  } catch (cause) {
    return fail('feed-shape', { model, input: spec.name, seen: 'a list whose items differ in shape', expected: fedShapes(spec) }, {}, cause)
  }
}

function checkShape(model: string, spec: InputSpec, array: NdArray): NdArray {
  const [, ...item] = array.shape
  const fits = array.shape.length === spec.shape.length + 1 && spec.shape.every((n, axis) => n === null || n === item[axis])
  if (!fits || array.length === 0)
    fail('feed-shape', { model, input: spec.name, seen: `[${array.shape.join(', ')}]`, expected: fedShapes(spec) })
  const fitsType = spec.dtype && inputTypes[spec.dtype]
  const wrong = fitsType && array.data.find(value => !fitsType(value))
  if (wrong !== undefined)
    fail('feed-dtype', { model, input: spec.name, seen: String(wrong), expected: `numbers that ${spec.dtype} holds` })
  return array
}
