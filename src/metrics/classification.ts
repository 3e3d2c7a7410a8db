import { read } from '../options/index.js'
import { IGNORED, toClassLabels } from './class-labels.js'
import { ConfusionMatrix } from './confusion-matrix.js'
import { CountMetrics } from './count-metrics.js'
import { checkLabels, readCounts, writeCounts } from './counts-state.js'
import type { Counts } from './metric-rows.js'
import { type MetricsJson, revive } from './metrics.js'
import { type ClassificationOptions, classificationOptions } from './options.js'
import type { Numbers } from './to-numbers.js'

const sizeOfItem = (numClasses: number) => numClasses ** 2

/**
 * Metrics of classes, from labels, probabilities or logits. A vector is one item; the first axis of other arrays counts the items, so
 * that each image has its own metrics. Only counts are kept, not the arrays. BatchFlow: `ClassificationMetrics`.
 *
 * Names of metrics (see `evaluate`): truePositive (tp), falsePositive (fp), trueNegative (tn), falseNegative (fn), conditionPositive
 * (support), conditionNegative, predictionPositive, predictionNegative, totalPopulation; truePositiveRate (recall, sensitivity, tpr),
 * falsePositiveRate (fallout, fpr), falseNegativeRate (missRate, fnr), trueNegativeRate (specificity, tnr), prevalence (prv),
 * positivePredictiveValue (precision, ppv), falseDiscoveryRate (fdr), falseOmissionRate (for), negativePredictiveValue (npv),
 * positiveLikelihoodRatio (plr), negativeLikelihoodRatio (nlr), diagnosticOddsRatio (dor), f1Score (dice), jaccard (iou), accuracy (acc).
 * `accuracy` is the share of correct elements among all, regardless of `multiclass` and `label`; with `skipBg` background elements count
 * among all elements but not among the correct ones. Elements whose target is `ignore` (255 in many masks) count among none.
 *
 * @example
 * const metrics = new ClassificationMetrics([0, 1, 2], [[0.9, 0.1, 0], [0.2, 0.5, 0.3], [0.1, 0.6, 0.3]], { axis: -1 })
 * metrics.evaluate('accuracy')                            // 0.6667
 * metrics.evaluate(['recall', 'precision'], { multiclass: null })
 * metrics.confusionMatrix.at({ prediction: 1, target: 2 }) // 1
 * console.log(`${metrics}`)
 * @throws MillraceError `metrics-input`, `metrics-shapes`, `metrics-axis`, `label-outside`, `unknown-option`, `wrong-value`
 */
export class ClassificationMetrics extends CountMetrics {
  static readonly kind: string = 'classification'

  /** True if class 0 is ignored. */
  declare readonly skipBg: boolean

  constructor(targets: Numbers, predictions: Numbers, options: ClassificationOptions = {}) {
    super()
    const of = new.target.name
    const { skipBg, ignore, labels, ...others } = read(classificationOptions, options, of)
    const { numClasses, items } = toClassLabels(of, targets, predictions, others, ignore)
    const counts = items.map(([known, found]) => {
      const matrix = new Float64Array(sizeOfItem(numClasses))
      for (let i = 0; i < known.length; i++) if (known[i] !== IGNORED) matrix[found[i]! * numClasses + known[i]!]!++
      return matrix
    })
    Object.assign(this, { numClasses, skipBg, labels: checkLabels(of, labels, numClasses), items: counts })
  }

  /** Restores metrics from the result of `toJSON`. @throws MillraceError `metrics-state` */
  static fromJSON(json: unknown): ClassificationMetrics {
    return revive(ClassificationMetrics.prototype, readCounts('classification', json, sizeOfItem))
  }

  /** Predictions by targets, summed over all items; `at(i).confusionMatrix` is that of one item. BatchFlow: `confusion_matrix`. */
  get confusionMatrix(): ConfusionMatrix {
    const { numClasses } = this
    const cell = (prediction: number, target: number) =>
      this.items.reduce((total, item) => total + item[prediction * numClasses + target]!, 0)
    const classes = Array.from({ length: numClasses }, (_, i) => i)
    return new ConfusionMatrix(
      classes.map(prediction => classes.map(target => cell(prediction, target))),
      this.labels,
    )
  }

  override slice(start: number, end?: number): this {
    const { numClasses, skipBg, labels } = this
    return revive(Object.getPrototypeOf(this), {
      numClasses,
      skipBg,
      labels,
      items: this.items.slice(start, end).map(item => item.slice()),
    })
  }

  override toJSON(): MetricsJson {
    const { kind, numClasses, skipBg, labels } = this
    return { kind, numClasses, skipBg, ...(labels && { labels }), counts: writeCounts(this.items) }
  }

  protected override describe(): string {
    return `${this.constructor.name} of ${this.numClasses} classes${this.skipBg ? ' without background' : ''}`
  }

  protected override get classes(): readonly number[] {
    return Array.from({ length: this.numClasses }, (_, i) => i).slice(this.skipBg ? 1 : 0)
  }

  protected override get firstLabel(): number {
    return 0
  }

  protected override get overallNames(): readonly string[] {
    return ['accuracy', 'totalPopulation']
  }

  protected override countsOf(item: Float64Array, label: number): Counts {
    const { numClasses } = this
    let [conditionPositive, predictionPositive, totalPopulation] = [0, 0, 0]
    for (let i = 0; i < numClasses; i++) {
      conditionPositive += item[i * numClasses + label]!
      predictionPositive += item[label * numClasses + i]!
    }
    for (const count of item) totalPopulation += count
    return { truePositive: item[label * numClasses + label]!, conditionPositive, predictionPositive, totalPopulation }
  }

  protected override overall(item: Float64Array) {
    const right = this.classes.reduce((total, label) => total + item[label * this.numClasses + label]!, 0)
    return { right, total: item.reduce((total, count) => total + count, 0) }
  }

  protected override refuse(): void {}
}

/**
 * Metrics of segmentation, pixel by pixel: those of `ClassificationMetrics` with one item per image. BatchFlow:
 * `SegmentationMetricsByPixels`.
 *
 * @example
 * const metrics = new SegmentationMetricsByPixels(masks, predictions, { axis: -1 })
 * metrics.evaluate('jaccard')                                       // over all classes and images
 * metrics.evaluate('jaccard', { agg: null, multiclass: null })      // [image][class]
 */
export class SegmentationMetricsByPixels extends ClassificationMetrics {
  static override readonly kind: string = 'segmentation'

  /** Restores metrics from the result of `toJSON`. @throws MillraceError `metrics-state` */
  static override fromJSON(json: unknown): SegmentationMetricsByPixels {
    return revive(SegmentationMetricsByPixels.prototype, readCounts('segmentation', json, sizeOfItem))
  }
}
