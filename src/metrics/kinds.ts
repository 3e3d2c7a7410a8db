/** The kinds of metrics by name, for pipelines and saved states. */
import { fail } from '../errors/index.js'
import type { WrittenOf } from '../options/index.js'
import { isPlainObject } from '../util/json.js'
import { ClassificationMetrics, SegmentationMetricsByPixels } from './classification.js'
import { SegmentationMetricsByInstances } from './instances.js'
import { LossMetrics } from './loss.js'
import type { Metrics } from './metrics.js'
import type { kindOptions, MetricsKind } from './options.js'
import { RegressionMetrics } from './regression.js'

/** Anything that creates metrics from targets and predictions: a class of Millrace or of the user. */
export type MetricsClass = new (targets: any, predictions: any, options?: any) => Metrics

/** The options of each kind's class. */
export type OptionsOfKind = { readonly [Kind in MetricsKind]: WrittenOf<(typeof kindOptions)[Kind]['takes']> }

/** One row per kind. */
const classes = {
  classification: ClassificationMetrics,
  segmentation: SegmentationMetricsByPixels,
  instances: SegmentationMetricsByInstances,
  regression: RegressionMetrics,
  loss: LossMetrics,
} as const satisfies Record<MetricsKind, unknown>

/** The names of all kinds of metrics. */
export const metricsKinds = Object.keys(classes) as readonly MetricsKind[]

/**
 * Restores metrics of any kind from the result of `toJSON`, to the last bit.
 *
 * @example
 * const metrics = metricsFromJson(JSON.parse(text))
 * @throws MillraceError `metrics-state`
 */
export function metricsFromJson(json: unknown): Metrics {
  const kind = isPlainObject(json) ? json.kind : undefined
  const found = metricsKinds.find(name => name === kind)
  return found === undefined ? fail('metrics-state', { of: 'metrics', seen: `kind ${String(kind)}` }) : classes[found].fromJSON(json)
}

/** @internal Returns true if `metricsFromJson` restores the same class: not so for a class of the user. */
export function isSavableMetrics(value: object): value is Metrics {
  return metricsKinds.some(kind => Object.getPrototypeOf(value) === classes[kind].prototype)
}

/** @internal The metrics of one batch of `batchLen` items. */
export function makeMetrics(kind: MetricsKind | MetricsClass, options: Readonly<Record<string, unknown>>, batchLen?: number): Metrics {
  if (kind === 'loss') {
    return new LossMetrics(options.loss as number, (options.batchLen ?? batchLen) as number)
  }
  const { targets, predictions, ...others } = options
  const Class = typeof kind === 'string' ? (classes[kind] as MetricsClass) : kind
  return new Class(targets, predictions, others)
}
