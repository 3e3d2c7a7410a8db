import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { type ExperimentRunOptions, experiment, readCheckedFile, registry, runExperiment } from '../../src/experiment.js'
import { B, F, type Pipeline, template, V } from '../../src/index.js'
import { NumbersBatch, numbers } from '../support/numbers.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const data = numbers(40)

/** A pipeline with variables of every kind. */
const varied = template(NumbersBatch)
  .initVariable('metrics', { default: null })
  .initVariable('map', { default: null })
  .initVariable('word', { default: null })
  .initVariable('done', { default: null })
  .initVariable('sums', { initOnEachRun: [] })
  .initVariable('rows', { default: null })
  .initVariable('share', { default: null })
  .update(V('map'), { first: F((x: any) => x.data[0])(B('x')), size: B('size') })
  .update(V('word'), 'good')
  .update(V('done'), true)
  .update(V('sums', { mode: 'append' }), B('x').call('sum'))
  .update(V('rows'), B('x'))
  .gatherMetrics('regression', { targets: B('y'), predictions: B('x'), saveTo: V('metrics'), mode: 'update' })
  .after(p => p.update(V('share'), 0.75))

describe('what an experiment records', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())
  const describeRun = (run: Partial<ExperimentRunOptions>) =>
    experiment({
      name: 'values',
      pipelines: { watched: varied.on(data), exam: varied.on(data) },
      run: { iterations: 2, batch: { batchSize: 4 }, after: [{ pipeline: 'exam', batch: { batchSize: 20 } }], ...run },
    })
  const record = ['metrics', 'map', 'word', 'done', 'sums', 'rows'].map(name => `watched.${name}`)

  it('of every variable named, each round, by the same names in metrics.ndjson and results.json', async () => {
    const out = folders.in('whole')
    const results = await runExperiment(describeRun({ record }), { out })
    const lines = readFileSync(join(out, 'metrics.ndjson'), 'utf8').trim().split('\n')
    const rounds = lines.map(line => JSON.parse(line))
    const { iteration: _, ms: __, ...second } = rounds[1]
    expect(second).to.deep.include({
      'watched.map.first': 4,
      'watched.map.size': 4,
      'watched.word': 'good',
      'watched.done': true,
      'watched.sums': 22,
      'watched.rows': [4, 5, 6, 7],
      'watched.metrics.mae': 3.5,
    })
    expect(Object.keys(results.variables).sort()).to.deep.equal(Object.keys(second).sort())
    for (const [name, series] of Object.entries(results.variables)) expect(series).to.deep.equal(rounds.map(round => round[name]))
  })

  it('of pipelines of run.after, and of after, the final values', async () => {
    const { values } = await runExperiment(describeRun({ record }), { out: folders.in('values') })
    expect(values).to.deep.include({
      'watched.share': 0.75,
      'exam.share': 0.75,
      'exam.sums': [190, 590],
      'exam.word': 'good',
      'exam.metrics.mae': 19.5,
    })
    expect(Object.keys(values)).not.to.include.members(['watched.word'])
  })

  it('under names that do not depend on other pipelines', async () => {
    const names = async (record: readonly string[]) =>
      Object.keys((await runExperiment(describeRun({ record }), { out: folders.in(record.join()) })).variables)
    expect(await names(['watched.word'])).to.deep.equal(['watched.word'])
  })

  it('a value that cannot be recorded ends the run in its first round, by its name', async () => {
    const p = template(NumbersBatch)
      .initVariable('fn', { default: null })
      .call(() => () => 0, { saveTo: V('fn') })
    const one = experiment({
      name: 'unrecordable',
      pipelines: { p: p.on(data) as Pipeline },
      run: { iterations: 9, batch: { batchSize: 2 }, record: ['p.fn'] },
    })
    const error = await runExperiment(one, { out: folders.in('fn') }).catch(error => error)
    expect([error.code, error.message.includes('p.fn')]).to.deep.equal(['not-recordable', true])
  })

  it('of metrics by any of their names, as they are asked for', async () => {
    const refs = ['mae', 'meanAbsoluteError', 'mean_absolute_error', 'maxError'].map(name => `watched.metrics.${name}`)
    const { variables } = await runExperiment(describeRun({ record: refs }), { out: folders.in('metrics') })
    expect(Object.keys(variables)).to.deep.equal(refs)
    expect(refs.map(ref => variables[ref]!.at(-1))).to.deep.equal([3.5, 3.5, 3.5, 7])
  })

  for (const [ref, code, text] of [
    ['watched.metrics.accurcy', 'unknown-name', 'there is no metric of regression in watched.metrics called accurcy'],
    ['watched.word.length', 'not-recordable', 'watched.word.length cannot be recorded'],
    ['watched.done.once', 'not-recordable', 'watched.done.once cannot be recorded'],
  ] as const) {
    it(`is never null for what is not there: ${ref}`, async () => {
      const error = await runExperiment(describeRun({ record: [ref] }), { out: folders.in(ref) }).catch(error => error)
      expect([error.code, error.message.includes(text)], error.message).to.deep.equal([code, true])
    })
  }

  it('only variables of pipelines that take turns, or give batches to one that does', async () => {
    const error = await runExperiment(describeRun({ record: ['exam.word'] }), { out: folders.in('exam') }).catch(error => error)
    expect(error.code).to.equal('record-without-turns')
    const source = varied.runLater(4, { epochs: null }).on(data)
    const merged = experiment({
      name: 'merged',
      pipelines: { source, taker: template(NumbersBatch).merge(source).on(data) },
      run: { iterations: 2, turns: ['taker'], batch: { batchSize: 4 }, record: ['source.word'] },
    })
    const { variables } = await runExperiment(merged, { out: folders.in('merged') })
    expect(variables).to.deep.equal({ 'source.word': ['good', 'good'] })
  })

  it('check reports it at its line', () => {
    const text = `name: record
datasets: { mnist: { openset: mnist } }
pipelines:
  a: { dataset: mnist.test, actions: [{ initVariable: { name: n, default: 0 } }] }
  b: { extends: a }
  c: { extends: a }
run:
  iterations: 2
  turns: [a]
  batch: { batchSize: 10 }
  record: [a.n, a.n.key,
    b.n,
    c.n]
  after: [{ pipeline: b, batch: { batchSize: 10 } }]
`
    const file = folders.in('record.yaml')
    writeFileSync(file, text)
    const { errors } = readCheckedFile(file, { registry })
    expect(errors.map(({ code, location }) => [code, location.source?.line])).to.deep.equal([
      ['record-without-turns', 12],
      ['record-without-turns', 13],
    ])
  })
})
