/**
 * The model zoo: `import { ResNet } from 'millrace/models'`. Importing it, checking configs and counting parameters load no TensorFlow;
 * building a model does.
 */
export type { Widths } from './models/attention/attention-row.js'
export type { JointName, OwnLayers } from './models/blocks/own/own-layers.js'
export { type LayoutParameter, type OwnBlock, type OwnBlockSite, registerBlock } from './models/blocks/own/register-block.js'
export { type OwnLetter, type OwnLetterSite, registerLetter } from './models/blocks/own/register-letter.js'
export type { Section } from './models/blocks/section.js'
export { registerLayers } from './models/build/own/own-layers.js'
export type { ActivationName } from './models/config/activations.js'
export { type LoadOptions, loadModel } from './models/load.js'
export type { LossFunction } from './models/losses/index.js'
export { type Loss, type LossContext, type LossName, lossNames } from './models/losses/index.js'
export type {
  BuildContext,
  ConfigCheck,
  ConfigProblem,
  Feed,
  FeedProblem,
  FetchValue,
  KnownData,
  ModelOrigin,
  WeightChange,
  WeightFunction,
  Weights,
  ZeroCount,
  ZeroCounts,
} from './models/model-types.js'
export { type OptimizerName, type OptimizerRow, optimizerNames, optimizers } from './models/optimizers.js'
export { type AnyModelClass, type ModelBuilder, type ModelClassOf, OwnModelClass, toModelClass } from './models/own-model.js'
export type { OptimizerFactory } from './models/own-optimizer.js'
export type { Shape } from './models/plan/layer-rules.js'
export type { Kind, WeightSpec } from './models/plan/layer-spec.js'
export type { CountOptions, LayerRow } from './models/plan/layer-table.js'
export type { Ref } from './models/plan/plan.js'
export { type Schedule, type ScheduleName, scheduleNames, schedules } from './models/schedules.js'
export type { TfModel } from './models/tf-model.js'
export type { Layer, Tf } from './models/tf-types.js'
export { type EngineName, engineNames } from './models/train/engines.js'
export type { ConfigOf } from './models/zoo/config-of.js'
export * from './models/zoo/families/index.js'
export { type KeyRow, listConfigKeys } from './models/zoo/list-keys.js'
export { describeRow, listRows, type RowFacts } from './models/zoo/list-rows.js'
export { models, type ZooName } from './models/zoo/models.js'
export { type ModelDescription, ZooModel } from './models/zoo/zoo-model.js'
