/** Converts targets and predictions in any format to class labels, item by item. */
import { fail } from '../errors/index.js'
import type { ValueOf } from '../options/index.js'
import { NdArray, type TypedArray } from '../util/nd-array.js'
import type { Format, labelOptions } from './options.js'
import { toNumbers } from './to-numbers.js'

/** The label of a target that is ignored. */
export const IGNORED = -1

/** Labels of several items. A vector is one item. */
export interface ClassLabels {
  readonly numClasses: number
  /** The shape of one item. */
  readonly itemShape: readonly number[]
  /** Labels of the targets and of the predictions, one pair per item. Of the targets they may be `IGNORED`. */
  readonly items: readonly (readonly [targets: TypedArray, predictions: TypedArray])[]
}

/**
 * Returns the labels of targets and predictions. For probabilities and logits along an axis the largest is the label; targets may be
 * labels already, without that axis. `ignore`: the value of targets that are ignored.
 *
 * @throws MillraceError `metrics-input`, `metrics-shapes`, `metrics-axis`, `label-outside`, `wrong-value`
 */
export function toClassLabels(
  of: string,
  targets: unknown,
  predictions: unknown,
  options: ValueOf<typeof labelOptions>,
  ignore: number | null = null,
): ClassLabels {
  const { fmt, threshold } = options
  const t = toNumbers('targets', targets)
  const p = toNumbers('predictions', predictions)
  const axis = toAxis(of, options.axis ?? null, fmt, p.shape)
  const numClasses = countClasses(of, options.numClasses ?? null, axis === null ? null : p.shape[axis]!)
  if (fmt !== 'labels' && axis === null && numClasses > 2) fail('metrics-axis', { fmt, numClasses })

  const wrongShapes = () => fail('metrics-shapes', { targets: t.shape, predictions: p.shape, fmt })
  const areLabels = t.shape.length === p.shape.length - 1 && axis !== null
  if (!areLabels && t.shape.length !== p.shape.length) wrongShapes()
  const labels = (array: NdArray) => readLabels(array, fmt, axis, threshold)
  const targetLabels = areLabels ? t : labels(t)
  const pairs = [ignore === null ? targetLabels : markIgnored(targetLabels, axis === null ? t : targetLabels, ignore), labels(p)] as const
  const [{ shape }, other] = pairs
  if (shape.length === 0 || shape.join() !== other.shape.join()) wrongShapes()
  checkLabels('targets', pairs[0].data, numClasses, ignore !== null)
  checkLabels('predictions', pairs[1].data, numClasses)

  const [known, found] = shape.length > 1 ? pairs : pairs.map(array => array.reshape([1, array.length]))
  const items = Array.from({ length: known!.length }, (_, i) => [known!.item(i).data, found!.item(i).data] as const)
  return { numClasses, itemShape: known!.shape.slice(1), items }
}

function toAxis(of: string, axis: number | null, fmt: Format, shape: readonly number[]): number | null {
  if (axis === null) return null
  const name = `axis of ${of}`
  if (fmt === 'labels') fail('wrong-value', { name, seen: `${axis} with fmt labels`, allowed: 'none: labels have no class axis' })
  if (axis < -shape.length || axis >= shape.length) {
    fail('wrong-value', {
      name,
      seen: `${axis}, with predictions of shape [${shape.join(', ')}]`,
      allowed: `${-shape.length} … ${shape.length - 1}`,
    })
  }
  return axis < 0 ? axis + shape.length : axis
}

function countClasses(of: string, told: number | null, found: number | null): number {
  const name = `numClasses of ${of}`
  if (found !== null && found < 2) {
    fail('wrong-value', { name: `axis of ${of}`, seen: 'one class along it', allowed: 'two or more; omit axis for a single probability' })
  }
  if (told !== null && found !== null && told !== found) {
    fail('wrong-value', { name, seen: String(told), allowed: `${found}, the length of axis` })
  }
  return told ?? found ?? 2
}

function readLabels(array: NdArray, fmt: Format, axis: number | null, threshold: number): NdArray {
  if (fmt === 'labels') return array
  if (axis !== null) return array.argmax(axis) as NdArray
  const toProbability = fmt === 'logits' ? (x: number) => 1 / (1 + Math.exp(-x)) : (x: number) => x
  return new NdArray(
    Uint8Array.from(array.data, x => (toProbability(x) >= threshold ? 1 : 0)),
    array.shape,
  )
}

/** The labels, with another one where the value that was given is ignored. */
function markIgnored(labels: NdArray, given: NdArray, ignore: number): NdArray {
  const marked = Float64Array.from(labels.data, (label, i) => (given.data[i] === ignore ? IGNORED : label))
  return new NdArray(marked, labels.shape)
}

function checkLabels(name: string, labels: TypedArray, numClasses: number, mayBeIgnored = false): void {
  for (const seen of labels) {
    const isKnown = (seen >= 0 && seen < numClasses && seen % 1 === 0) || (mayBeIgnored && seen === IGNORED)
    if (!isKnown) fail('label-outside', { name, seen, numClasses })
  }
}
