/** Functions for tests, in a module of their own so that threads can load them. */
import { itemAction } from '../../src/dataset/items/item-action.js'
import type { ItemContext } from '../../src/parallel/index.js'
import type { NdArray } from '../../src/util/nd-array.js'
import { uniformAt } from '../../src/util/seeds.js'

/** Adds noise of the item's own seed, scaled by an option. */
export function addNoise(item: NdArray, { scale = 1 }: { scale?: number }, { seed, allocate }: ItemContext): NdArray {
  const result = allocate(item.shape, item.dtype)
  for (let i = 0; i < item.data.length; i++) result.data[i] = item.data[i]! + scale * uniformAt(seed, i)
  return result
}

/** The same a moment later; the first items take longest. */
export async function addNoiseLater(item: NdArray, options: { scale?: number }, context: ItemContext): Promise<NdArray> {
  await new Promise(resolve => setTimeout(resolve, context.position % 2 === 0 ? 4 : 0))
  return addNoise(item, options, context)
}

/** The first rows, as many as the item's position says. */
export function cutRows(item: NdArray, _options: {}, { position }: ItemContext): NdArray {
  const rows = 1 + (position % item.shape[0]!)
  return item.slice(0, rows)
}

/** Fails for every third item. */
export function failSometimes(item: NdArray, _options: {}, { position }: ItemContext): NdArray {
  if (position % 3 === 2) throw new RangeError(`no luck at position ${position}`)
  return item
}

/** Fails for the item whose label has a value. */
export function failAtValue([image, label]: readonly [NdArray, number], { value }: { value: number }): NdArray {
  if (label === value) throw new RangeError(`no luck with ${value}`)
  return image
}

/** Ends the thread it runs in. */
export function dieAt(item: NdArray, { at }: { at: number }, { position }: ItemContext): NdArray {
  if (position === at) process.exit(3)
  return item
}

/** Never ends; says on the channel `spinning` that it has begun. */
export function spin(): never {
  new BroadcastChannel('spinning').postMessage('begun')
  for (;;);
}

export const giveNothing = () => undefined

export const sumOf = ([first, second]: readonly NdArray[]): NdArray => {
  const sum = first!.cast(first!.dtype)
  for (let i = 0; i < sum.data.length; i++) sum.data[i]! += second!.data[i]!
  return sum
}

export const double = (value: number) => 2 * value

/** An action of a batch class whose function is found by its name here. */
export const noise = itemAction({
  summary: 'Adds noise.',
  schema: { type: 'object', properties: { scale: { type: 'number' } }, required: [], additionalProperties: false },
  parallel: { module: import.meta.url, export: 'noise' },
  apply: addNoise,
})

export const functionsModule = import.meta.url
