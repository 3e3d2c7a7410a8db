/** Pipelines of run.every: whole passes between rounds. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  type Experiment,
  type ExperimentRunOptions,
  experiment,
  type MillraceError,
  type RunExperimentOptions,
  runExperiment,
} from '../../src/experiment.js'
import { B, V } from '../../src/index.js'
import { Linear, type LinearModel } from '../support/linear-model.js'
import { numbers } from '../support/numbers.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const data = numbers(40)
const feed = { x: B('x'), y: B('y') }

/** y = w·x is learned, and tried on all 40 numbers every 4 rounds. */
function describeExam(run: Partial<ExperimentRunOptions> = {}): Experiment {
  const train = data.p.initModel('static', Linear, 'line', { config: { rate: 0.0001 } }).trainModel('line', { feed })
  const exam = data.p
    .runLater(15, { tail: 'short' })
    .initVariable('items', { default: 0 })
    .initVariable('metrics')
    .initVariable('predicted')
    .importModel('line', train)
    .predictModel('line', { fetches: 'predictions', feed, saveTo: V('predicted') })
    .update(V('items'), V('items').add(B('size')))
    .gatherMetrics('regression', { targets: B('y'), predictions: V('predicted'), saveTo: V('metrics'), mode: 'update' })
  return experiment({
    name: 'every',
    pipelines: { train, exam },
    run: {
      iterations: 12,
      batch: { batchSize: 4, epochs: null, shuffle: true },
      record: ['exam.metrics.mae', 'exam.items'],
      every: [{ pipeline: 'exam', rounds: 4 }],
      checkpoint: { every: 3, keep: 9 },
      ...run,
    },
    report: { charts: [{ curves: { title: 'Error', series: { line: 'exam.metrics.mae' } } }] },
  })
}

describe('run.every', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())
  let count = 0

  async function run(described: Experiment, options: RunExperimentOptions = {}) {
    const out = options.out ?? folders.in(`${++count}`)
    const results = await runExperiment(described, { ...options, out })
    const lines = readFileSync(join(out, 'metrics.ndjson'), 'utf8').trim().split('\n')
    return { out, results, lines: lines.map(line => ({ ...JSON.parse(line), ms: null })) }
  }

  /** What must be the same to the last bit, however often a run was stopped. */
  const leftOf = ({ results, lines }: Awaited<ReturnType<typeof run>>, { pipelines }: Experiment) => ({
    variables: results.variables,
    charts: results.charts.map(({ data }: any) => data),
    lines,
    weight: pipelines.train!.m<LinearModel>('line').weight,
    items: pipelines.exam!.v('items'),
  })

  it('takes every item once per pass, from the beginning each time, and has a value where there was a pass', async () => {
    const { results, lines } = await run(describeExam())
    const { 'exam.items': items, 'exam.metrics.mae': mae } = results.variables
    const passes = [...Array(12).keys()].map(i => ((i + 1) % 4 === 0 ? 40 : null))
    expect(items).to.deep.equal(passes)
    expect(mae!.map(value => value !== null)).to.deep.equal(passes.map(value => value !== null))
    expect(results.timing.exam!.batches).to.equal(9)
    expect(Object.keys(lines[2]!)).to.deep.equal(['iteration', 'ms'])
    expect(lines[3]).to.deep.include({ 'exam.items': 40, 'exam.metrics.mae': mae![3] })
    const [{ data }] = results.charts as any
    expect(data.series.line).to.deep.include({ x: [4, 8, 12] })
    expect(data.series.line.y[0]).to.be.above(data.series.line.y[2])
  })

  it('is the error of the weights after that round', async () => {
    const weights: number[] = []
    const described = describeExam()
    const onRound = () => weights.push(described.pipelines.train!.m<LinearModel>('line').weight)
    const { results } = await run(described, { onRound })
    // y is 2x.
    const meanX = [...Array(40).keys()].reduce((sum, x) => sum + x, 0) / 40
    for (const round of [4, 8, 12]) {
      const expected = Math.abs(2 - weights[round - 1]!) * meanX
      expect(results.variables['exam.metrics.mae']![round - 1]).to.be.closeTo(expected, 1e-5)
    }
  })

  for (const [what, more, items] of [
    ['how its pipeline takes batches', {}, 40],
    ['batches of its own', { batch: { batchSize: 8, iterations: 2 } }, 16],
    ['epochs that end the pass', { batch: { batchSize: 20, epochs: 2 } }, 80],
  ] as const) {
    it(`takes ${what}`, async () => {
      const { results } = await run(describeExam({ iterations: 4, every: [{ pipeline: 'exam', rounds: 4, ...more }] }))
      expect(results.variables['exam.items']).to.deep.equal([null, null, null, items])
    })
  }

  it('makes a pass after the last round, whatever its number', async () => {
    const { results } = await run(describeExam({ iterations: 6 }))
    expect(results.variables['exam.items']).to.deep.equal([null, null, null, 40, null, 40])
  })

  for (const iterations of [12, 14]) {
    for (const at of [1, 3, 4, 5, 8, 11]) {
      it(`of ${iterations} rounds, stopped after round ${at}, ends with the same bits`, async () => {
        const whole = describeExam({ iterations })
        const expected = leftOf(await run(whole), whole)
        const out = folders.in(`${++count}`)
        const stop = (round: { readonly iteration: number }) => {
          if (round.iteration === at) throw new Error('stopped here')
        }
        await run(describeExam({ iterations }), { out, onRound: stop }).catch(({ message }) => expect(message).to.include('stopped here'))
        const next = describeExam({ iterations })
        expect(leftOf(await run(next, { out, resume: true }), next)).to.deep.equal(expected)
      })
    }

    it(`of ${iterations} rounds, interrupted within a pass, ends with the same bits`, async () => {
      const whole = describeExam({ iterations })
      const expected = leftOf(await run(whole), whole)
      for (const call of [1, 2, 3, 5, 9]) {
        const out = folders.in(`${++count}`)
        const controller = new AbortController()
        const described = describeExam({ iterations })
        let calls = 0
        const onRound = ({ iteration }: { readonly iteration: number }) => {
          if (iteration > 1) return
          const line = described.pipelines.train!.m<LinearModel>('line')
          const { predict } = line
          line.predict = (...args) => {
            if (++calls === call) controller.abort()
            return predict.apply(line, args)
          }
        }
        await run(described, { out, signal: controller.signal, onRound })
        const next = describeExam({ iterations })
        expect(leftOf(await run(next, { out, resume: true }), next)).to.deep.equal(expected)
      }
    })
  }

  it('a run that had ended goes on with more rounds as if they had been planned', async () => {
    const { out } = await run(describeExam({ iterations: 6 }))
    const more = describeExam({ iterations: 13 })
    const straight = describeExam({ iterations: 13 })
    expect(leftOf(await run(more, { out, resume: true }), more)).to.deep.equal(leftOf(await run(straight), straight))
  })

  for (const [what, every, expected] of [
    ['a pipeline that is not there', [{ pipeline: 'exma', rounds: 4 }], { code: 'unknown-name' }],
    ['a pipeline that takes turns', [{ pipeline: 'train', rounds: 4 }], { code: 'wrong-value' }],
    ['a pass that never ends', [{ pipeline: 'exam', rounds: 4, batch: { epochs: null } }], { code: 'endless-after' }],
    ['batches larger than the data', [{ pipeline: 'exam', rounds: 4, batch: { batchSize: 50 } }], { code: 'batch-too-large' }],
  ] as const) {
    it(`is refused before the run: ${what}`, async () => {
      const described = describeExam({ turns: ['train'], record: [], every: [...every] })
      const error = await run(described).then(
        () => expect.fail('it should have failed'),
        error => error as MillraceError,
      )
      expect(error.code).to.equal(expected.code)
    })
  }
})
