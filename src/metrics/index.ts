export type { Multiclass } from './averages.js'
export { ClassificationMetrics, SegmentationMetricsByPixels } from './classification.js'
export { ConfusionMatrix } from './confusion-matrix.js'
export type { CountMetricName, EvaluateOptions, Evaluation, PerClass } from './evaluation.js'
export { SegmentationMetricsByInstances } from './instances.js'
export {
  type MetricsClass,
  metricsFromJson,
  metricsKinds,
  type OptionsOfKind,
} from './kinds.js'
export { type LossEvaluateOptions, LossMetrics, type LossValue } from './loss.js'
export type { NameIn } from './metric-name.js'
export { Metrics, type MetricsJson, type MetricsTable } from './metrics.js'
export type { ClassificationOptions, Format, InstancesOptions, LabelOptions, MetricsKind, RegressionOptions } from './options.js'
export {
  type RegressionEvaluateOptions,
  type RegressionMetricName,
  RegressionMetrics,
  type RegressionValue,
} from './regression.js'
export type { Numbers } from './to-numbers.js'
