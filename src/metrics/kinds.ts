/** The kinds of metrics by name: what a pipeline gathers, what a saved state is of. */
import { fail } from '../errors/index.js'
import { isPlainObject } from '../util/json.js'
import { checkOptions } from './check-options.js'
import { ClassificationMetrics, classificationOptionNames, SegmentationMetricsByPixels } from './classification.js'
import { instancesOptionNames, SegmentationMetricsByInstances } from './instances.js'
import { LossMetrics } from './loss.js'
import type { Metrics } from './metrics.js'
import { RegressionMetrics, regressionOptionNames } from './regression.js'

/** Anything that makes metrics of targets and predictions: a class of this room, or one of the user's own. */
export type MetricsClass = new (targets: any, predictions: any, options?: any) => Metrics

type Options = Readonly<Record<string, unknown>>

interface KindRow {
  /** Options that must be there, and those that may. */
  readonly needs: readonly string[]
  readonly options: readonly string[]
  readonly make: (options: Options, batchLen: number) => Metrics
  readonly read: (json: unknown) => Metrics
}

const compared = (Class: MetricsClass, options: readonly string[], read: (json: unknown) => Metrics): KindRow => ({
  needs: ['targets', 'predictions'],
  options,
  make: ({ targets, predictions, ...others }) => new Class(targets, predictions, others),
  read,
})

/** A row for each kind. */
const kindTable = {
  classification: compared(ClassificationMetrics, classificationOptionNames, json => ClassificationMetrics.fromJSON(json)),
  segmentation: compared(SegmentationMetricsByPixels, classificationOptionNames, json => SegmentationMetricsByPixels.fromJSON(json)),
  instances: compared(SegmentationMetricsByInstances, instancesOptionNames, json => SegmentationMetricsByInstances.fromJSON(json)),
  regression: compared(RegressionMetrics, regressionOptionNames, json => RegressionMetrics.fromJSON(json)),
  loss: {
    needs: ['loss'],
    options: ['batchLen'],
    make: ({ loss, batchLen }, length) => new LossMetrics(loss as number, (batchLen ?? length) as number),
    read: json => LossMetrics.fromJSON(json),
  },
} as const satisfies Record<string, KindRow>

/** The name of a kind of metrics. */
export type MetricsKind = keyof typeof kindTable

/** The names of all kinds of metrics. */
export const metricsKinds = Object.keys(kindTable) as readonly MetricsKind[]

/**
 * Metrics of any kind from what their `toJSON` gave, to the last bit.
 *
 * @example
 * const metrics = metricsFromJson(JSON.parse(text))
 * @throws MillraceError `metrics-state`
 */
export function metricsFromJson(json: unknown): Metrics {
  const kind = isPlainObject(json) ? json.kind : undefined
  const found = metricsKinds.find(name => name === kind)
  if (found === undefined) return fail('metrics-state', { of: 'metrics', seen: `kind ${String(kind)}` })
  return kindTable[found].read(json)
}

/** @internal Whether a kind has these options: known before there is a batch. @throws MillraceError `unknown-option`, `missing-argument` */
export function checkMetricsOptions(kind: MetricsKind, options: Options): void {
  const { needs, options: further }: KindRow = kindTable[kind]
  checkOptions(`gatherMetrics of ${kind}`, options, [...needs, ...further])
  for (const name of needs) if (!Object.hasOwn(options, name)) fail('missing-argument', { action: `gatherMetrics of ${kind}`, name })
}

/** @internal The metrics of one batch. */
export function makeMetrics(kind: MetricsKind | MetricsClass, options: Options, batchLen: number): Metrics {
  if (typeof kind === 'string') {
    checkMetricsOptions(kind, options)
    return kindTable[kind].make(options, batchLen)
  }
  const { targets, predictions, ...others } = options
  return new kind(targets, predictions, others)
}
