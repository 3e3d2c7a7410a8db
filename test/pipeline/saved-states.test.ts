import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { MillraceError } from '../../src/errors/index.js'
import { B, type NdArray, restoreStates, saveStates, V } from '../../src/index.js'
import { Linear } from '../support/linear-model.js'
import { numbers } from '../support/numbers.js'
import { temporaryFolder } from '../support/temporary-folder.js'

describe('saveStates() and restoreStates()', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())
  const failing = async (work: Promise<unknown>) =>
    work.then(
      () => expect.fail('it should have failed'),
      error => error as MillraceError,
    )

  const feed = { x: B('x'), y: B('y') }
  const options = { batchSize: 3, epochs: null, shuffle: true } as const

  /** A chain of imports, the pipeline that has the model last: states come back in any order. */
  function describeChain() {
    const data = numbers(20)
    const train = data.p.initModel('dynamic', Linear, 'line', { config: { rate: 0.001 } }).trainModel('line', { feed })
    const test = data.p
      .initVariable('loss', { initOnEachRun: () => [] })
      .importModel('line', train)
      .predictModel('line', { fetches: 'loss', feed, saveTo: V('loss'), mode: 'append' })
    const exam = data.p
      .initVariable('all')
      .importModel('line', test)
      .predictModel('line', { fetches: 'loss', feed, saveTo: V('all') })
    return { exam, test, train }
  }

  async function round({ train, test, exam }: ReturnType<typeof describeChain>) {
    for (const pipeline of [train, test, exam]) await pipeline.nextBatch(options)
    return [train.m('line').weight, [...test.v('loss')], exam.v('all')]
  }

  it('every pipeline goes on where it stood, with one model for all', async () => {
    const first = describeChain()
    for (let i = 0; i < 5; i++) await round(first)
    for (const _ of ['once', 'over what was there']) await saveStates(first, folders.in('chain'))
    const second = describeChain()
    await restoreStates(second, folders.in('chain'), () => ({}))
    expect(second.exam.m('line')).to.equal(second.train.m('line'))
    expect(second.test.m('line')).to.equal(second.train.m('line'))
    for (let i = 0; i < 9; i++) expect(await round(second)).to.deep.equal(await round(first))
    expect(readdirSync(folders.in('chain')).sort()).to.deep.equal(['1-exam', '2-test', '3-train', 'states.json'])
  })

  it('a pipeline that was not saved, a folder that holds none or other files are told', async () => {
    await saveStates({ train: describeChain().train }, folders.in('one'))
    const missing = await failing(restoreStates(describeChain(), folders.in('one')))
    expect([missing.code, missing.message]).to.satisfy(
      ([code, message]: string[]) => code === 'state-not-readable' && message!.includes('exam'),
    )
    expect((await failing(restoreStates(describeChain(), folders.in('nowhere')))).code).to.equal('state-not-readable')
    mkdirSync(folders.in('foreign'))
    writeFileSync(join(folders.in('foreign'), 'notes.txt'), 'mine')
    expect((await failing(saveStates(describeChain(), folders.in('foreign')))).message).to.include('notes.txt')
  })

  it('one that cannot be saved leaves what was saved before', async () => {
    const chain = describeChain()
    await round(chain)
    await saveStates(chain, folders.in('kept'))
    chain.test.v('loss').push(() => 0)
    expect((await failing(saveStates(chain, folders.in('kept')))).code).to.equal('value-not-saved')
    await restoreStates(describeChain(), folders.in('kept'))
  })

  it('a model that was loaded from a folder, and one of a function of the user’s, come back too', async () => {
    const line = (_: unknown, tf: any) => tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] })
    const config = { loss: 'mse', optimizer: 'Adam', inputs: { x: { shape: [1] }, y: { shape: [1], name: 'targets' } } }
    const column = (name: 'x' | 'y') => (batch: { get(name: string): unknown }) => (batch.get(name) as NdArray).reshape([3, 1])
    const describeOwn = () => {
      const data = numbers(20)
      const shaped = () =>
        data.p
          .initVariable('cx')
          .initVariable('cy')
          .call(column('x'), { saveTo: V('cx') })
          .call(column('y'), { saveTo: V('cy') })
      const train = { fetches: 'loss', feed: { x: V('cx'), y: V('cy') }, saveTo: V('loss') } as const
      const own = shaped().initVariable('loss').initModel('dynamic', line, 'net', { config }).trainModel('net', train)
      const loaded = shaped()
        .initVariable('loss')
        .before(p => p.loadModel('net', folders.in('saved-net')))
        .trainModel('net', train)
      return { own, loaded }
    }
    const first = describeOwn()
    await first.own.nextBatch(options)
    await first.own.m('net').save(folders.in('saved-net'))
    const step = async ({ own, loaded }: ReturnType<typeof describeOwn>) => {
      for (const pipeline of [own, loaded]) await pipeline.nextBatch(options)
      return [own.v('loss'), loaded.v('loss')]
    }
    await step(first)
    await saveStates(first, folders.in('own'))
    rmSync(folders.in('saved-net'), { recursive: true })
    const second = describeOwn()
    await restoreStates(second, folders.in('own'))
    for (let i = 0; i < 3; i++) expect(await step(second)).to.deep.equal(await step(first))
    for (const pipeline of [...Object.values(first), ...Object.values(second)]) pipeline.dispose()
  })
})
