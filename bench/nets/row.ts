/** Networks of the zoo, as their rows are or with other keys. */
import type { Feed, TfModel } from '../../src/models.js'
import { randomArray, randomLabels, randomOneHot } from '../support/random.js'
import type { BenchNet } from './net.js'

interface Row {
  readonly summary: string
  readonly batch: number
  /** Height and width of the images. */
  readonly size: number
  readonly model: {
    build(config: Readonly<Record<string, unknown>>, options: { readonly name: string; readonly seed: number }): Promise<TfModel>
  }
  /** What differs from the row's defaults. */
  readonly config?: Readonly<Record<string, unknown>>
}

/** A network of ten classes of images, with cross-entropy and Adam. */
export function rowNet(row: Row): BenchNet {
  const labels = { classes: 10, transform: 'ohe', dtype: 'int32', name: 'targets' }
  return netOf(row, { labels }, items => ({ labels: randomLabels(items, 10) }))
}

/** A network of two classes per pixel. */
export function maskNet(row: Row): BenchNet {
  const { size } = row
  const masks = { shape: [size, size, 2], name: 'targets' }
  return netOf(row, { masks }, items => ({ masks: randomOneHot([items, size, size], 2) }))
}

function netOf({ summary, batch, size, model, config }: Row, targets: object, feedTargets: (items: number) => Feed): BenchNet {
  const shape = [size, size, 3]
  const inputs = { images: { shape }, ...targets }
  return {
    summary: `${summary}, ${size}×${size}×3`,
    batch,
    peers: ['torch'],
    build: ({ engine }) =>
      model.build(
        { inputs, 'initial_block/inputs': 'images', loss: 'ce', optimizer: 'Adam', ...config, engine },
        { name: 'net', seed: 42 },
      ),
    feed: items => ({ images: randomArray([items, ...shape]), ...feedTargets(items) }),
  }
}
