/** Applies an item function to the components of a batch. */
import { fail } from '../../errors/index.js'
import { type ItemFunction, type ParallelOptions, workOnItems } from '../../parallel/index.js'
import { type ActionContext, type ComponentValue, PerItem } from '../../pipeline/index.js'
import type { Batch } from '../batch/batch.js'
import { hasItems } from '../batch/component.js'
import { writeResults } from './assemble.js'
import { type ComponentNames, type ComponentPair, pairComponents } from './item-options.js'
import { splitOptions } from './item-options-table.js'

/** The function and its options. */
export interface ItemJob {
  /** The name in errors. */
  readonly name: string
  readonly fn?: ItemFunction | undefined
  readonly common: { readonly src: ComponentNames; readonly dst?: ComponentNames; readonly p: number | PerItem<number> }
  readonly parallel: ParallelOptions
  /** The function's own options. */
  readonly options: Readonly<Record<string, unknown>>
}

/**
 * Reads each `src`, works on its items and writes `dst`. Every component of a list is read before the first is written.
 *
 * @throws MillraceError those of the options, the items, the components
 */
export async function applyToItems(
  batch: Batch<any>,
  job: ItemJob,
  context: ActionContext,
  workOn: typeof workOnItems = workOnItems,
): Promise<void> {
  const { src, dst, p } = job.common
  const pairs = pairComponents(src, dst)
  if (batch.length === 0) {
    for (const pair of pairs) writeNone(batch, pair)
    return
  }
  const probability = p instanceof PerItem ? Array.from({ length: batch.length }, (_, i) => p.at(i)) : p
  const table = splitOptions(job.options, batch.length)
  const results = []
  for (const { from, to } of pairs) {
    const several = typeof from !== 'string'
    if (probability !== 1 && several && from.length !== to.length) {
      const seen = `${from.length} components read, ${typeof to === 'string' ? 1 : to.length} written`
      fail('wrong-value', { name: 'p', seen, allowed: '1, or as many components written as read: an unchanged item has them all' })
    }
    const inputs = (several ? from : [from]).map(name => entriesOf(batch, name))
    const work = { inputs, several, first: 0, count: batch.length, seed: context.seed, p: probability, options: table }
    results.push(await workOn(work, { fn: job.fn, name: job.name, parallel: job.parallel, ids: batch.indices, signal: context.signal }))
  }
  for (const [i, pair] of pairs.entries()) writeResults(batch, pair, results[i]!)
}

/** Without items there is no result to say what the new component is like: it is like the one it was to be made of. */
function writeNone(batch: Batch<any>, { from, to }: ComponentPair): void {
  const sources = [from].flat()
  for (const [i, name] of [to].flat().entries()) batch.set(name, entriesOf(batch, sources[i] ?? sources[0]!).slice(0, 0))
}

/** One entry per item; one value for all items is that of each. */
function entriesOf(batch: Batch<any>, name: string): ComponentValue {
  const value = batch.get(name) ?? fail('unknown-name', { kind: 'component', seen: name, allowed: batch.componentNames })
  return hasItems(value) ? value : Array<unknown>(batch.length).fill(value)
}
