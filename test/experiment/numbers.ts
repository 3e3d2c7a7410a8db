/** A small experiment over numbers, without TensorFlow: y = w·x is learned in one pipeline and tried in another. */
import { type Experiment, type ExperimentRunOptions, experiment } from '../../src/experiment.js'
import { B, V } from '../../src/index.js'
import { Linear } from '../support/linear-model.js'
import { numbers } from '../support/numbers.js'

export function describeNumbers(run: Partial<ExperimentRunOptions> = {}, { rate = 0.001, seed = 1 } = {}): Experiment {
  const data = numbers(40)
  const feed = { x: B('x'), y: B('y') }
  const train = data.p.initModel('static', Linear, 'line', { config: { rate } }).trainModel('line', { feed })
  const test = data.p
    .initVariable('loss', { initOnEachRun: [] })
    .importModel('line', train)
    .predictModel('line', { fetches: 'loss', feed, saveTo: V('loss'), mode: 'append' })
  const exam = data.p
    .initVariable('all', { initOnEachRun: [] })
    .importModel('line', train)
    .predictModel('line', { fetches: 'predictions', feed, saveTo: V('all'), mode: 'extend' })
  return experiment({
    name: 'numbers',
    seed,
    pipelines: { train, test, exam },
    run: {
      iterations: 5,
      batch: { batchSize: 4, epochs: null, shuffle: true },
      record: ['test.loss'],
      after: [{ pipeline: 'exam', batch: { batchSize: 16 } }],
      ...run,
    },
    report: { charts: [{ curves: { title: 'Loss', series: { line: 'test.loss' } } }] },
  })
}
