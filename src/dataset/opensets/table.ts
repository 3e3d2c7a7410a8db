/** The open sets by name, for names read from a file. A row reads no data before its `load`. */
import type { OpensetRow } from '../../pipeline/description/registry.js'
import { isPlainObject } from '../../util/json.js'
import { ImagesBatch } from '../images/images-batch.js'
import { filesOptions, imagesOptions, type OpenFilesOptions, type OpenImagesOptions, openFiles, openImages } from './files.js'
import { type MnistOptions, mnist, mnistOptions } from './mnist.js'

/** The shapes of items by component. */
type Shapes = Readonly<Record<string, readonly number[]>>

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
    schema: mnistOptions.schema,
    parts: ['train', 'test'],
    batchClass: ImagesBatch,
    componentNames: () => ['images', 'labels'],
    itemShapes: ({ folder }): Shapes => (folder === undefined ? { images: [28, 28, 1], labels: [] } : {}),
    classes: ({ verify }) => (verify === false ? undefined : 10),
    attributes: ['classes'],
    load: (options: MnistOptions) => mnist(options),
  },
  files: {
    summary: 'Labelled images in your own files: Parquet, CSV, npz, or one .npy file per component.',
    schema: filesOptions.schema,
    parts: ['train', 'test'],
    batchClass: ImagesBatch,
    componentNames: ({ path }) => (isPlainObject(path) ? Object.keys(path) : undefined),
    itemShapes: ({ shapes }) => (isPlainObject(shapes) ? (shapes as Shapes) : {}),
    attributes: [],
    load: (options: OpenFilesOptions) => openFiles(options),
  },
  images: {
    summary: 'Image files found by patterns, read by the action load.',
    schema: imagesOptions.schema,
    parts: ['train', 'test'],
    batchClass: ImagesBatch,
    componentNames: () => [],
    attributes: [],
    load: (options: OpenImagesOptions) => openImages(options),
  },
} as const satisfies Readonly<Record<string, OpensetRow>>

/** The name of an open set. */
export type OpensetName = keyof typeof opensets
