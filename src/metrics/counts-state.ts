/** The state of count metrics: plain data with one flat list of counts per item. */
import { fail } from '../errors/index.js'
import { isPlainObject } from '../util/json.js'

/** Reads the options and the items of a state of this kind, with `size` counts per item. @throws MillraceError `metrics-state` */
export function readCounts(
  kind: string,
  json: unknown,
  sizeOfItem: (numClasses: number) => number,
): Record<string, any> & { items: Float64Array[] } {
  const wrong = (seen: string): never => fail('metrics-state', { of: kind, seen })
  if (!isPlainObject(json) || json.kind !== kind) return wrong(isPlainObject(json) ? `kind ${String(json.kind)}` : typeof json)
  const { kind: _, counts, ...options } = json
  const size = sizeOfItem(Number(options.numClasses))
  const isItem = (item: unknown) => Array.isArray(item) && item.length === size && item.every(n => Number.isSafeInteger(n) && n >= 0)
  if (!Array.isArray(counts) || !counts.every(isItem)) return wrong(`counts that are not lists of ${size} integers from 0`)
  return { labels: undefined, ...options, items: counts.map(item => Float64Array.from(item)) }
}

/** Returns the counts per item as plain lists. */
export const writeCounts = (items: readonly Float64Array[]): number[][] => items.map(item => Array.from(item))

/** Checks names of classes: one per class. @throws MillraceError `wrong-value` */
export function checkLabels(of: string, labels: readonly string[] | undefined, numClasses: number): readonly string[] | undefined {
  if (labels !== undefined && !(Array.isArray(labels) && labels.length === numClasses)) {
    const seen = Array.isArray(labels) ? `${labels.length} names` : String(labels)
    fail('wrong-value', { name: `labels of ${of}`, seen, allowed: `a list with a name for each of ${numClasses} classes` })
  }
  return labels?.map(String)
}
