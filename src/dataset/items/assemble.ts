/** Assembles the results of items to a component: one array if they are equal, a list if the component may be one. */
import { fail, MillraceError } from '../../errors/index.js'
import { describeValue } from '../../util/describe-value.js'
import { type DType, dtypeOf, NdArray } from '../../util/nd-array.js'
import type { Batch } from '../batch/batch.js'
import { stackItems } from '../batch/stack-items.js'
import type { ComponentPair } from './item-options.js'

type ItemResults = NdArray | readonly unknown[]

/**
 * Writes results to the components of a pair; for several components each result is a list with one entry per component.
 *
 * @throws MillraceError `unequal-items`, `no-result`
 */
export function writeResults(batch: Batch<any>, { from, to }: ComponentPair, items: ItemResults): void {
  if (typeof to === 'string') return writeComponent(batch, to, items, numbersLike(batch, from))
  const entries = entriesOf(items)
  for (const entry of entries) {
    if (!Array.isArray(entry) || entry.length !== to.length) {
      fail('no-result', { seen: describeValue(entry), allowed: `a list of ${to.length}: ${to.join(', ')}` })
    }
  }
  for (const [i, name] of to.entries()) {
    const own = (entries as readonly (readonly unknown[])[]).map(entry => entry[i])
    writeComponent(batch, name, stackItems(own) ?? own, numbersLike(batch, from))
  }
}

/** The element type that numeric results keep if possible: that of a component of numbers. */
function numbersLike(batch: Batch<any>, from: ComponentPair['from']): DType | undefined {
  const source = batch.get(typeof from === 'string' ? from : from[0]!)
  return source instanceof NdArray && source.shape.length === 1 ? dtypeOf(source.data) : undefined
}

function writeComponent(batch: Batch<any>, name: string, items: ItemResults, numbers: DType | undefined): void {
  const stacked = items instanceof NdArray ? items : numbers && stackNumbers(items, numbers)
  const forms = stacked ? [stacked, entriesOf(stacked)] : [items]
  let refusal: unknown
  for (const form of forms) {
    try {
      return batch.set(name, form)
    } catch (error) {
      if (!(error instanceof MillraceError && error.code === 'component-value')) throw error
      refusal ??= error
    }
  }
  const { allowed = '' } = (refusal as MillraceError).parts
  fail('unequal-items', { name, seen: describeKinds(entriesOf(items)), allowed }, {}, refusal)
}

/** Converts numbers to an array of this type, or of float32 if the type cannot represent them. */
function stackNumbers(items: readonly unknown[], dtype: DType): NdArray | undefined {
  if (!items.every(item => typeof item === 'number')) return undefined
  const kept = NdArray.from(items, dtype)
  return dtype.startsWith('float') || items.every((item, i) => item === kept.data[i]) ? kept : NdArray.from(items)
}

function entriesOf(items: ItemResults): readonly unknown[] {
  if (!(items instanceof NdArray)) return items
  return Array.from({ length: items.length }, (_, i) => (items.shape.length === 1 ? items.data[i] : items.item(i)))
}

function describeKinds(items: readonly unknown[]): string {
  const kinds = [...new Set(items.map(describeValue))]
  return `items of ${kinds.length} ${kinds.length === 1 ? 'kind' : 'kinds'}: ${kinds.slice(0, 3).join('; ')}${kinds.length > 3 ? '; …' : ''}`
}
