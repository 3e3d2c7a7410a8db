/** A small network and batch that tests train in milliseconds. */
import { MillraceError } from '../../src/errors/index.js'
import { NdArray } from '../../src/util/nd-array.js'
import { uniformAt } from '../../src/util/seeds.js'

export const small = {
  inputs: { images: { shape: [8, 8, 1] }, labels: { classes: 3, transform: 'ohe', dtype: 'int32', name: 'targets' } },
  'initial_block/inputs': 'images',
  'initial_block/filters': 4,
  'initial_block/kernel_size': 3,
  'body/num_blocks': [1, 1],
  'body/filters': [4, 6],
  'body/block/bottleneck': true,
  'body/block/post_activation': 'relu',
  'body/block/layout': 'cna cna cn',
  loss: 'ce',
  optimizer: 'Adam',
}

/** The smallest network that has each part: it is compiled in a quarter of the time. */
export const tiny = {
  ...small,
  'initial_block/layout': 'cna',
  'body/num_blocks': [1],
  'body/filters': [4],
  'body/block/bottleneck': false,
  'body/block/layout': 'cn',
}

/** The same of vectors, without convolutions, for what has nothing to do with them. */
export const vector = {
  ...tiny,
  'initial_block/layout': 'fa',
  'initial_block/units': 4,
  'body/block/layout': 'na',
  'body/block/post_activation': null,
  'head/layout': 'df',
}

/** The article's config. */
export const flagship = {
  inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10, transform: 'ohe', dtype: 'int32', name: 'targets' } },
  'initial_block/inputs': 'images',
  'body/num_blocks': [1, 1, 1, 1],
  'body/filters': [64, 128, 256, 512],
  'body/block/bottleneck': true,
  'body/block/post_activation': 'relu',
  'body/block/layout': 'cna cna cn',
  loss: 'ce',
  optimizer: 'Adam',
}

export function batch(length = 6, seed = 1, size = 8): { images: NdArray; labels: NdArray } {
  const images = new NdArray(
    Float32Array.from({ length: length * size ** 2 }, (_, i) => uniformAt(seed, i)),
    [length, size, size, 1],
  )
  return {
    images,
    labels: new NdArray(
      Int32Array.from({ length }, (_, i) => i % 3),
      [length],
    ),
  }
}

/** The MillraceError a promise or function ends in. */
export async function errorOf(work: () => unknown): Promise<MillraceError> {
  try {
    await work()
  } catch (error) {
    if (error instanceof MillraceError) return error
    throw error
  }
  throw new Error('no error')
}
