import { expect } from 'chai'
import {
  concat,
  concatMap,
  filter,
  firstValueFrom,
  from,
  interval,
  lastValueFrom,
  map,
  merge,
  mergeMap,
  type Observable,
  of,
  Subject,
  take,
  tap,
  timer,
  toArray,
  zip,
} from 'rxjs'
import { Lock, pullMap, V } from '../../../../src/index.js'
import { numbers } from '../../../support/numbers.js'
import { list, seen } from '../seen.js'
import { later, seenBy } from './checklist.js'

/** A pipeline that counts the batches it makes, those alive, and those freed twice. */
function counted(length: number) {
  const count = { made: 0, alive: 0, twice: 0 }
  const attach = (batch: any) => {
    let isAlive = true
    count.made++
    count.alive++
    const dispose = () => {
      if (!isAlive) count.twice++
      isAlive = false
      count.alive--
    }
    batch.set(
      'held',
      Object.assign(
        Array.from({ length: batch.length }, () => 'held'),
        { dispose, isAlive: () => isAlive },
      ),
    )
  }
  return { p: numbers(length).p.call(attach), count }
}
const isAlive = (batch: { get(name: string): unknown }) => (batch.get('held') as unknown as { isAlive(): boolean }).isAlive()
const one = { batchSize: 1 }
const values = (source: Observable<{ x: unknown }>) =>
  lastValueFrom(
    source.pipe(
      map(({ x }) => list(x)),
      toArray(),
    ),
  )

describe('back-pressure', () => {
  const between: readonly [string, (source: Observable<any>) => Observable<any>][] = [
    ['nothing', source => source],
    ['map and tap', source => source.pipe(map(batch => batch), tap(() => undefined))],
    ['filter', source => source.pipe(filter(batch => list(batch.x)[0]! % 2 === 0))],
    ['another pullMap', source => source.pipe(pullMap(async batch => batch))],
    ['mergeMap to what is there at once', source => source.pipe(mergeMap(batch => [batch]))],
    ['concat', source => concat(source, of())],
  ] // biome-ignore format: one line a case
  for (const ahead of [0, 1, 3]) {
    for (const [name, operator] of between) {
      it(`with ${ahead} ahead, at most ${ahead + 1} batches exist beyond the results, through ${name}`, async () => {
        const { p, count } = counted(60)
        let [done, most] = [0, 0]
        const work = (batch: any) => {
          most = Math.max(most, count.alive)
          expect(isAlive(batch)).to.equal(true)
          return timer(1).pipe(
            map(() => ++done),
            tap(() => expect(isAlive(batch)).to.equal(true)),
          )
        }
        await lastValueFrom(operator(p.batches$(one)).pipe(pullMap(work, { ahead }), take(10)))
        expect(most).to.be.at.most(ahead + (name === 'another pullMap' ? 2 : 1))
        expect(done).to.be.within(10, 10 + ahead)
        await later()
        expect([count.alive, count.twice]).to.deep.equal([0, 0])
      })
    }
  }

  it('holds for the results of work, be they batches of another pipeline', async () => {
    const [outer, inner] = [counted(3), counted(4)]
    let most = 0
    const results = outer.p.batches$(one).pipe(
      pullMap(() => inner.p.runLater(1)),
      pullMap(async batch => {
        await later()
        most = Math.max(most, inner.count.alive)
        return isAlive(batch)
      }),
    )
    expect(await lastValueFrom(results.pipe(toArray()))).to.deep.equal(Array.from({ length: 12 }, () => true))
    expect([most, outer.count.alive, inner.count.alive, inner.count.twice]).to.deep.equal([1, 0, 0, 0])
  })

  it('holds for each of several pipelines', async () => {
    const [a, b] = [counted(10), counted(10)]
    const both = merge(a.p.batches$(one), b.p.batches$(one)).pipe(pullMap(() => later().then(() => a.count.alive + b.count.alive)))
    expect(Math.max(...(await lastValueFrom(both.pipe(toArray()))))).to.be.at.most(2)
  })

  it('batches made of one large batch do not fill the stack', async () => {
    const count = { batches: 0 }
    await numbers(2000)
      .p.rebatch(1)
      .batches$({ batchSize: 2000 })
      .forEach(() => void count.batches++)
    expect(count.batches).to.equal(2000)
  })
})

describe('a batch is alive while its subscriber has it, and freed afterwards, once', () => {
  type Reading = (p: ReturnType<typeof counted>['p'], look: (batch: any) => void) => Promise<unknown>
  const stop = () => {
    throw new Error('stop')
  }
  const readings: readonly [string, Reading][] = [
    ['run', p => p.run(1)],
    ['genBatch', async (p, look) => {
      for await (const batch of p.genBatch(1)) look(batch)
    }],
    ['genBatch, left early', async (p, look) => {
      for await (const batch of p.genBatch(1, { prefetch: 3 })) {
        look(batch)
        break
      }
    }],
    ['nextBatch', async (p, look) => {
      for (let i = 0; i < 3; i++) look(await p.nextBatch(1, { prefetch: 2 }))
      p.reset('iterator')
    }],
    ['batches$', (p, look) => lastValueFrom(p.batches$(one).pipe(tap(look)))],
    ['batches$, unsubscribed from', (p, look) => firstValueFrom(p.batches$({ ...one, prefetch: 3 }).pipe(tap(look)))],
    ['batches$, with an error of the subscriber', (p, look) => lastValueFrom(p.batches$(one).pipe(tap(look), tap(stop))).catch(() => 0)],
    ['batches$, with the batch as the result of work', (p, look) => lastValueFrom(p.batches$(one, batch => [batch]).pipe(tap(look)))],
    ['batches$, with batches as results ahead', (p, look) =>
      lastValueFrom(p.batches$({ ...one, lookAhead: 3 }, batch => later().then(() => batch)).pipe(tap(look)))],
    ['pullMap, unsubscribed from', (p, look) =>
      firstValueFrom(p.batches$(one).pipe(pullMap(batch => interval(1).pipe(tap(() => look(batch))), { ahead: 2 })))],
    ['pullMap, with work that throws', (p, look) => lastValueFrom(p.batches$(one).pipe(tap(look), pullMap(stop))).catch(() => 0)],
    ['a run with an action that fails', p => p.call(stop).run(1).catch(() => 0)],
  ] // biome-ignore format: one case after another
  for (const [name, read] of readings) {
    it(name, async () => {
      const { p, count } = counted(6)
      await read(p, batch => expect(isAlive(batch)).to.equal(true))
      await later()
      expect(count.made).to.be.above(0)
      expect([count.alive, count.twice]).to.deep.equal([0, 0])
    })
  }
})

describe("RxJS's contract", () => {
  it('nothing happens before a subscription; each one is a run of its own', async () => {
    const { p, count } = counted(3)
    const batches$ = p.batches$(one)
    await later()
    expect(count.made).to.equal(0)
    expect(await values(batches$)).to.deep.equal([[0], [1], [2]])
    expect(await values(batches$)).to.deep.equal([[0], [1], [2]])
  })

  it('nothing happens after unsubscribing: no batch, no value, no tick of the work, whose teardown is called', async () => {
    const { p, count } = counted(100)
    const work$ = new Subject<number>()
    const seen: number[] = []
    const subscription = p
      .batches$(one)
      .pipe(pullMap(() => work$))
      .subscribe(value => seen.push(value))
    await later()
    work$.next(1)
    subscription.unsubscribe()
    expect(work$.observed).to.equal(false)
    work$.next(2)
    await later()
    expect([seen, count.made, count.alive]).to.deep.equal([[1], 1, 0])
  })

  it('unsubscribing aborts the action under way', async () => {
    const [files, owner] = [new Lock(), {}]
    await files.acquire(owner)
    const subscription = numbers(4).p.initLock('files', files).acquireLock('files').batches$(one).subscribe()
    await later()
    subscription.unsubscribe()
    files.release(owner)
    expect(files.isHeld).to.equal(false)
  })

  it('an error of an action, of the options, of the order, and of the work arrive once', async () => {
    const failing = numbers(4).p.call(batch => {
      if (list(batch.x)[0] === 1) throw new Error('no')
    })
    const sources: readonly [Observable<unknown>, number][] = [
      [failing.batches$(one), 1],
      [failing.batches$({ ...one, prefetch: 3 }), 1],
      [numbers(4).p.batches$({ batchSize: 0 }), 0],
      [numbers(4).p.batches$({ batchSize: 1, shuffle: () => [0] }), 0],
      [from(numbers(4).p), 0],
    ] // biome-ignore format: one line a case
    for (const [source, before] of sources) {
      const all = await seenBy(source)
      expect([all.length, (all.at(-1) as Error).name]).to.deep.equal([before + 1, 'MillraceError'])
    }
  })

  it('values of inner Observables are passed on as they come', async () => {
    const inner$ = new Subject<string>()
    const seen: string[] = []
    const subscription = numbers(4)
      .p.batches$({ batchSize: 4 }, () => inner$)
      .subscribe(value => seen.push(value))
    await later()
    for (const value of ['a', 'b']) {
      inner$.next(value)
      expect(seen.at(-1)).to.equal(value)
    }
    subscription.unsubscribe()
  })
})

describe('pipelines and datasets are inputs of RxJS', () => {
  const data = () => numbers(4)
  const p = () => data().p.runLater(2)

  it('from, with the options of runLater', async () => expect(await values(from(p()))).to.deep.equal([[0, 1], [2, 3]]))

  it('mergeMap and concatMap to a pipeline', async () => {
    expect(await values(of(1, 2).pipe(concatMap(() => p())))).to.deep.equal([[0, 1], [2, 3], [0, 1], [2, 3]])
    expect((await values(of(1, 2).pipe(mergeMap(() => p())))).sort()).to.deep.equal([[0, 1], [0, 1], [2, 3], [2, 3]])
  })

  it('zip of two', async () => {
    const pairs = zip(p(), data().p.scaleX({ by: 10 }).runLater(2)).pipe(map(([a, b]) => [list(a.x), list(b.x)]))
    expect(await lastValueFrom(pairs.pipe(toArray()))).to.deep.equal([[[0, 1], [0, 10]], [[2, 3], [20, 30]]])
  })

  it('for await', async () => {
    const lists: number[][] = []
    for await (const batch of p()) lists.push(list(batch.x))
    expect(lists).to.deep.equal([[0, 1], [2, 3]])
  })

  it('from waits as batches$ does', async () => {
    const { p, count } = counted(50)
    await lastValueFrom(from(p.runLater(1)).pipe(pullMap(() => later()), take(3)))
    expect(count.made).to.equal(3)
  })

  it('a dataset is its items, each a batch of one', async () => {
    expect(await values(from(data()))).to.deep.equal([[0], [1], [2], [3]])
    const lists: number[][] = []
    for await (const batch of data()) lists.push(list(batch.x))
    expect(lists).to.deep.equal([[0], [1], [2], [3]])
  })
}) // biome-ignore format: lists of lists

describe('nextBatch after an error of the run itself', () => {
  it('starts again where `before` failed', async () => {
    let isBroken = true
    const q = numbers(4).p.before(q => q.call(() => isBroken && Promise.reject(new Error('no'))))
    expect((await q.nextBatch(2).catch(error => error)).code).to.equal('action-failed')
    isBroken = false
    expect(list((await q.nextBatch()).x)).to.deep.equal([0, 1])
  })

  for (const prefetch of [0, 3]) {
    it(`goes on after a notifier that threw, with ${prefetch} batches ahead`, async () => {
      const q = seen(numbers(8).p)
        .addNoise()
        .update(V('seen', { mode: 'append' }), 1)
      const taken: unknown[] = []
      const notifier = ({ batch }: { batch: number }) => {
        if (batch === 2) throw new Error('enough')
      }
      for (let i = 0; i < 5; i++) {
        const next = q.nextBatch(2, { epochs: 1, notifier, prefetch })
        taken.push(await next.then(batch => batch.indices, error => error.code ?? error.message))
      }
      expect(taken).to.deep.equal([[0, 1], 'enough', [4, 5], [6, 7], 'end-of-data'])
    })
  }

  it('after `after` failed there is no next batch', async () => {
    const q = numbers(2).p.after(q => q.call(() => Promise.reject(new Error('no'))))
    const codes: string[] = []
    for (let i = 0; i < 3; i++) codes.push(await q.nextBatch(2, { epochs: 1 }).then(() => 'batch', error => error.code))
    expect(codes).to.deep.equal(['batch', 'action-failed', 'end-of-data'])
  })
}) // biome-ignore format: short handlers
