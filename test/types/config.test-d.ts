/** What compiles and what does not, for configs and what is read back. */
import { Config } from '../../src/index.js'
import { ClassificationMetrics, LossMetrics, RegressionMetrics, SegmentationMetricsByInstances } from '../../src/metrics.js'

const config = new Config({ 'a/b': 1 })
const plain: Record<string, unknown> = config.without('a/b').toJSON()
const flat: Record<string, unknown> = config.flatten()
const keys: string[] = config.keys({ flatten: true })
const entries: [string, unknown][] = config.entries()
const values: unknown[] = config.values({ flatten: true })
const byKey = new Map<string, unknown>(config)
const same: boolean = config.equals({ a: { b: 1 } })
// @ts-expect-error a path is text
config.without(1)
// @ts-expect-error a misspelt option
config.keys({ flat: true })
// @ts-expect-error a misspelt option
config.entries({ flat: true })
// @ts-expect-error no config
config.equals(5)
// @ts-expect-error it takes nothing
config.flatten('a')

// @ts-expect-error a state needs its value
ClassificationMetrics.fromJSON()
// @ts-expect-error a state needs its value
SegmentationMetricsByInstances.fromJSON()
// @ts-expect-error a state needs its value
LossMetrics.fromJSON()
// @ts-expect-error a state needs its value
RegressionMetrics.fromJSON()
const shares = new ClassificationMetrics([0, 1], [0, 1], { fmt: 'labels', numClasses: 2 }).confusionMatrix.normalized()
void [plain, flat, keys, entries, values, byKey, same, shares]
// @ts-expect-error no such option
config.values({ flat: true })
