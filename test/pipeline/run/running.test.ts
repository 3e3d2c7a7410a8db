import { expect } from 'chai'
import { lastValueFrom, tap } from 'rxjs'
import type { MillraceError } from '../../../src/errors/index.js'
import { B, C, D, F, I, NdArray, R, template, V } from '../../../src/index.js'
import type { BuildContext } from '../../../src/pipeline/description/contracts.js'
import { Linear, type LinearModel } from '../../support/linear-model.js'
import { NumbersBatch, numbers } from '../../support/numbers.js'

const list = (array: unknown) => Array.from((array as NdArray).data)
const errorOf = (work: () => Promise<unknown>) =>
  work().then(
    () => expect.fail('no error'),
    (error: MillraceError) => error,
  )
const feed = { x: B('x'), y: B('y') }

describe('running a pipeline', () => {
  it('does nothing until it is run, and every method gives a new frozen pipeline', async () => {
    let calls = 0
    const empty = numbers().p
    const counting = empty.call(() => calls++)
    expect(calls).to.equal(0)
    expect(empty.spec.actions).to.have.length(0)
    expect(counting.spec.actions).to.have.length(1)
    expect(Object.isFrozen(counting.spec.actions[0])).to.equal(true)
    await counting.run(5)
    expect(calls).to.equal(2)
  })

  it('runs one epoch unless told otherwise, and from the start each time', async () => {
    const seen = numbers(4)
      .p.initVariable('seen', { default: [] })
      .update(V('seen', { mode: 'append' }), B('x'))
    await seen.run(3)
    await seen.run(3)
    expect(seen.v('seen').map(list)).to.deep.equal([[0, 1, 2], [3], [0, 1, 2], [3]])
  })

  it('nextBatch is endless unless told, glues epochs, and keeps its position and its options', async () => {
    const p = numbers(4).p
    const taken: number[][] = []
    for (let i = 0; i < 3; i++) taken.push(list((await (i === 0 ? p.nextBatch(3) : p.nextBatch())).x))
    expect(taken).to.deep.equal([
      [0, 1, 2],
      [3, 0, 1],
      [2, 3, 0],
    ])
    expect(list((await p.nextBatch(3)).x)).to.deep.equal([1, 2, 3])
  })

  it('initOnEachRun starts afresh each run, default is kept; a list is not shared with the description', async () => {
    const p = numbers(4)
      .p.initVariable('each', { initOnEachRun: () => [] })
      .initVariable('plain', { initOnEachRun: [] })
      .initVariable('kept', { default: [] })
      .update(V('each', { mode: 'append' }), B.size)
      .update(V('plain'), B.size, { mode: 'append' })
      .update(V('kept'), B.size, { mode: 'a' })
    await p.run(2)
    await p.run(2)
    expect([p.v('each'), p.v('plain'), p.v('kept')]).to.deep.equal([
      [2, 2],
      [2, 2],
      [2, 2, 2, 2],
    ])
    await p.run(2)
    expect(p.v('kept'), 'a reset is asked for, never sticky').to.have.length(6)
  })

  it('trains a model, shares it with another pipeline, and fetches from it', async () => {
    const data = numbers()
    const train = data.p.initModel('dynamic', Linear, 'line', { config: { rate: 0.01 } }).trainModel('line', { feed })
    const test = data.p
      .initVariable('losses', { initOnEachRun: () => [] })
      .importModel('line', train)
      .predictModel('line', { fetches: 'loss', feed, saveTo: V('losses'), mode: 'append' })
    for (let i = 0; i < 30; i++) {
      await train.nextBatch(5, { shuffle: 2 })
      await test.nextBatch(5, { shuffle: 2 })
    }
    const losses = test.v('losses') as number[]
    expect(losses).to.have.length(30)
    expect(losses.at(-1)).to.be.below(1e-6)
    expect((train.m('line') as LinearModel).weight).to.be.closeTo(2, 1e-3)
    expect(test.m('line')).to.equal(train.m('line'))
  })

  it('static models are built at the start, dynamic ones with the config of their first batch', async () => {
    const fixed = numbers()
      .p.setConfig({ 'model/rate': 0.5 })
      .initModel('static', Linear, 'line', { config: { rate: C('model/rate') } })
    await fixed.start()
    expect(fixed.m<LinearModel>('line').config).to.deep.equal({ rate: 0.5 })
    const late = numbers().p.initModel('dynamic', Linear, 'line', { config: { first: B('x').at(0), shape: B('x').attr('shape') } })
    await late.nextBatch(4)
    expect(late.m<LinearModel>('line').config).to.deep.equal({ first: 0, shape: [4] })
  })

  it('saves one fetch or several, in one place or several', async () => {
    const p = numbers(2)
      .p.initModel('static', Linear, 'line')
      .initVariable('loss')
      .initVariable('predictions')
      .initVariable('both')
      .predictModel('line', { fetches: ['loss', 'predictions'], feed, saveTo: [V('loss'), V('predictions')] })
      .predictModel('line', { fetches: ['loss', 'predictions'], feed, saveTo: V('both') })
      .predictModel('line', { fetches: 'predictions', feed, saveTo: B('scores') })
    const batch = await p.nextBatch(2)
    expect(p.v('loss')).to.be.a('number')
    expect(p.v<unknown[]>('both')[0]).to.equal(p.v('loss'))
    expect(list(batch.get('scores'))).to.deep.equal(list(p.v('predictions')))
  })

  it('batch actions are methods, with options that may be expressions, and act on the batch alone', async () => {
    const data = numbers(4)
    const p = data.p.setConfig({ by: 3 }).scaleX({ by: C('by') })
    expect(list((await p.nextBatch(4)).x)).to.deep.equal([0, 3, 6, 9])
    expect(list((await data.p.nextBatch(4)).x)).to.deep.equal([0, 1, 2, 3])
  })

  it('call gets the batch, or the arguments given, and what it returns is saved', async () => {
    const p = numbers(4)
      .p.initVariable('sum')
      .initVariable('size')
      .call((batch: { length: number }) => batch.length, { saveTo: V('size') })
      .call(async (x: NdArray, more: number) => list(x).reduce((a, b) => a + b, more), { args: [B('x'), 10], saveTo: V('sum') })
    await p.run(4)
    expect([p.v('size'), p.v('sum')]).to.deep.equal([4, 16])
  })

  it('random values and batch actions depend on (seed, batch, action) alone', async () => {
    const run = async (seed: number, prefetch: number) => {
      const p = numbers(12)
        .p.initVariable('drawn', { default: [] })
        .addNoise()
        .update(V('drawn', { mode: 'append' }), R('normal', 0, 1, { size: [2] }))
        .update(V('drawn', { mode: 'append' }), R('integers', 100))
      const noisy: number[] = []
      for await (const batch of p.genBatch(3, { shuffle: true, seed, prefetch })) noisy.push(...list(batch.x))
      return [noisy, p.v('drawn').map((value: unknown) => (typeof value === 'number' ? value : list(value)))]
    }
    const first = await run(5, 0)
    expect(await run(5, 0)).to.deep.equal(first)
    expect(await run(5, 3)).to.deep.equal(first)
    expect(await run(6, 0)).not.to.deep.equal(first)
    const drawn = (first[1] as unknown[]).map(value => JSON.stringify(value))
    expect(new Set(drawn).size, 'each batch draws anew').to.equal(drawn.length)
  })

  it('knows the iteration, the dataset and functions', async () => {
    const p = numbers(10)
      .p.initVariable('seen', { default: [] })
      .update(V('seen', { mode: 'append' }), [I(), I('maximum'), D('length'), F(Math.max)(B.size, 3), F(() => 7)])
    await p.run(4)
    expect(p.v('seen')).to.deep.equal([
      [1, 3, 10, 4, 7],
      [2, 3, 10, 4, 7],
      [3, 3, 10, 3, 7],
    ])
  })

  it('reset forgets what is named and nothing else', async () => {
    const p = numbers(4).p.initVariable('n', { default: 0 }).initModel('static', Linear, 'line').update(V('n'), V('n').add(1))
    await p.nextBatch(2)
    const model = p.m('line') as LinearModel
    p.reset('iterator')
    expect(list((await p.nextBatch(3)).x)).to.deep.equal([0, 1, 2])
    expect(p.v('n')).to.equal(2)
    p.reset('variables')
    await p.nextBatch()
    expect(p.v('n')).to.equal(1)
    expect(p.m('line')).to.equal(model)
    p.reset('models')
    expect(model.disposed).to.equal(true)
    await p.nextBatch()
    expect(p.m('line')).not.to.equal(model)
    expect(p.v('n')).to.equal(2)
    p.reset()
    expect(p.variables.size + p.models.size).to.equal(0)
  })

  for (const free of ['dispose', 'reset'] as const) {
    const ways: Readonly<Record<string, (p: any, between: () => void) => Promise<unknown>>> = {
      genBatch: async (p, between) => {
        for await (const _ of p.genBatch(1)) between()
      },
      run: p => p.run(1),
      batches$: (p, between) => lastValueFrom(p.batches$({ batchSize: 1 }).pipe(tap(between))),
    }
    for (const [way, take] of Object.entries(ways)) {
      for (const mode of ['static', 'dynamic'] as const) {
        it(`${free} in the middle of ${way} ends the run, which does not go on with a new ${mode} model`, async () => {
          let built = 0
          const counting = {
            name: 'Counting',
            build: (...args: Parameters<typeof Linear.build>) => Linear.build(...args).finally(() => built++),
          }
          let batches = 0
          const p = numbers(6)
            .p.initModel(mode, counting as never, 'line')
            .call(() => {
              if (++batches === 3 && way === 'run') p[free]()
            })
          const { code } = await errorOf(() => take(p, () => batches === 3 && p[free]()))
          expect([code, batches, built]).to.deep.equal(['models-freed', 3, 1])
          await p.run(6)
          expect(built).to.equal(2)
        })
      }
    }
  }

  it('imports a model from what an expression evaluates to: a pipeline, a model; anything else is an error that names it', async () => {
    const data = numbers(8)
    const train = data.p.initModel('static', Linear, 'line')
    await train.run(4)
    const exam = template(NumbersBatch)
      .initVariable('predicted')
      .importModel('line', C('from'))
      .predictModel('line', { fetches: 'predictions', feed, saveTo: V('predicted') })
    for (const from of [train, train.m('line')]) {
      const one = exam.setConfig({ from }).on(data)
      await one.run(4)
      expect(one.m('line')).to.equal(train.m('line'))
    }
    for (const [from, seen] of [
      [7, /from of importModel .*cannot be used/],
      ['trian', /no pipeline called trian/],
    ] as const) {
      expect((await errorOf(() => exam.setConfig({ from }).on(data).run(4))).message).to.match(seen)
    }
  })

  it('dispose after a run ends nothing; models are not imported from a disposed pipeline until it runs again', async () => {
    const train = numbers(4).p.initModel('static', Linear, 'line')
    const test = numbers(4).p.importModel('line', train)
    for await (const _ of train.genBatch(1)) break
    await test.nextBatch(1)
    train.dispose()
    expect((await errorOf(() => test.nextBatch())).message).to.match(/line was freed by dispose/)
    await train.run(4)
    await test.nextBatch()
    train.reset('models')
    await test.nextBatch()
    train.dispose()
  })

  it('an array as a first value is copied each time', async () => {
    const zeros = NdArray.zeros([2])
    const p = numbers(4).p.initVariable('a', { initOnEachRun: zeros }).update(V('a').at(0), V('a').at(0).add(1))
    await p.run(2)
    await p.run(2)
    expect([list(p.v('a')), list(zeros)]).to.deep.equal([
      [2, 0],
      [0, 0],
    ])
  })

  it('names may be given by expressions', async () => {
    const p = numbers(4)
      .p.setConfig({ which: 'y' })
      .initVariable('y', { default: 7 })
      .initVariable('seen')
      .update(V('seen'), [V(C('which')), B(C('which')).at(1), D(C('fact', { default: 'length' }))])
    await p.run(4)
    expect(p.v('seen')).to.deep.equal([7, 2, 4])
  })

  it('dispose frees the models; what was measured can still be read', async () => {
    const p = numbers(4).p.initVariable('n', { default: 0 }).initModel('static', Linear, 'line').update(V('n'), V('n').add(1))
    await p.run(2)
    const model = p.m('line') as LinearModel
    p.dispose()
    expect([model.disposed, p.models.size, p.v('n')]).to.deep.equal([true, 0, 2])
  })

  it('a static model that another pipeline asks for first gets the seed of that run', async () => {
    const seeds: number[] = []
    const Seeded = {
      name: 'Seeded',
      build: (config: object, context: BuildContext) => {
        seeds.push(context.seed)
        return Linear.build(config as never, context)
      },
    }
    for (const first of [true, false]) {
      const fit = numbers().p.initModel('static', Seeded, 'l')
      const test = numbers().p.importModel('l', fit)
      if (first) await test.nextBatch(2, { seed: 9 })
      await fit.run(2, { seed: 9 })
    }
    expect(seeds[0]).to.equal(seeds[1])
  })

  it('calls that overlap are served in order', async () => {
    const p = numbers(6).p
    const batches = await Promise.all([p.nextBatch(2), p.nextBatch(), p.nextBatch()])
    expect(batches.map(batch => list(batch.x))).to.deep.equal([
      [0, 1],
      [2, 3],
      [4, 5],
    ])
  })
})
