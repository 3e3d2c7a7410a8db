import { fail } from '../errors/index.js'
import { read } from '../options/index.js'
import { toClassLabels } from './class-labels.js'
import { connectedComponents } from './components.js'
import { ConfusionMatrix } from './confusion-matrix.js'
import { CountMetrics } from './count-metrics.js'
import { checkLabels, readCounts, writeCounts } from './counts-state.js'
import { type Counts, dependsOn } from './metric-rows.js'
import { type MetricsJson, revive } from './metrics.js'
import { type InstancesOptions, instancesOptions } from './options.js'
import type { Numbers } from './to-numbers.js'

/** Per class except the background: predicted or not, by present or not. */
const sizeOfItem = (numClasses: number) => 4 * (numClasses - 1)
const cellOf = (label: number, prediction: number, target: number) => 4 * (label - 1) + 2 * prediction + target

/**
 * Metrics of segmentation, instance by instance: an instance is a connected component of one class, elements that touch along an axis.
 * A target instance is found (a true positive) when at least `iot` of it is predicted to be of its class; a predicted instance that
 * touches no element of its class is a false positive. Class 0 is background. BatchFlow: `SegmentationMetricsByInstances`.
 *
 * The names of metrics are those of `ClassificationMetrics` except those that need true negatives: trueNegative, trueNegativeRate,
 * negativePredictiveValue, negativeLikelihoodRatio, diagnosticOddsRatio. `accuracy` is the share of all instances that were found.
 *
 * @example
 * const metrics = new SegmentationMetricsByInstances(masks, predictions, { fmt: 'labels', numClasses: 3 })
 * metrics.evaluate(['precision', 'recall'])
 * metrics.confusionMatrices[0].at({ prediction: 0, target: 1 }) // instances of class 1 that were missed
 * @throws MillraceError `metrics-input`, `metrics-shapes`, `metrics-axis`, `label-outside`, `unknown-option`, `wrong-value`
 */
export class SegmentationMetricsByInstances extends CountMetrics {
  static readonly kind: string = 'instances'

  /** The share of an instance that must be predicted. */
  declare readonly iot: number

  constructor(targets: Numbers, predictions: Numbers, options: InstancesOptions = {}) {
    super()
    const of = new.target.name
    const { iot, labels, ...others } = read(instancesOptions, options, of)
    const { numClasses, itemShape, items } = toClassLabels(of, targets, predictions, others)
    const counts = items.map(([known, found]) => {
      const item = new Float64Array(sizeOfItem(numClasses))
      for (const { label, elements } of connectedComponents(known, itemShape)) {
        const hit = elements.filter(at => found[at] === label).length
        item[cellOf(label, hit / elements.length >= iot ? 1 : 0, 1)]!++
      }
      for (const { label, elements } of connectedComponents(found, itemShape)) {
        if (!elements.some(at => known[at] === label)) item[cellOf(label, 1, 0)]!++
      }
      return item
    })
    Object.assign(this, { numClasses, iot, labels: checkLabels(of, labels, numClasses), items: counts })
  }

  /** Restores metrics from the result of `toJSON`. @throws MillraceError `metrics-state` */
  static fromJSON(json: unknown): SegmentationMetricsByInstances {
    return revive(SegmentationMetricsByInstances.prototype, readCounts('instances', json, sizeOfItem))
  }

  /** Per class except the background: instances predicted (1) or not (0), by present or not, summed over all items. */
  get confusionMatrices(): readonly ConfusionMatrix[] {
    return this.classes.map(label => {
      const cell = (prediction: number, target: number) =>
        this.items.reduce((total, item) => total + item[cellOf(label, prediction, target)]!, 0)
      const name = this.labels?.[label] ?? `${label}`
      return new ConfusionMatrix(
        [0, 1].map(prediction => [0, 1].map(target => cell(prediction, target))),
        [`no ${name}`, name],
      )
    })
  }

  override slice(start: number, end?: number): this {
    const { numClasses, iot, labels } = this
    return revive(Object.getPrototypeOf(this), { numClasses, iot, labels, items: this.items.slice(start, end).map(item => item.slice()) })
  }

  override toJSON(): MetricsJson {
    const { kind, numClasses, iot, labels } = this
    return { kind, numClasses, iot, ...(labels && { labels }), counts: writeCounts(this.items) }
  }

  protected override describe(): string {
    return `${this.constructor.name} of ${this.numClasses} classes, iot ${this.iot}`
  }

  protected override get classes(): readonly number[] {
    return Array.from({ length: this.numClasses - 1 }, (_, i) => i + 1)
  }

  protected override get firstLabel(): number {
    return 1
  }

  protected override get overallNames(): readonly string[] {
    return ['accuracy']
  }

  protected override countsOf(item: Float64Array, label: number): Counts {
    const [, missed, wrong, truePositive] = item.subarray(4 * (label - 1), 4 * label) as unknown as number[]
    const conditionPositive = missed! + truePositive!
    return {
      truePositive: truePositive!,
      conditionPositive,
      predictionPositive: wrong! + truePositive!,
      totalPopulation: conditionPositive + wrong!,
    }
  }

  protected override overall(item: Float64Array) {
    const counts = this.classes.map(label => this.countsOf(item, label))
    return {
      right: counts.reduce((total, { truePositive }) => total + truePositive, 0),
      total: counts.reduce((total, { totalPopulation }) => total + totalPopulation, 0),
    }
  }

  protected override refuse(name: string): void {
    if (dependsOn(name, 'trueNegative')) fail('metric-inapplicable', { metric: name, of: this.constructor.name })
  }
}
