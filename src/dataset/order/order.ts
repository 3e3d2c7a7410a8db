/**
 * The order of a dataset's items, batch by batch. It is a pure function of (seed, epoch, position):
 * epoch `e` is `permutation(deriveSeed(seed, 'order', e), length)`, so an iteration can be resumed anywhere from four numbers.
 */
import { fail } from '../../errors/index.js'
import type { IterateOptions } from '../../pipeline/description/batch-options.js'
import type { BatchOrder, OrderState } from '../../pipeline/description/contracts.js'
import { describeValue } from '../../util/describe-value.js'
import { inferWalk, type Walk } from './iterate-options.js'

/**
 * Opens an order over the positions 0 … length−1. An epoch's last items, if they do not fill a batch, are completed with the first of the
 * next epoch (`tail: 'wrap'`; after the last epoch they are a shorter batch), are a shorter batch (`'short'`), or are skipped (`'drop'`).
 *
 * Memory: one batch and, when shuffled, one permutation. The same seed yields the same order for every batch size.
 *
 * @example
 * const order = openOrder(5, { batchSize: 2, iterations: 3 }, 0)
 * order.next()  // Uint32Array [0, 1]
 * order.next()  // Uint32Array [2, 3]
 * order.next()  // Uint32Array [4, 0]
 * order.next()  // undefined
 *
 * @param length  the number of items, from 1
 * @param options without `epochs` and `iterations`: one epoch; null: endless
 * @param seed    the seed of `shuffle: true`
 * @param state   where to resume. Default: the start. Taken from `order.state`, also through JSON. With other options than those
 *   it was saved with, the iteration continues from there with the new ones, e.g. to more epochs, or batches of another size
 * @throws MillraceError `wrong-value`, `batch-too-large`, `epochs-and-iterations`, `tail-and-drop-last`, `order-state`; from `next`
 *   `not-a-permutation` if a shuffle function returns none
 *
 * BatchFlow: `DatasetIndex.next_batch`. There an epoch shuffles the order of the epoch before; here each is drawn independently.
 */
export function openOrder(length: number, options: IterateOptions, seed: number, state?: OrderState): BatchOrder {
  return new EpochOrder(inferWalk(length, options, seed), state === undefined ? start : checkState(state, length))
}

const start: OrderState = { epoch: 0, position: 0, produced: 0, done: false }

class EpochOrder implements BatchOrder {
  readonly total: number | null
  #epoch: number
  #position: number
  #produced: number
  #drawn: { readonly epoch: number; readonly order: Uint32Array } | undefined

  constructor(
    readonly walk: Walk,
    state: OrderState,
  ) {
    this.#epoch = state.epoch
    this.#position = state.position
    this.#produced = state.produced
    this.total = countBatches(walk, state)
  }

  get state(): OrderState {
    return { epoch: this.#epoch, position: this.#position, produced: this.#produced, done: this.#done }
  }

  get #done(): boolean {
    return this.total !== null && this.#produced >= this.total
  }

  next(): Uint32Array | undefined {
    if (this.#done) return undefined
    this.#dropTail()
    const batch = new Uint32Array(Math.min(this.walk.batchSize, this.#left))
    for (let filled = 0; filled < batch.length; ) filled += this.#take(batch.subarray(filled))
    this.#produced++
    return batch
  }

  /** The maximal size of the next batch: the rest of this epoch, or of all remaining epochs. */
  get #left(): number {
    const { length, epochs, tail } = this.walk
    if (tail !== 'wrap') return length - this.#position
    return epochs === null ? Number.POSITIVE_INFINITY : (epochs - this.#epoch) * length - this.#position
  }

  /** At the next batch, not after the last one: that may be smaller, and then there is no tail. */
  #dropTail(): void {
    const { length, batchSize, tail } = this.walk
    if (tail === 'drop' && length - this.#position < batchSize) this.#startEpoch()
  }

  /** Fills `into` from the rest of this epoch and returns the number of items. */
  #take(into: Uint32Array): number {
    const from = this.#position
    const count = Math.min(into.length, this.walk.length - from)
    const order = this.#order()
    for (let i = 0; i < count; i++) into[i] = order ? order[from + i]! : from + i
    this.#position += count
    if (this.#position === this.walk.length) this.#startEpoch()
    return count
  }

  #startEpoch(): void {
    this.#epoch++
    this.#position = 0
  }

  /** The permutation of this epoch, cached until another epoch is needed; undefined for the order of the index. */
  #order(): Uint32Array | undefined {
    if (this.walk.draw === null) return undefined
    if (this.#drawn?.epoch !== this.#epoch) {
      this.#drawn = undefined
      this.#drawn = { epoch: this.#epoch, order: this.walk.draw(this.#epoch) }
    }
    return this.#drawn.order
  }
}

/** Returns the total number of batches of an iteration at this state, or null if endless. */
function countBatches({ length, batchSize, epochs, iterations, tail }: Walk, { epoch, position, produced }: OrderState): number | null {
  if (iterations !== null) return iterations
  if (epochs === null) return null
  if (epoch >= epochs) return produced
  const rest = length - position
  const later = epochs - epoch - 1
  if (tail !== 'wrap') {
    const round = tail === 'drop' ? Math.floor : Math.ceil
    return produced + round(rest / batchSize) + round(length / batchSize) * later
  }
  return produced + Math.ceil((rest + length * later) / batchSize)
}

function checkState(state: OrderState, length: number): OrderState {
  const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0
  const { epoch, position, produced, done } = state ?? {}
  if (isCount(epoch) && isCount(position) && position < length && isCount(produced) && typeof done === 'boolean') return state
  return fail('order-state', { seen: describeValue(state), length })
}
