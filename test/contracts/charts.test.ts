/** Every row of the chart table: schema, docs, references, markup of small and empty results, each option, and an error for each wrong one. */
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { readExperiment, registry } from '../../src/experiment.js'
import type { ChartRow } from '../../src/report/charts/chart-row.js'
import { type ChartKind, chartTable } from '../../src/report/charts/table.js'
import type { ReportModel } from '../../src/report/index.js'
import type { JsonObject, JsonValue } from '../../src/util/json.js'
import { NdArray } from '../../src/util/nd-array.js'
import { makeChart, sourceOf } from '../report/support/chart.js'
import { losses } from '../report/support/sample.js'
import { optionsOf, requiredIn, wrongValues } from './support/schemas.js'

const curve = (name: string, count: number) => losses(name, count, 3, 0.04)
const maps = (count: number, by: number) =>
  new NdArray(
    Float32Array.from({ length: count * 40 }, (_, i) => by + ((i * 7) % 11) * (i % 3)),
    [count, 40],
  )

/** The live values of a run of `count` iterations and items. */
const valuesOf = (count: number): Readonly<Record<string, unknown>> => ({
  'test.a': curve('a', count),
  'test.b': curve('b', count),
  'test.mapsA': maps(count, 0.5),
  'test.mapsB': maps(count, 2),
  'test.labels': Array.from({ length: count }, (_, i) => i % 3),
  'test.predictedA': Array.from({ length: count }, (_, i) => (i % 7 === 0 ? 0 : i % 3)),
  'test.predictedB': Array.from({ length: count }, (_, i) => (i % 5 === 0 ? 0 : i % 3)),
})
const models: Record<string, ReportModel> = {
  'train.a': { parameterCount: 100, parts: [{ part: 'body', parameters: 100 }] },
  'train.b': { parameterCount: 120, parts: [{ part: 'head', parameters: 120 }] },
}
const full = sourceOf({ ...valuesOf(60) }, 60, models)

interface Row {
  /** What the chart requires, with two series, models or maps called `one` and `two`. */
  readonly needed: JsonObject
  /** Another value of each required option, which changes what is shown. */
  readonly others: JsonObject
  /** Texts that stand in its markup. */
  readonly labels: readonly string[]
  /** For each option that may be left out a value that changes what is shown, beside others where it needs them. */
  readonly changes: Readonly<Record<string, { readonly to: JsonValue; readonly beside?: JsonObject }>>
}

const names = { to: { one: 'The first' } }
const rows = {
  curves: {
    needed: { title: 'Loss of tests', series: { one: 'test.a', two: 'test.b' } },
    others: { title: 'Other', series: { one: 'test.b' } },
    labels: ['Loss of tests', 'Iteration', 'one', 'two'],
    changes: {
      names,
      from: { to: 20 },
      to: { to: 30 },
      span: { to: 5 },
      yMin: { to: -3 },
      yMax: { to: 1.5 },
      yScale: { to: 'log' },
      yLabel: { to: 'Error' },
    },
  },
  parameters: {
    needed: { title: 'Sizes', models: { one: 'train.a', two: 'train.b' } },
    others: { title: 'Other', models: { one: 'train.b' } },
    labels: ['Sizes', 'one', 'two', '100', '120', 'body', 'head'],
    changes: { names },
  },
  activations: {
    needed: { title: 'Inside', maps: { one: 'test.mapsA', two: 'test.mapsB' }, labels: 'test.labels' },
    others: { title: 'Other', maps: { one: 'test.mapsB' }, labels: 'test.predictedA' },
    labels: ['Inside', 'Channel', 'Mean activation', 'one', 'two'],
    changes: { names, span: { to: 4 } },
  },
  accuracy: {
    needed: { title: 'Exam', predictions: { one: 'test.predictedA', two: 'test.predictedB' }, targets: 'test.labels' },
    others: { title: 'Other', predictions: { one: 'test.labels' }, targets: 'test.predictedB' },
    labels: ['Exam', 'Accuracy', 'one', 'two'],
    changes: { names },
  },
  conclusion: {
    needed: { title: 'Verdict', baseline: { one: 'test.a' }, candidate: { two: 'test.b' } },
    others: { title: 'Other', baseline: { one: 'test.b' }, candidate: { two: 'test.a' } },
    labels: ['Verdict', 'one', 'two'],
    changes: {
      names,
      models: { to: { one: 'train.a', two: 'train.b' } },
      span: { to: 4 },
      last: { to: 30 },
      seed: { to: 9 },
    },
  },
} as const satisfies Record<ChartKind, Row>

const kinds = Object.keys(chartTable) as readonly ChartKind[]
const table: Readonly<Record<ChartKind, ChartRow>> = chartTable
const rowOf = (kind: ChartKind): Row => rows[kind]
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

/** What the check of a file says of each of several charts. */
function errorsOf(charts: readonly object[]): readonly (readonly string[])[] {
  const variables = Object.keys(valuesOf(0)).map(ref => `initVariable: { name: ${ref.replace('test.', '')} }`)
  const config = '{ inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10 } } }'
  const initModel = (name: string) => `initModel: { mode: dynamic, modelClass: ResNet18, name: ${name}, config: ${config} }`
  const text = `
datasets: { digits: { openset: mnist } }
pipelines:
  train: { dataset: digits.train, actions: [{ ${initModel('a')} }, { ${initModel('b')} }] }
  test: { dataset: digits.test, actions: [${variables.map(action => `{ ${action} }`).join(', ')}] }
run: { iterations: 1, batch: { batchSize: 2 } }
report:
  charts:
${charts.map(chart => `    - ${JSON.stringify(chart)}`).join('\n')}
`
  const { errors } = readExperiment(text, { file: 'contract.yaml', registry })
  const first = text.split('\n').indexOf('  charts:') + 2
  return charts.map((_, i) => errors.filter(({ location }) => location.source?.line === first + i).map(String))
}

describe('contract: every chart', () => {
  for (const kind of kinds) {
    describe(kind, () => {
      const { schema, summary } = table[kind]
      const { needed, labels, others, changes } = rowOf(kind)
      const optional = Object.keys(optionsOf(schema)).filter(option => !requiredIn(schema).includes(option))

      it('has a summary, described options and a place in the registry', () => {
        expect(summary).to.match(/\.$/)
        for (const [option, { description }] of Object.entries(optionsOf(schema))) expect(description, option).to.be.a('string')
        expect(registry.charts).to.have.property(kind)
      })

      it(`docs: ${kind} in the README`, () => expect(readme).to.match(new RegExp(`\\b${kind}\\b`)))

      it('passes the check of a file, which finds each of its references', () => {
        const chart = { [kind]: { ...needed, ...(changes.models && { models: changes.models.to }) } }
        const row: ChartRow = chartTable[kind]
        const references = [...row.variables(chart[kind]), ...(row.models?.(chart[kind]) ?? [])]
        expect(references.length).to.be.above(1)
        const wrong = references.map(({ ref, path }) => withValue(chart, [kind, ...path], `${ref}x`))
        const [right, ...found] = errorsOf([chart, ...wrong])
        expect(right).to.deep.equal([])
        for (const [i, { ref }] of references.entries()) {
          expect(found[i], ref).to.have.length(1)
          expect(found[i]![0]).to.include(`${ref.split('.')[1]}x`)
        }
      })

      it('draws itself with its labels', () => {
        const { chart, text, words } = makeChart(kind, needed, full)
        expect(chart.problem).to.equal(undefined)
        expect(words).not.to.include('could not be drawn')
        for (const label of labels) expect(text, label).to.include(label)
      })

      it('draws itself from empty series and from one point', () => {
        for (const source of [sourceOf({}, 60), sourceOf({ ...valuesOf(0) }, 60), sourceOf({ ...valuesOf(1) }, 60, models)]) {
          const { chart, words } = makeChart(kind, needed, source)
          expect(chart.problem).to.equal(undefined)
          expect(words)
            .to.include(labels[0])
            .and.not.include('could not be drawn')
            .and.not.match(/NaN|undefined|Infinity/)
        }
      })

      it('knows each option of the schema, and each changes what is shown', () => {
        expect(Object.keys(changes)).to.have.members(optional)
        for (const [option, { to, beside = {} }] of Object.entries(changes)) {
          const [without, withIt] = [
            { ...needed, ...beside },
            { ...needed, ...beside, [option]: to },
          ]
          expect(makeChart(kind, withIt, full).text, option).not.to.equal(makeChart(kind, without, full).text)
        }
      })

      it('shows each required option', () => {
        expect(Object.keys(others)).to.have.members(requiredIn(schema))
        for (const [option, value] of Object.entries(others)) {
          expect(makeChart(kind, { ...needed, [option]: value }, full).text, option).not.to.equal(makeChart(kind, needed, full).text)
        }
      })

      for (const option of optional) {
        const { default: standard } = optionsOf(schema)[option]!
        if (standard === undefined) continue
        it(`uses the default of ${option} that its schema shows`, () => {
          expect(makeChart(kind, { ...needed, [option]: standard as JsonValue }, full).text).to.equal(makeChart(kind, needed, full).text)
        })
      }

      it('refuses a misspelt option, a missing one, and wrong values', () => {
        const [first] = requiredIn(schema)
        const wrong: readonly (readonly [string, object, RegExp])[] = [
          ['misspelt', { ...needed, [`${first}x`]: 1 }, new RegExp(`${first}x.*Did you mean ${first}`)],
          ...requiredIn(schema).map(option => [option, withoutKey(needed, option), new RegExp(`needs ${option}`)] as const),
          ...Object.entries(optionsOf(schema)).flatMap(([option, property]) =>
            wrongValues(property)
              .filter(value => value !== null)
              .map(
                value =>
                  [
                    `${option}: ${JSON.stringify(value)}`,
                    { ...needed, [option]: value },
                    new RegExp(`${option}|nonsense|there is no variable called`),
                  ] as const,
              ),
          ),
        ]
        const errors = errorsOf(wrong.map(([, options]) => ({ [kind]: options })))
        for (const [i, [what, , words]] of wrong.entries()) expect(errors[i]!.join(), what).to.match(words)
      })
    })
  }
})

const withoutKey = (options: JsonObject, key: string) => Object.fromEntries(Object.entries(options).filter(([name]) => name !== key))

/** A copy of a value with another value in one place. */
function withValue(whole: unknown, path: readonly (string | number)[], value: unknown): object {
  const copy = structuredClone(whole) as Record<string | number, unknown>
  const holder = path.slice(0, -1).reduce((at, key) => at[key] as Record<string | number, unknown>, copy)
  holder[path.at(-1)!] = value
  return copy
}
