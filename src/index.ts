/** `millrace`: pipelines, expressions, datasets. Loads no TensorFlow. */
export * from './dataset/index.js'
export { type DetailsOf, type ErrorCode, type ErrorLocation, type Message, MillraceError, type SourceLocation } from './errors/index.js'
export {
  type Notifier,
  type NotifierEvent,
  type NotifierOption,
  type NotifierOptions,
  type NotifierSettings,
  openNotifier,
  type TextStream,
  type Watched,
} from './notifier/index.js'
export { closeWorkers, type ItemContext, type ItemFunction, type ParallelOptions } from './parallel/index.js'
export * from './pipeline/index.js'
export {
  type NormalizationStats,
  Normalizer,
  type NormalizerOptions,
  type OwnNormalization,
  Quantizer,
  type QuantizerOptions,
  type Values,
} from './transforms/index.js'
export { Config, type ConfigSource } from './util/config.js'
export type { JsonObject, JsonSchema, JsonValue } from './util/json.js'
export { type Logger, setLogger } from './util/logger.js'
export { type DType, NdArray, type Reduced, type TypedArray } from './util/nd-array.js'
export type { Axes } from './util/reductions.js'
