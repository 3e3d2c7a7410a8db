/** Sets of images and masks that are computed: no file is read for an item, and none is written. */
import { integer, option, options } from '../../../options/index.js'
import { NdArray } from '../../../util/nd-array.js'
import type { DefinedBatch } from '../../batch/define-batch.js'
import { Dataset } from '../../dataset.js'
import type { DatasetOptions } from '../../dataset-options.js'
import { allPositions } from '../../order/positions.js'
import type { DataSource, ReadComponent } from '../../sources/source.js'

/** Options of every made set. */
export const madeOptions = {
  size: option('the height and width of images and masks', integer({ min: 16, max: 1024 }), { default: 64 }),
  length: option(
    'the number of items by part; the items of a part are the first ones of an endless sequence',
    options({
      train: option('items to train on', integer({ min: 1 }), { default: 2000 }),
      test: option('items to test on', integer({ min: 1 }), { default: 500 }),
    }),
    { default: {} },
  ),
  seed: option('of the draws: another seed, other items', integer({ min: 0 }), { default: 0 }),
}

/** A part of a made set. */
export type MadePart = 'train' | 'test'

/** Where an item is drawn: views of the batch's arrays, all 0. */
export interface Canvas {
  /** Row-major [size, size, channels]. */
  readonly image: Uint8Array
  /** Row-major [size, size]. */
  readonly mask: Uint8Array
}

/** What is drawn. */
export interface MadeItems {
  readonly size: number
  readonly channels: number
  readonly length: Readonly<Record<MadePart, number>>
  /** Draws an item: a pure function of the part and the number within it. */
  draw(canvas: Canvas, part: MadePart, number: number): void
}

/** Returns a dataset, train first, whose items are drawn when a batch reads them. */
export function madeSet<K extends DefinedBatch>(
  items: MadeItems,
  batchClass: K,
  options: Omit<DatasetOptions<never>, 'preloaded'>,
): Dataset<K> {
  const source = new MadeSource(items)
  const positions = allPositions(source.length)
  return Dataset.fromSource<K, 'memory'>(source, batchClass, options).withParts({
    train: positions.subarray(0, items.length.train),
    test: positions.subarray(items.length.train),
  })
}

class MadeSource implements DataSource<'memory'> {
  readonly names = ['images', 'masks']
  readonly length: number

  constructor(readonly made: MadeItems) {
    this.length = made.length.train + made.length.test
  }

  items(positions: Uint32Array): ReadComponent {
    let drawn: Readonly<Record<string, NdArray>> | undefined
    return name => {
      drawn ??= this.#draw(positions)
      return drawn[name]!
    }
  }

  #draw(positions: Uint32Array): Readonly<Record<string, NdArray>> {
    const { size, channels, length } = this.made
    const count = positions.length
    const images = new Uint8Array(count * size * size * channels)
    const masks = new Uint8Array(count * size * size)
    for (const [i, position] of positions.entries()) {
      const image = images.subarray(i * size * size * channels, (i + 1) * size * size * channels)
      const mask = masks.subarray(i * size * size, (i + 1) * size * size)
      const isTrain = position < length.train
      this.made.draw({ image, mask }, isTrain ? 'train' : 'test', isTrain ? position : position - length.train)
    }
    return { images: new NdArray(images, [count, size, size, channels]), masks: new NdArray(masks, [count, size, size]) }
  }
}
