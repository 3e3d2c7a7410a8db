import { expect } from 'chai'
import { B, C, Dataset, defineBatch, I, Lock, NdArray, R, template, V } from '../../../src/index.js'
import { Linear, type LinearModel } from '../../support/linear-model.js'
import { NumbersBatch, numbers } from '../../support/numbers.js'
import { list, listsOf, seen } from './seen.js'

describe('rebatch', () => {
  const cases: [string, number, number, number, number[][]][] = [
    ['10 items, 3 at a time, to 4', 10, 3, 4, [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]],
    ['to smaller ones', 6, 4, 2, [[0, 1], [2, 3], [4, 5]]],
    ['to one of all', 5, 2, 100, [[0, 1, 2, 3, 4]]],
    ['to the same', 4, 2, 2, [[0, 1], [2, 3]]],
  ] // biome-ignore format: one line a case
  for (const [name, length, from, to, expected] of cases) {
    it(name, async () => {
      expect(await listsOf(numbers(length).p.rebatch(to).genBatch(from))).to.deep.equal(expected)
    })
  }

  it('the actions before work on what comes, those behind on what is made; variables and models are shared', async () => {
    const p = seen(numbers(6).p)
      .initVariable('sizes', { default: [] })
      .initModel('static', Linear, 'line')
      .update(V('sizes', { mode: 'append' }), B.size)
      .scaleX({ by: 10 })
      .rebatch(C('size'))
      .trainModel('line', { feed: { x: B('x'), y: B('y') } })
      .update(V('seen', { mode: 'append' }), I())
      .setConfig({ size: 4 })
    expect(await listsOf(p.genBatch(3))).to.deep.equal([
      [0, 10, 20, 30],
      [40, 50],
    ])
    expect([p.v('sizes'), p.v('seen'), p.m<LinearModel>('line').steps]).to.deep.equal([[3, 3], [1, 2], 2])
  })

  it('rebatch of rebatch, endless, by nextBatch', async () => {
    const p = numbers(5).p.rebatch(2).rebatch(3)
    const taken = []
    for (let i = 0; i < 4; i++) taken.push(list((await p.nextBatch(4)).x))
    expect(taken).to.deep.equal([
      [0, 1, 2],
      [3, 4, 0],
      [1, 2, 3],
      [4, 0, 1],
    ])
  })

  it('batches that are left out before leave no hole', async () => {
    const p = numbers(8)
      .p.if(I().eq(2), p => p.skipBatch())
      .rebatch(3)
    expect(await listsOf(p.genBatch(2))).to.deep.equal([
      [0, 1, 4],
      [5, 6, 7],
    ])
  })

  it('an error before costs its batch only', async () => {
    const p = numbers(6)
      .p.call(batch => {
        if (list(batch.x)[0] === 2) throw new Error('broken')
      })
      .rebatch(4)
    const taken: unknown[] = []
    for (let i = 0; i < 3; i++)
      taken.push(
        await p.nextBatch({ batchSize: 2, epochs: 1 }).then(
          batch => list(batch.x),
          error => error.code,
        ),
      )
    expect(taken).to.deep.equal(['action-failed', [0, 1, 4, 5], 'end-of-data'])
  })

  it('takes the components it is told', async () => {
    for await (const batch of numbers(4)
      .p.rebatch(4, { components: ['y'] })
      .genBatch(2)) {
      expect([batch.componentNames, list(batch.y)]).to.deep.equal([['y'], [0, 2, 4, 6]])
    }
  })

  it('cannot stand inside another action, nor where one batch is asked for', async () => {
    const inside = numbers(4).p.repeat(2, p => p.rebatch(2))
    await inside.run(2).then(
      () => expect.fail(),
      ({ code, location }) => expect([code, location.action.number]).to.deep.equal(['stage-in-block', '1.1']),
    )
    await numbers(4)
      .p.rebatch(2)
      .executeFor([0])
      .then(
        () => expect.fail(),
        ({ code }) => expect(code).to.equal('stage-in-block'),
      )
  })

  for (const size of [0, 1.5, 'many']) {
    it(`to ${size} is refused, as a number and as an expression`, async () => {
      expect(() => numbers(4).p.rebatch(size as number)).to.throw(/batchSize of rebatch/)
      await numbers(4)
        .p.setConfig({ size })
        .rebatch(C('size'))
        .run(2)
        .then(
          () => expect.fail(),
          ({ code }) => expect(code).to.equal('wrong-value'),
        )
    })
  }
})

describe('join', () => {
  it('gives the next call or batch action the batches of the same ids', async () => {
    const other = numbers(10).p.scaleX({ by: 100 })
    const p = seen(numbers(6).p)
      .join(other, other.named('again'))
      .call((batch, first, second) => list(batch.x).map((x, i) => [x, list(first.x)[i], list(second.x)[i]]), {
        saveTo: V('seen', { mode: 'extend' }),
      })
      .call((...batches) => batches.length, { saveTo: V('seen', { mode: 'append' }) })
    await p.run(3, { shuffle: 3, iterations: 3 })
    const joined = p.v('seen').filter(Array.isArray)
    expect(joined).to.have.length(9)
    for (const [x, first, second] of joined) expect([first, second]).to.deep.equal([x * 100, x * 100])
    expect(
      p.v('seen').filter((n: unknown) => !Array.isArray(n)),
      'what was joined is given once',
    ).to.deep.equal([1, 1, 1])
  })

  it('random values of the other pipeline follow the batch and the seed of the run', async () => {
    const noisy = () => numbers(6).p.addNoise()
    const joined = async () => {
      const p = seen(numbers(6).p)
        .join(noisy())
        .call((_, other) => list(other.x), { saveTo: V('seen', { mode: 'append' }) })
      await p.run(3, { seed: 5 })
      return p.v('seen')
    }
    expect(await joined()).to.deep.equal(await joined())
  })

  it('an id the other dataset does not have is told', async () => {
    await numbers(6)
      .p.join(numbers(3).p)
      .run(2)
      .then(
        () => expect.fail(),
        ({ code, location }) => expect([code, location.batch]).to.deep.equal(['unknown-id', 2]),
      )
  })
})

describe('merge', () => {
  it('puts the items of the next batches of other pipelines behind its own', async () => {
    const other = numbers(4).p.scaleX({ by: 100 }).runLater(1)
    const p = numbers(4).p.merge(other).scaleX({ by: 2 })
    expect(await listsOf(p.genBatch(2))).to.deep.equal([
      [0, 2, 0],
      [4, 6, 200],
    ])
    expect(list((await other.nextBatch()).x), 'the other one has moved on').to.deep.equal([200])
  })

  it('takes the components it is told', async () => {
    const batch = await numbers(4)
      .p.merge(numbers(4).p.runLater(1), { components: ['y'] })
      .nextBatch(2)
    expect([batch.componentNames, list(batch.y)]).to.deep.equal([['y'], [0, 2, 0]])
  })

  it('a pipeline that does not say how its batches are taken is told', async () => {
    await numbers(4)
      .p.merge(numbers(4).p)
      .run(2)
      .then(
        () => expect.fail(),
        ({ code }) => expect(code).to.equal('no-batch-size'),
      )
  })
})

describe('before and after', () => {
  it('are done once a run, wherever they are written; after only if no error broke it off', async () => {
    const p = seen(numbers(4).p)
      .initVariable('broken', { default: false })
      .after(p => p.update(V('seen', { mode: 'append' }), 'after'))
      .call(() => 'batch', { saveTo: V('seen', { mode: 'append' }) })
      .if(V('broken'), p =>
        p.call(() => {
          throw new Error('broken')
        }),
      )
      .before(p => p.update(V('seen', { mode: 'append' }), 'before'))
    await p.run(2)
    expect(p.v('seen')).to.deep.equal(['before', 'batch', 'batch', 'after'])
    await p
      .update(V('broken'), true)
      .run(2)
      .catch(() => undefined)
    const broken = p.update(V('broken'), true)
    await broken.run(2).then(
      () => expect.fail(),
      () => undefined,
    )
    expect(broken.v('seen')).to.deep.equal(['before', 'batch', 'batch'])
  })

  it('nextBatch does after when the end is reached, once', async () => {
    const p = seen(numbers(4).p).after(p => p.update(V('seen', { mode: 'append' }), 'after'))
    for (let i = 0; i < 4; i++) await p.nextBatch({ batchSize: 2, epochs: 1 }).catch(() => undefined)
    expect(p.v('seen')).to.deep.equal(['after'])
  })

  it('declare models and variables, and build static ones', async () => {
    const p = numbers(4)
      .p.trainModel('line', { feed: { x: B('x'), y: B('y') } })
      .before(p => p.initModel('static', Linear, 'line').initVariable('n'))
    await p.run(2)
    expect(p.m<LinearModel>('line').steps).to.equal(2)
  })

  it('read no batch and train nothing: told before anything runs', async () => {
    const p = numbers(4).p.before(p => p.initVariable('n').update(V('n'), B('x')).scaleX({ by: 2 }))
    await p.run(2).then(
      () => expect.fail(),
      error => expect(error.errors.map((one: { code: string }) => one.code)).to.deep.equal(['no-batch', 'action-needs-batch']),
    )
  })
})

describe('runLater', () => {
  it('stores options: what is given goes over them', async () => {
    const p = numbers(10).p.runLater(4, { epochs: 1, shuffle: false })
    expect((await listsOf(p.genBatch())).map(x => x.length)).to.deep.equal([4, 4, 2])
    expect((await listsOf(p.genBatch(5))).map(x => x.length)).to.deep.equal([5, 5])
    expect(
      (await listsOf(p.genBatch({ iterations: 1 }))).map(x => x.length),
      'iterations instead of epochs',
    ).to.deep.equal([4])
    expect(list((await p.nextBatch()).x)).to.deep.equal([0, 1, 2, 3])
  })

  it('options may be expressions, stored or given', async () => {
    const p = template(NumbersBatch)
      .runLater(C('size'), { epochs: C('epochs') })
      .setConfig({ size: 2, epochs: 2 })
      .on(numbers(4))
    expect(await listsOf(p.genBatch())).to.have.length(4)
    expect(await listsOf(p.genBatch({ batchSize: C('size').mul(2) }))).to.have.length(2)
    await p.nextBatch()
    await p.nextBatch({ batchSize: C('size') })
  })

  it('a signal cannot be stored', () => {
    expect(() => numbers().p.runLater(2, { signal: new AbortController().signal })).to.throw(/give the signal to run/)
  })
})

describe('run options', () => {
  it('reset forgets variables or models for this run only', async () => {
    const p = seen(numbers(4).p)
      .initModel('static', Linear, 'line')
      .update(V('seen', { mode: 'append' }), I())
    await p.run(2)
    await p.run(2, { reset: 'variables' })
    expect(p.v('seen')).to.deep.equal([1, 2])
    const line = p.m('line')
    await p.run(2, { reset: ['models'] })
    expect(p.v('seen')).to.deep.equal([1, 2, 1, 2])
    expect(p.m('line')).not.to.equal(line)
  })

  it('ignoreErrors leaves out batches that fail, and tells a function', async () => {
    const errors: { location: { batch?: number } }[] = []
    const p = numbers(6).p.call(batch => {
      if (list(batch.x)[0] === 2) throw new Error('broken')
    })
    for (const prefetch of [0, 2]) {
      const ignoreErrors = (error: unknown) => void errors.push(error as never)
      expect(await listsOf(p.genBatch(2, { ignoreErrors, prefetch }))).to.deep.equal([
        [0, 1],
        [4, 5],
      ])
    }
    expect(await listsOf(p.genBatch(2, { ignoreErrors: true }))).to.have.length(2)
    expect(errors.map(({ location }) => location.batch)).to.deep.equal([2, 2])
  })
})

describe('prefetch', () => {
  const actionsOf = () =>
    seen(numbers(40).p)
      .addNoise()
      .sometimes(0.5, p => p.scaleX({ by: 10 }))
      .if(I().mod(3).eq(0), p => p.skipBatch())
      .update(B('y'), B('x').mul(R('uniform')))
      .update(V('seen', { mode: 'append' }), B('y').call('slice', 0, 1))

  for (const prefetch of [1, 2, 3, 7]) {
    it(`${prefetch} gives what none gives, in the same order`, async () => {
      const without = actionsOf()
      const expected = await listsOf(without.genBatch(3, { shuffle: 4, epochs: 2 }))
      const p = actionsOf()
      expect(await listsOf(p.genBatch(3, { shuffle: 4, epochs: 2, prefetch }))).to.deep.equal(expected)
      expect(p.v('seen').map(list)).to.deep.equal(without.v('seen').map(list))
    })
  }

  it('works on batches ahead, never beyond its bound, and on variables in order only', async () => {
    let ahead = 0
    let most = 0
    const SlowBatch = defineBatch({
      name: 'SlowBatch',
      components: {},
      actions: {
        wait: {
          summary: 'Waits.',
          schema: { type: 'object', properties: {}, additionalProperties: false },
          apply: async () => {
            most = Math.max(most, ++ahead)
            await new Promise(resolve => setTimeout(resolve, 2))
            ahead--
          },
        },
      },
    })
    const slowed = new Dataset(20, SlowBatch).p
      .initVariable('seen', { default: [] })
      .wait()
      .update(V('seen', { mode: 'append' }), I())
    await slowed.run(2, { prefetch: 3 })
    expect(most).to.be.within(2, 4)
    expect(slowed.v('seen')).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })
})

describe('locks', () => {
  it('are given up at the end of a batch, an error or not, and waited for in order', async () => {
    const lock = new Lock()
    const order: string[] = []
    const work = (name: string, fail = false) =>
      numbers(4)
        .p.initLock('files', lock)
        .acquireLock('files')
        .call(async () => {
          order.push(`${name} begins`)
          await new Promise(resolve => setTimeout(resolve, 2))
          order.push(`${name} ends`)
          if (fail) throw new Error('broken')
        })
    await Promise.all([
      work('a').run(4),
      work('b', true)
        .run(4)
        .catch(() => undefined),
      work('c').run(4),
    ])
    expect(order).to.deep.equal(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
    expect(lock.isHeld).to.equal(false)
  })

  it('a lock nobody declared is told with those there are', async () => {
    await numbers(4)
      .p.initLock('files')
      .acquireLock('file')
      .run(2)
      .then(
        () => expect.fail(),
        ({ message }) => expect(message).to.match(/no lock called file.*files/s),
      )
  })

  it('waiting ends with the run', async () => {
    const lock = new Lock()
    await lock.acquire({})
    const stop = new AbortController()
    const waiting = numbers(4).p.initLock('files', lock).acquireLock('files').run(2, { signal: stop.signal })
    setTimeout(() => stop.abort(), 5)
    await waiting.then(
      () => expect.fail(),
      error => expect(error.name).to.equal('AbortError'),
    )
  })
})

describe('executeFor', () => {
  it('works on the items of some ids, with the number it is told', async () => {
    const p = seen(numbers(6).p)
      .scaleX({ by: 2 })
      .update(V('seen', { mode: 'append' }), I())
    const batch = await p.executeFor([5, 0], { number: 7 })
    expect([list(batch.x), p.v('seen'), batch.x instanceof NdArray]).to.deep.equal([[10, 0], [7], true])
  })
})
