/** Every metric and every kind of metrics: names, values by the plainest formula, options, both doors. */
import { expect } from 'chai'
import { MillraceError } from '../../src/errors/index.js'
import { ClassificationMetrics, RegressionMetrics } from '../../src/metrics/index.js'
import { makeMetrics } from '../../src/metrics/kinds.js'
import { type MetricName, metricRows } from '../../src/metrics/metric-rows.js'
import { kindOptions } from '../../src/metrics/options.js'
import { regressionRows } from '../../src/metrics/regression-rows.js'
import { gatherMetrics } from '../../src/pipeline/description/actions/gather-metrics.js'
import { type GatherName, gatherNames, gatherRows } from '../../src/pipeline/description/metrics-kinds.js'
import { B, V } from '../../src/pipeline/index.js'
import { actionsIn, empty, errorsIn } from './support/doors.js'
import { optionsOf } from './support/schemas.js'

const targets = [1, 1, 1, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0]
const predictions = [1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 0]

type Counts = Readonly<Record<'tp' | 'fp' | 'tn' | 'fn', number>>

/** Every metric by what was right and wrong. */
const formulas = {
  truePositive: ({ tp }) => tp,
  falsePositive: ({ fp }) => fp,
  trueNegative: ({ tn }) => tn,
  falseNegative: ({ fn }) => fn,
  conditionPositive: ({ tp, fn }) => tp + fn,
  conditionNegative: ({ tn, fp }) => tn + fp,
  predictionPositive: ({ tp, fp }) => tp + fp,
  predictionNegative: ({ tn, fn }) => tn + fn,
  totalPopulation: ({ tp, fp, tn, fn }) => tp + fp + tn + fn,
  truePositiveRate: ({ tp, fn }) => tp / (tp + fn),
  falsePositiveRate: ({ fp, tn }) => fp / (fp + tn),
  falseNegativeRate: ({ tp, fn }) => fn / (tp + fn),
  trueNegativeRate: ({ fp, tn }) => tn / (fp + tn),
  prevalence: ({ tp, fp, tn, fn }) => (tp + fn) / (tp + fp + tn + fn),
  positivePredictiveValue: ({ tp, fp }) => tp / (tp + fp),
  falseDiscoveryRate: ({ tp, fp }) => fp / (tp + fp),
  falseOmissionRate: ({ tn, fn }) => fn / (tn + fn),
  negativePredictiveValue: ({ tn, fn }) => tn / (tn + fn),
  positiveLikelihoodRatio: ({ tp, fp, tn, fn }) => tp / (tp + fn) / (fp / (fp + tn)),
  negativeLikelihoodRatio: ({ tp, fp, tn, fn }) => fn / (tp + fn) / (tn / (fp + tn)),
  diagnosticOddsRatio: ({ tp, fp, tn, fn }) => (tp * tn) / (fp * fn),
  f1Score: ({ tp, fp, fn }) => (2 * tp) / (2 * tp + fp + fn),
  jaccard: ({ tp, fp, fn }) => tp / (tp + fp + fn),
  accuracy: ({ tp, fp, tn, fn }) => (tp + tn) / (tp + fp + tn + fn),
} as const satisfies Record<MetricName, (counts: Counts) => number>

const count = (target: number, prediction: number) => targets.filter((known, i) => known === target && predictions[i] === prediction).length
const counts: Counts = { tp: count(1, 1), fp: count(0, 1), tn: count(0, 0), fn: count(1, 0) }

const known = [1, 2.5, -3, 4, 0.5]
const found = [1.5, 2, -3, 8, 0]
const gaps = known.map((value, i) => found[i]! - value)
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const spread = (values: readonly number[]) => mean(values.map(value => (value - mean(values)) ** 2))
const errors = {
  meanAbsoluteError: mean(gaps.map(Math.abs)),
  meanSquaredError: mean(gaps.map(gap => gap ** 2)),
  rootMeanSquaredError: Math.sqrt(mean(gaps.map(gap => gap ** 2))),
  medianAbsoluteError: gaps.map(Math.abs).sort((a, b) => a - b)[2]!,
  maxError: Math.max(...gaps.map(Math.abs)),
  r2Score: 1 - mean(gaps.map(gap => gap ** 2)) / spread(known),
  explainedVarianceRatio: 1 - spread(gaps) / spread(known),
  accuracy: 4 / 5,
} as const satisfies Record<keyof typeof regressionRows, number>

/** `truePositiveRate` → `true_positive_rate`. */
const snake = (name: string) => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

describe('contract: every metric', () => {
  const classified = new ClassificationMetrics(targets, predictions, { fmt: 'labels' }) as { evaluate(name: string): unknown }
  const regressed = new RegressionMetrics(known, found) as { evaluate(name: string): unknown }

  for (const [name, { aliases }] of Object.entries(metricRows)) {
    it(`${name} of classes is its formula, by each of its names`, () => {
      const expected = formulas[name as MetricName](counts)
      for (const one of [name, snake(name), ...aliases, ...aliases.map(snake)])
        expect(classified.evaluate(one), one).to.be.closeTo(expected, 1e-12)
    })
  }

  for (const [name, { aliases }] of Object.entries(regressionRows)) {
    it(`${name} of numbers is its formula, by each of its names`, () => {
      for (const one of [name, snake(name), ...aliases]) {
        expect(regressed.evaluate(one), one).to.be.closeTo(errors[name as keyof typeof errors], 1e-12)
      }
    })
  }

  it('has names and aliases that mean one thing', () => {
    for (const table of [metricRows, regressionRows]) {
      const all = Object.entries(table).flatMap(([name, { aliases }]) => [name, ...aliases])
      expect(all.length).to.equal(new Set(all).size)
    }
  })
})

/** For each option of a kind of metrics two values that give other metrics, beside others where it needs them. */
const scores = [[0.9, 0.2, 0.6, 0.4]]
const options: Readonly<
  Record<string, { readonly one: unknown; readonly other: unknown; readonly beside?: Readonly<Record<string, unknown>> }>
> = {
  targets: { one: [[1, 0, 1, 0]], other: [[1, 1, 1, 0]] },
  predictions: { one: scores, other: [[0.1, 0.2, 0.6, 0.4]] },
  fmt: { one: 'proba', other: 'logits' },
  numClasses: { one: 2, other: 3, beside: { fmt: 'labels', predictions: [[1, 0, 1, 1]] } },
  axis: { one: -1, other: 1, beside: { predictions: [[[0.8, 0.7], [0.4, 0.6]]], targets: [[0, 1]] } }, // biome-ignore format: a score for each class
  threshold: { one: 0.5, other: 0.7 },
  labels: { one: ['no', 'yes'], other: ['off', 'on'] },
  skipBg: { one: false, other: true },
  ignore: { one: null, other: 0 },
  iot: { one: 0.5, other: 1 },
  weights: { one: undefined, other: [1, 2, 3, 4], beside: { targets: [1, 2, 3, 4], predictions: [1, 3, 3, 5] } },
  multi: { one: false, other: true, beside: { targets: [[1, 2], [3, 4]], predictions: [[1, 3], [5, 4]] } }, // biome-ignore format: two outputs
  loss: { one: 0.5, other: 0.6 },
  batchLen: { one: 3, other: 5 },
}

describe('contract: every kind of metrics', () => {
  for (const name of gatherNames) {
    const kind = gatherRows[name as GatherName] as 'classification'
    const { of, takes } = kindOptions[kind]
    const [needs, may] = [Object.keys(of), Object.keys(takes.table)]
    const needed = Object.fromEntries(needs.map(option => [option, options[option]!.one]))

    describe(name, () => {
      it('is part of the schema with each of its arguments', () => {
        const { kind: names, ...properties } = optionsOf(gatherMetrics.args.schema)
        expect(names!.enum).to.include(name)
        expect(properties).to.include.all.keys(...needs, ...may)
      })

      it('knows each of its arguments, and each changes the metrics', () => {
        for (const option of [...needs, ...may]) {
          const { one, other, beside } = options[option]!
          const of = (value: unknown) => {
            const args = { ...needed, ...beside, ...(value !== undefined && { [option]: value }) }
            try {
              return JSON.stringify(makeMetrics(kind, args, 4))
            } catch (error) {
              if (error instanceof MillraceError) return `${error.code}: ${error.message}`
              throw error
            }
          }
          expect(of(other), option).not.to.equal(of(one))
        }
      })

      it('uses the defaults that the schema shows', () => {
        for (const option of may) {
          const { default: standard } = optionsOf(gatherMetrics.args.schema)[option]!
          if (standard === undefined) continue
          const args = { ...needed, ...options[option]!.beside }
          const { [option]: _, ...without } = args as Record<string, unknown>
          expect(JSON.stringify(makeMetrics(kind, { ...without, [option]: standard }, 4)), option).to.equal(
            JSON.stringify(makeMetrics(kind, without, 4)),
          )
        }
      })

      it('means the same through both doors, and refuses arguments of other kinds', () => {
        const named = Object.fromEntries(needs.map(option => [option, B('labels')]))
        const fluent = (empty().initVariable('v') as any).gatherMetrics(name, { ...named, saveTo: V('v') }).spec.actions
        const args = needs.map(option => `${option}: !B labels`).join(', ')
        expect(actionsIn(['initVariable: { name: v }', `gatherMetrics: { kind: ${name}, ${args}, saveTo: !V v }`])).to.deep.equal(fluent)
        const foreign = Object.keys(options).filter(option => ![...needs, ...may].includes(option))
        const errors = errorsIn(
          Object.fromEntries(
            foreign.map(option => [
              option,
              ['initVariable: { name: v }', `gatherMetrics: { kind: ${name}, ${args}, saveTo: !V v, ${option}: 1 }`],
            ]),
          ),
        )
        for (const option of foreign) {
          expect(() => (empty() as any).gatherMetrics(name, { ...named, [option]: 1, saveTo: V('v') }), option).to.throw(
            MillraceError,
            option,
          )
          expect(
            errors.some(({ location, message }) => location.pipeline === option && message.includes(option)),
            option,
          ).to.equal(true)
        }
      })
    })
  }
})
