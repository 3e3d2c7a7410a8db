/** Merges several batches to one. */
import { fail } from '../../errors/index.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { allPositions } from '../order/positions.js'
import type { Batch } from './batch.js'
import { hasItems } from './component.js'
import { joinItems } from './join-items.js'

/** The result of a merge. */
export interface Merged<B> {
  /** The items of all batches in order, or the first `batchSize` of them. */
  readonly merged: B
  /** The items beyond `batchSize`; undefined if there are none. */
  readonly rest: B | undefined
}

/** Some items of a batch: from one position up to another. */
interface Piece {
  readonly batch: Batch<any>
  readonly from: number
  readonly to: number
}

/**
 * Returns one batch of the items of several, in order, with ids 0 … n−1; with a `batchSize` at most that many items, the others in `rest`.
 * The values are copies. A component that the class declares and no batch has is skipped.
 *
 * @example
 * const { merged, rest } = mergeBatches([three, four], 5)  // 5 and 2 items
 *
 * @param components the components to merge. Default: all
 * @throws MillraceError `nothing-to-merge`, `merge-component` where some batches have a component and others do not,
 *   `join-mismatch` if their shapes or dtypes differ, `wrong-value`
 *
 * BatchFlow: `Batch.merge`.
 */
export function mergeBatches<B extends Batch<any>>(batches: readonly B[], batchSize?: number, components?: readonly string[]): Merged<B> {
  if (batches.length === 0) fail('nothing-to-merge', undefined)
  if (batchSize !== undefined && !(Number.isSafeInteger(batchSize) && batchSize >= 1)) {
    fail('wrong-value', { name: 'batchSize', seen: String(batchSize), allowed: 'an integer from 1' })
  }
  const names = presentNames(batches, components)
  const [first, second] = cut(batches, batchSize ?? Number.POSITIVE_INFINITY)
  return { merged: assemble(batches[0]!, first, names), rest: second.length === 0 ? undefined : assemble(batches[0]!, second, names) }
}

function presentNames(batches: readonly Batch<any>[], components: readonly string[] | undefined): readonly string[] {
  const names = components ?? [...new Set(batches.flatMap(batch => batch.componentNames))]
  const declared = batches[0]!.batchClass.components as readonly string[]
  return names.filter(name => {
    const isKnown = declared.includes(name) || batches.some(batch => batch.has(name))
    if (!isKnown)
      fail('unknown-name', { kind: 'component', seen: name, allowed: [...new Set(batches.flatMap(batch => batch.componentNames))] })
    const having = batches.filter(batch => batch.has(name)).length
    if (having > 0 && having < batches.length) fail('merge-component', { name, having, batches: batches.length })
    return having > 0
  })
}

/** The items up to `size`, and those beyond. */
function cut(batches: readonly Batch<any>[], size: number): readonly [readonly Piece[], readonly Piece[]] {
  const first: Piece[] = []
  const second: Piece[] = []
  let left = size
  for (const batch of batches) {
    const to = Math.min(batch.length, left)
    if (to > 0) first.push({ batch, from: 0, to })
    if (to < batch.length) second.push({ batch, from: to, to: batch.length })
    left -= to
  }
  return [first, second]
}

/** Some items of a component; one value for all items as it is. */
function itemsOf(value: ComponentValue, from: number, to: number): ComponentValue {
  return hasItems(value) ? value.slice(from, to) : value
}

function assemble<B extends Batch<any>>(like: B, pieces: readonly Piece[], names: readonly string[]): B {
  const length = pieces.reduce((sum, { from, to }) => sum + to - from, 0)
  const values = new Map<string, ComponentValue>(
    names.map(name => [
      name,
      joinItems(
        name,
        pieces.map(({ batch, from, to }) => itemsOf(batch.get(name)!, from, to)),
        like.batchClass.kinds[name]?.mayBeList,
      ),
    ]),
  )
  const positions = allPositions(length)
  return like.batchClass.create({
    positions,
    indices: Array.from(positions),
    names,
    take: name => values.get(name)!,
  }) as B
}
