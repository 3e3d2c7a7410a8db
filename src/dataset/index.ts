export type { ApplyParallelOptions } from './actions/apply-parallel.js'
export type { FormatName } from './actions/formats-of-actions.js'
export type { ActedBatch, ActingBatch, BatchMethods } from './batch/act-on-batch.js'
export { Batch, type BatchDataset, type BatchSource, type BatchWith, type ClassOfBatch, type ItemWith } from './batch/batch.js'
export { type BatchActionDefinition, batchAction } from './batch/batch-action.js'
export type { BatchItem, ItemSource, ItemValue } from './batch/batch-item.js'
export { type ComponentKind, type Components, component, type Given, type GivenValues, type SingleValue } from './batch/component.js'
export {
  type BaseActions,
  type ComponentNameOf,
  type DefinedBatch,
  defineBatch,
  type OwnActions,
  PlainBatch,
  type ValuesOf,
} from './batch/define-batch.js'
export { type Merged, mergeBatches } from './batch/merge.js'
export type { TensorLike } from './batch/tensor-like.js'
export { Dataset, type Subset } from './dataset.js'
export { DatasetIndex, type IndexSource, type ItemId } from './dataset-index.js'
export type { DatasetOptions, DescribeOptions, SourceOptions } from './dataset-options.js'
export type { FilesOptions } from './files/files-options.js'
export { type FilePaths, FilesIndex, type FindOptions } from './files-index.js'
export { readCsv, writeCsv } from './formats/csv.js'
export { type ImageFormat, type ImageOptions, readImage, writeImage } from './formats/image.js'
export { readNpy, writeNpy } from './formats/npy.js'
export { readNpz, writeNpz } from './formats/npz.js'
export { type ParquetOptions, readParquet, writeParquet } from './formats/parquet.js'
export type { Table } from './formats/table-type.js'
export type { FilterOptions } from './images/actions/filter.js'
export { type ImagesActions, ImagesBatch, type ImagesBatchClass, type ImagesComponents } from './images/images-batch.js'
export { type ItemAction, type ItemActionDefinition, itemAction, type UncheckedItemAction } from './items/item-action.js'
export type { ComponentNames, ItemActionOptions } from './items/item-options.js'
export { openOrder } from './order/order.js'
export { calcSplit, type Shares } from './order/shares.js'
export type { PartName, Parts, SplitOptions } from './order/split.js'
export type { WalkArguments, WalkOptions } from './order/walker.js'
export type { ById, PreloadedValues } from './preloaded.js'
export type { Records, RecordsOptions } from './records.js'
export type { DataSource, MaybeAsync, ReadComponent, Storage } from './sources/source.js'
