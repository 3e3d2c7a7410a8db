import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { type ExperimentResults, type ExperimentRunOptions, experiment, runExperiment } from '../../src/experiment.js'
import { I, template, V } from '../../src/index.js'
import { NumbersBatch, numbers } from '../support/numbers.js'
import { temporaryFolder } from '../support/temporary-folder.js'

/** Counts what is done before, per batch and after. */
const counting = template(NumbersBatch)
  .initVariable('before', { default: 0 })
  .initVariable('batches', { default: 0 })
  .initVariable('after', { default: 0 })
  .before(p => p.update(V('before'), V('before').add(1)))
  .update(V('batches'), V('batches').add(1))
  .after(p => p.update(V('after'), V('after').add(1)))

const endless = { batchSize: 4, epochs: null } as const

describe('before and after of pipelines in an experiment', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())
  let made = 0

  function describeRun(run: Partial<ExperimentRunOptions> = {}, stopAt = 0) {
    const data = numbers(40)
    const one = counting.on(data)
    const two = stopAt > 0 ? counting.if(I().ge(stopAt), p => p.stopPipeline()).on(data) : counting.on(data)
    const exam = counting.on(data)
    return experiment({
      name: 'once',
      pipelines: { one, two, exam },
      run: { iterations: 10, batch: endless, after: [{ pipeline: 'exam', batch: { batchSize: 20 } }], ...run },
    })
  }
  type Described = ReturnType<typeof describeRun>

  const counts = ({ pipelines }: Described) =>
    Object.entries(pipelines).map(([name, p]) => [name, ...['before', 'batches', 'after'].map(variable => p.variables.get(variable))])
  const run = async (described: Described, options: object = {}) => {
    const out = folders.in(`${++made}`)
    const results = await runExperiment(described, { out, ...options })
    return { out, results }
  }

  const whole = [
    ['one', 1, 10, 1],
    ['two', 1, 10, 1],
    ['exam', 1, 2, 1],
  ]
  const ways: Readonly<Record<string, Partial<ExperimentRunOptions>>> = {
    'endless batches': {},
    'batches that are used up exactly': { batch: { batchSize: 4, epochs: 1 } },
    'more batches than rounds': { batch: { batchSize: 4, iterations: 12 } },
    'no checkpoints': { checkpoint: false },
  }
  for (const [what, options] of Object.entries(ways)) {
    it(`run once each: ${what}`, async () => {
      const described = describeRun(options)
      await run(described)
      expect(counts(described)).to.deep.equal(whole)
    })
  }

  it('after of the pipelines in turns precedes the pipelines of run.after', async () => {
    const order: string[] = []
    const data = numbers(8)
    const say = (word: string) => template(NumbersBatch).call(() => void order.push(word))
    const train = say('batch')
      .after(p => p.call(() => void order.push('after')))
      .on(data)
    const exam = say('exam').on(data)
    await run(
      experiment({
        name: 'order',
        pipelines: { train, exam },
        run: { iterations: 2, batch: endless, after: [{ pipeline: 'exam', batch: { batchSize: 8 } }] },
      }),
    )
    expect(order).to.deep.equal(['batch', 'batch', 'after', 'exam'])
  })

  it('a pipeline that others take batches from ends after them', async () => {
    const data = numbers(8)
    const source = counting.runLater(2, { epochs: null }).on(data)
    const exam = counting.merge(source).on(data)
    const described = experiment({
      name: 'merged',
      pipelines: { source, exam },
      run: { iterations: 3, batch: { batchSize: 2 }, after: [{ pipeline: 'exam', batch: { batchSize: 4 } }] },
    })
    await run(described)
    expect(counts(described)).to.deep.equal([
      ['source', 1, 5, 1],
      ['exam', 1, 2, 1],
    ])
  })

  it('a pipeline that has not begun does not end', async () => {
    const described = describeRun({ iterations: 0 })
    await run(described)
    expect(described.pipelines.one!.variables.size).to.equal(0)
  })

  for (const stopAt of [1, 3, 10]) {
    it(`stopPipeline in batch ${stopAt} ends the rounds of all pipelines: nothing fails, and after runs once`, async () => {
      const described = describeRun({ record: ['one.batches'] }, stopAt)
      const { out, results } = await run(described)
      expect(results.iterations).to.deep.equal({ planned: 10, done: stopAt - 1 })
      expect([results.stoppedBy, results.interrupted, results.error]).to.deep.equal(['two', false, undefined])
      expect(counts(described)).to.deep.equal([
        ['one', 1, stopAt, 1],
        ['two', 1, stopAt, 1],
        ['exam', 1, 2, 1],
      ])
      expect(readFileSync(join(out, 'report.html'), 'utf8')).to.include('Pipeline two stopped the run')
      const phases: string[] = []
      const again = await runExperiment(describeRun({ record: ['one.batches'], iterations: 12 }, stopAt), {
        out,
        resume: true,
        onPhase: ({ phase }) => phases.push(phase),
      })
      expect(phases, 'it has ended').to.deep.equal(['finished'])
      expect((again as ExperimentResults).stoppedBy).to.equal('two')
    })
  }

  it('an interrupted run does neither; the resumed one does each once', async () => {
    const controller = new AbortController()
    const first = describeRun()
    const { out, results } = await run(first, {
      signal: controller.signal,
      onRound: ({ iteration }: { iteration: number }) => iteration === 4 && controller.abort(),
    })
    expect(results.interrupted).to.equal(true)
    expect(counts(first).slice(0, 2)).to.deep.equal([
      ['one', 1, 4, 0],
      ['two', 1, 4, 0],
    ])
    const second = describeRun()
    await runExperiment(second, { out, resume: true })
    expect(counts(second)).to.deep.equal(whole)
  })

  it('a signal during what follows the rounds leaves it to the resumed run', async () => {
    const controller = new AbortController()
    const first = describeRun()
    const { out, results } = await run(first, {
      signal: controller.signal,
      onPhase: ({ phase }: { phase: string }) => phase === 'after' && controller.abort(),
    })
    expect([results.interrupted, results.iterations.done]).to.deep.equal([true, 10])
    const second = describeRun()
    await runExperiment(second, { out, resume: true })
    expect(counts(second)).to.deep.equal(whole)
  })

  it('more rounds for a run that has ended: after runs at the new end', async () => {
    const { out } = await run(describeRun())
    const more = describeRun({ iterations: 12 })
    await runExperiment(more, { out, resume: true })
    expect(counts(more)).to.deep.equal([
      ['one', 1, 12, 1],
      ['two', 1, 12, 1],
      ['exam', 1, 2, 1],
    ])
  })
})

describe('finish() of a pipeline', () => {
  const counted = (p: { v(name: string): unknown }) => ['before', 'batches', 'after'].map(name => p.v(name))

  for (const [what, options, taken] of [
    ['endless', { epochs: null }, 3],
    ['used up', { epochs: 1 }, 2],
  ] as const) {
    it(`performs after once for ${what} batches of nextBatch; reset starts anew`, async () => {
      const p = counting.on(numbers(4))
      await p.finish()
      for (let i = 0; i < taken; i++) await p.nextBatch(2, options)
      await p.finish()
      await p.finish()
      expect(counted(p)).to.deep.equal([1, taken, 1])
      const error = await p.nextBatch().catch(({ code }) => code)
      expect(error).to.equal('end-of-data')
      p.reset('iterator')
      await p.nextBatch(2, options)
      await p.finish()
      expect(counted(p)).to.deep.equal([2, taken + 1, 2])
    })
  }

  it('does nothing after the end was reached or stopPipeline ended it, and the error says which', async () => {
    const used = counting.on(numbers(4))
    const stopped = counting.if(I().eq(2), p => p.stopPipeline()).on(numbers(4))
    const messages: string[] = []
    for (const p of [used, stopped]) {
      for (let i = 0; i < 3; i++) await p.nextBatch(2, { epochs: 1 }).catch(({ message }) => messages.push(message))
      await p.finish()
      expect(p.v('after')).to.equal(1)
    }
    expect(messages[0]).to.include('all 2 have been taken')
    expect(messages[1]).to.include('stopPipeline ended the run after 1').and.not.include('epochs: null')
  })
})
