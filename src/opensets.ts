/** `millrace/opensets`: well-known open datasets, ready to use. */
export {
  type OpenFilesOptions,
  type OpenImagesOptions,
  openFiles,
  openImages,
  type PartsOptions,
  type WithBatchClass,
} from './dataset/opensets/files.js'
export { checkFiles } from './dataset/opensets/found/check-file.js'
export { type DownloadOptions, downloadSet } from './dataset/opensets/found/download.js'
export { cachedFolder, whereSet } from './dataset/opensets/found/find-set.js'
export { type KnownSet, type KnownSetName, knownSets, type SetFile } from './dataset/opensets/found/known-sets.js'
export { type Cifar100Options, cifar10, cifar100, type FoundOptions, fashionMnist, kmnist } from './dataset/opensets/found/sets.js'
export { type DigitScenesOptions, digitScenes } from './dataset/opensets/made/digit-scenes.js'
export { type ShapesOptions, shapes } from './dataset/opensets/made/shapes.js'
export { type MnistOptions, mnist } from './dataset/opensets/mnist.js'
export {
  type FeaturesActions,
  FeaturesBatch,
  type FeaturesBatchClass,
  type FeaturesComponents,
} from './dataset/opensets/shipped/features-batch.js'
export { breastCancer, digits, iris, wine } from './dataset/opensets/shipped/sets.js'
export type { ShippedOptions } from './dataset/opensets/shipped/shipped-set.js'
export { type OpensetName, opensets } from './dataset/opensets/table.js'
export type { OpensetRow } from './pipeline/description/registry.js'
