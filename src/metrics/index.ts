export type { Multiclass } from './averages.js'
export type { Format, LabelOptions } from './class-labels.js'
export { ClassificationMetrics, type ClassificationOptions, SegmentationMetricsByPixels } from './classification.js'
export { ConfusionMatrix } from './confusion-matrix.js'
export type { CountMetricName, EvaluateOptions, Evaluation, PerClass } from './evaluation.js'
export { type InstancesOptions, SegmentationMetricsByInstances } from './instances.js'
export {
  type MetricsClass,
  type MetricsKind,
  metricsFromJson,
  metricsKinds,
  type OptionsOfKind,
} from './kinds.js'
export { type LossEvaluateOptions, LossMetrics, type LossValue } from './loss.js'
export type { NameIn } from './metric-name.js'
export { Metrics, type MetricsJson, type MetricsTable } from './metrics.js'
export {
  type RegressionEvaluateOptions,
  type RegressionMetricName,
  RegressionMetrics,
  type RegressionOptions,
  type RegressionValue,
} from './regression.js'
export type { Numbers } from './to-numbers.js'
