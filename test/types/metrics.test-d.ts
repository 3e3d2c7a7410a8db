/** What compiles and what does not, for metrics. The compiler is the test: an expected error that does not come is an error. */
import { B, C, ImagesBatch, NdArray, template, V } from '../../src/index.js'
import {
  ClassificationMetrics,
  type ConfusionMatrix,
  LossMetrics,
  type Metrics,
  metricsFromJson,
  RegressionMetrics,
  SegmentationMetricsByInstances,
  SegmentationMetricsByPixels,
} from '../../src/metrics.js'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Equal<A, B>) => undefined

// Arrays of any form.
const metrics = new ClassificationMetrics([0, 1], NdArray.from([0, 1]), { fmt: 'labels', numClasses: 3 })
new ClassificationMetrics(Uint8Array.of(1), [NdArray.from([0, 1])], { axis: -1, labels: ['cat', 'dog'] })
const record: Readonly<Record<string, unknown>> = metrics.toRecord()
void record.accuracy
// @ts-expect-error text is no number
new ClassificationMetrics(['cat'], [0])
// @ts-expect-error a misspelt option
new ClassificationMetrics([0], [0], { numclasses: 3 })
// @ts-expect-error a format that is none
new ClassificationMetrics([0], [0], { fmt: 'probabilities' })
// @ts-expect-error only instances have iot
new SegmentationMetricsByPixels([[0]], [[0]], { iot: 0.5 })
// @ts-expect-error the background of instances is never there
new SegmentationMetricsByInstances([[0]], [[0]], { skipBg: true })

// What is asked for says what comes.
const rate = metrics.evaluate('recall')
same<typeof rate, number>(true)
const eachItem = metrics.evaluate('f1_score', { agg: null })
same<typeof eachItem, number[]>(true)
const eachClass = metrics.evaluate('tpr', { multiclass: null })
same<typeof eachClass, number | number[]>(true)
const both = metrics.evaluate('tpr', { agg: null, multiclass: null })
same<typeof both, (number | number[])[]>(true)
const count = metrics.evaluate('true_positive')
same<typeof count, number | number[]>(true)
const accuracy = metrics.evaluate('acc', { multiclass: null })
same<typeof accuracy, number>(true)
const several = metrics.evaluate(['recall', 'support'], { multiclass: 'micro' })
same<typeof several, { recall: number; support: number | number[] }>(true)
// @ts-expect-error a misspelt metric
metrics.evaluate('recal')
// @ts-expect-error one misspelt metric of two
metrics.evaluate(['recall', 'precission'])
// @ts-expect-error a way that is none
metrics.evaluate('recall', { multiclass: 'weighted' })
// @ts-expect-error items are averaged or not
metrics.evaluate('recall', { agg: 'sum' })
metrics.table(['precision', 'acc'])
// @ts-expect-error a misspelt metric
metrics.table(['precisoin'])

// The confusion matrix is asked by name.
const matrix: ConfusionMatrix = metrics.confusionMatrix
matrix.at({ prediction: 0, target: 1 })
// @ts-expect-error both are needed
matrix.at({ prediction: 0 })
// @ts-expect-error positions do not say which is which
matrix.at(0, 1)
// @ts-expect-error instances have a matrix for each class
new SegmentationMetricsByInstances([[0]], [[0]]).confusionMatrix
new SegmentationMetricsByInstances([[0]], [[0]]).confusionMatrices[0]?.at({ prediction: 0, target: 1 })

// Regression and losses.
const numbers = new RegressionMetrics([1, 2], [1, 2], { weights: [1, 2] })
const error = numbers.evaluate('mse')
same<typeof error, number>(true)
const errors = numbers.evaluate(['mae', 'root_mean_squared_error'], { agg: null })
same<typeof errors, { mae: number[]; root_mean_squared_error: number[] }>(true)
// @ts-expect-error a metric of classes
numbers.evaluate('recall')
const loss = new LossMetrics(0.5, 300)
const entries = loss.evaluate('loss', { agg: 'batchwise' })
same<typeof entries, number[]>(true)
// @ts-expect-error a loss has a weight
new LossMetrics(0.5)

// What they all have.
const any: Metrics = metricsFromJson(JSON.parse(JSON.stringify(metrics)))
any.append(loss).update(loss).at(0).slice(0, 1).copy()
const copied: ClassificationMetrics = metrics.copy().append(metrics).update(metrics).at(-1)
// @ts-expect-error metrics are put together with metrics
copied.update([0, 1])

// Pipelines gather them.
const p = template(ImagesBatch)
const to = { saveTo: V('m') } as const
const compared = { targets: B('labels'), predictions: V('predictions') } as const
p.gatherMetrics('classification', { ...compared, ...to, fmt: 'logits', axis: -1, numClasses: C('classes'), mode: 'update' })
  .gatherMetrics('masks', { targets: B('images'), predictions: B('images').gt(0.5), ...to, skipBg: true })
  .gatherMetrics('instances', { ...compared, ...to, iot: 0.7 })
  .gatherMetrics('regression', { ...compared, ...to, weights: B('labels'), multi: true })
  .gatherMetrics('loss', { loss: V('loss'), batchLen: B('size'), ...to })
  .gatherMetrics('loss', { loss: V('loss'), saveTo: V('m', { mode: 'append' }) })
  .gatherMetrics(ClassificationMetrics, { ...compared, ...to, fmt: 'labels' })
  .gatherMetrics(LossMetrics, { loss: 1, ...to })
// @ts-expect-error a kind that is none
p.gatherMetrics('accuracy', { ...compared, ...to })
// @ts-expect-error no place
p.gatherMetrics('classification', compared)
// @ts-expect-error no predictions
p.gatherMetrics('classification', { targets: B('labels'), ...to })
// @ts-expect-error a component the class does not have
p.gatherMetrics('classification', { targets: B('classes'), predictions: V('p'), ...to })
// @ts-expect-error an option of another kind
p.gatherMetrics('regression', { ...compared, ...to, axis: -1 })
// @ts-expect-error an option of another class
p.gatherMetrics(RegressionMetrics, { ...compared, ...to, fmt: 'labels' })
// @ts-expect-error a loss is not compared
p.gatherMetrics('loss', { ...compared, ...to })
// @ts-expect-error a mode that does not exist
p.gatherMetrics('classification', { ...compared, ...to, mode: 'sum' })
