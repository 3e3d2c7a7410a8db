/** Classifiers of the zoo, as their rows are or with other keys. */
import type { TfModel } from '../../src/models.js'
import { randomArray, randomLabels } from '../support/random.js'
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
export function rowNet({ summary, batch, size, model, config }: Row): BenchNet {
  const shape = [size, size, 3]
  const inputs = { images: { shape }, labels: { classes: 10, transform: 'ohe', dtype: 'int32', name: 'targets' } }
  return {
    summary: `${summary}, ${size}×${size}×3`,
    batch,
    peers: ['torch'],
    build: ({ engine }) =>
      model.build(
        { inputs, 'initial_block/inputs': 'images', loss: 'ce', optimizer: 'Adam', ...config, engine },
        { name: 'net', seed: 42 },
      ),
    feed: items => ({ images: randomArray([items, ...shape]), labels: randomLabels(items, 10) }),
  }
}
