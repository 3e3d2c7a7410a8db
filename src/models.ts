/**
 * The model zoo: `import { ResNet } from 'millrace/models'`. Importing it, checking configs and counting parameters load no TensorFlow;
 * building a model does.
 */
import { models } from './models/zoo/models.js'

/**
 * Residual networks (He, Zhang, Ren, Sun 2015). BatchFlow: `ResNet`, `ResNet18` … `ResNet152`. The plain one needs `body/num_blocks`.
 *
 * @example
 * const config = {
 *   inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10, transform: 'ohe', name: 'targets' } },
 *   'initial_block/inputs': 'images',
 * }
 * ResNet18.describe(config).countParameters()
 * const model = await ResNet18.build(config, { name: 'resnet', seed: 42 })
 */
export const { ResNet, ResNet18, ResNet34, ResNet50, ResNet101, ResNet152 } = models

/** Residual networks with squeeze and excitation (Hu, Shen, Sun 2018) in each block: `body/block/se_block: true`. BatchFlow: `SEResNet18` … */
export const { SEResNet, SEResNet18, SEResNet34, SEResNet50, SEResNet101, SEResNet152 } = models

export { registerLayers } from './models/build/own/own-layers.js'
export type { ActivationName } from './models/config/activations.js'
export { type LoadOptions, loadModel } from './models/load.js'
export { type Loss, type LossContext, type LossName, lossNames } from './models/losses.js'
export type { BuildContext, ConfigCheck, ConfigProblem, Feed, FeedProblem, FetchValue, ModelOrigin } from './models/model-types.js'
export { type OptimizerName, type OptimizerRow, optimizerNames, optimizers } from './models/optimizers.js'
export { type AnyModelClass, type ModelBuilder, type ModelClassOf, OwnModelClass, toModelClass } from './models/own-model.js'
export type { Kind, WeightSpec } from './models/plan/layer-spec.js'
export type { CountOptions, LayerRow } from './models/plan/layer-table.js'
export { type ScheduleName, scheduleNames, schedules } from './models/schedules.js'
export type { TfModel } from './models/tf-model.js'
export type { Layer, Tf } from './models/tf-types.js'
export { type EngineName, engineNames } from './models/train/engines.js'
export type { ConfigOf } from './models/zoo/config-of.js'
export { type KeyRow, listConfigKeys } from './models/zoo/list-keys.js'
export { models } from './models/zoo/models.js'
export type { ZooName } from './models/zoo/rows.js'
export { type ModelDescription, ZooModel } from './models/zoo/zoo-model.js'
