/** The open sets by name, for names read from a file. A row reads no data before its `load`. */

import { check, type OptionType, type ValueOf } from '../../options/index.js'
import type { OpensetRow } from '../../pipeline/description/registry.js'
import { isPlainObject, type JsonObject } from '../../util/json.js'
import { ImagesBatch } from '../images/images-batch.js'
import { filesOptions, imagesOptions, type OpenFilesOptions, type OpenImagesOptions, openFiles, openImages } from './files.js'
import {
  type Cifar100Options,
  cifar10,
  cifar100,
  cifar100Options,
  type FoundOptions,
  fashionMnist,
  foundOptions,
  kmnist,
} from './found/sets.js'
import { type DigitScenesOptions, digitScenes, digitScenesOptions } from './made/digit-scenes.js'
import { type ShapesOptions, shapes, shapesOptions } from './made/shapes.js'
import { type MnistOptions, mnist, mnistOptions } from './mnist.js'
import { FeaturesBatch } from './shipped/features-batch.js'
import { breastCancer, digits, iris, wine } from './shipped/sets.js'
import { type ShippedOptions, shippedOptions } from './shipped/shipped-set.js'

/** The shapes of items by component. */
type Shapes = Readonly<Record<string, readonly number[]>>

/** Options with their defaults; undefined for those that a check refuses. */
const valid = <T extends OptionType>(type: T, options: JsonObject): ValueOf<T> | undefined =>
  check(type, options).errors.length > 0 ? undefined : type.fill(options)

const shapesOfScenes = (size: number | undefined, channels: number): Shapes =>
  size === undefined ? {} : { images: [size, size, channels], masks: [size, size] }

/** The background is a class, too. */
const numberOfKinds = (kinds: readonly string[] | undefined) => (kinds === undefined ? undefined : kinds.length + 1)

const shipped = { schema: shippedOptions.schema, parts: ['train', 'test'] } as const

/** A shipped set of labelled rows. */
const tableRow = (columns: number, classes: number) =>
  ({
    ...shipped,
    batchClass: FeaturesBatch,
    componentNames: () => ['features', 'labels'],
    itemShapes: (): Shapes => ({ features: [columns], labels: [] }),
    classes: () => classes,
    attributes: ['classes', 'classNames', 'featureNames'],
  }) as const

/** A set of images that is found or fetched. */
const foundRow = (shape: readonly number[], classes: number) =>
  ({
    schema: foundOptions.schema,
    parts: ['train', 'test'],
    batchClass: ImagesBatch,
    componentNames: () => ['images', 'labels'],
    itemShapes: (): Shapes => ({ images: shape, labels: [] }),
    classes: () => classes,
    attributes: ['classes'],
  }) as const

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
  shapes: {
    summary:
      'Discs, squares, triangles and rings on noise with masks of their kinds, computed: 2,000 + 500 of 64 x 64 unless said otherwise.',
    schema: shapesOptions.schema,
    parts: ['train', 'test'],
    batchClass: ImagesBatch,
    componentNames: () => ['images', 'masks'],
    itemShapes: options => shapesOfScenes(valid(shapesOptions, options)?.size, 3),
    classes: options => numberOfKinds(valid(shapesOptions, options)?.kinds),
    attributes: ['classes'],
    load: (options: ShapesOptions) => shapes(options),
  },
  digitScenes: {
    summary: 'Scenes of 1 to 4 digits of MNIST with masks of the digits, computed: 2,000 + 500 of 64 x 64 unless said otherwise.',
    schema: digitScenesOptions.schema,
    parts: ['train', 'test'],
    batchClass: ImagesBatch,
    componentNames: () => ['images', 'masks'],
    itemShapes: options => shapesOfScenes(valid(digitScenesOptions, options)?.size, 1),
    classes: ({ verify }) => (verify === false ? undefined : 11),
    attributes: ['classes'],
    load: (options: DigitScenesOptions) => digitScenes(options),
  },
  digits: {
    summary: 'Handwritten digits of 8 x 8, 1,797, uint8 from 0 to 16; part of the package.',
    ...shipped,
    batchClass: ImagesBatch,
    componentNames: () => ['images', 'labels'],
    itemShapes: (): Shapes => ({ images: [8, 8, 1], labels: [] }),
    classes: () => 10,
    attributes: ['classes'],
    load: (options: ShippedOptions) => digits(options),
  },
  iris: {
    summary: 'Irises: 150 flowers of 3 species, 4 features; part of the package.',
    ...tableRow(4, 3),
    load: (options: ShippedOptions) => iris(options),
  },
  wine: {
    summary: 'Wines: 178 analyses of 3 cultivars, 13 features; part of the package.',
    ...tableRow(13, 3),
    load: (options: ShippedOptions) => wine(options),
  },
  breastCancer: {
    summary: 'Breast cancer of Wisconsin (diagnostic): 569 tumours, malignant (0) or benign (1), 30 features; part of the package.',
    ...tableRow(30, 2),
    load: (options: ShippedOptions) => breastCancer(options),
  },
  fashionMnist: {
    summary: 'Fashion-MNIST: 60,000 + 10,000 pictures of clothes, 28 x 28, uint8; millrace data get fashionMnist.',
    ...foundRow([28, 28, 1], 10),
    load: (options: FoundOptions) => fashionMnist(options),
  },
  kmnist: {
    summary: 'Kuzushiji-MNIST: 60,000 + 10,000 handwritten characters, 28 x 28, uint8; millrace data get kmnist.',
    ...foundRow([28, 28, 1], 10),
    load: (options: FoundOptions) => kmnist(options),
  },
  cifar10: {
    summary: 'CIFAR-10: 50,000 + 10,000 colour pictures, 32 x 32, uint8; millrace data get cifar10.',
    ...foundRow([32, 32, 3], 10),
    load: (options: FoundOptions) => cifar10(options),
  },
  cifar100: {
    summary: 'CIFAR-100: 50,000 + 10,000 colour pictures, 32 x 32, uint8; millrace data get cifar100.',
    ...foundRow([32, 32, 3], 100),
    schema: cifar100Options.schema,
    classes: ({ labels }) => (labels === 'coarse' ? 20 : 100),
    load: (options: Cifar100Options) => cifar100(options),
  },
} as const satisfies Readonly<Record<string, OpensetRow>>

/** The name of an open set. */
export type OpensetName = keyof typeof opensets
