import { expect } from 'chai'
import { concatMap, EMPTY, type ObservableInput, of, Subject, throwError, timer } from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import { pullMap } from '../../../../src/index.js'
import { later, passesValuesOn, seenBy } from './checklist.js'

const marbles = (run: Parameters<TestScheduler['run']>[0]) =>
  new TestScheduler((actual, expected) => void expect(actual).to.deep.equal(expected)).run(run)

describe('pullMap', () => {
  for (const ahead of [0, 1, 4]) {
    describe(`with ${ahead} ahead`, () => passesValuesOn(() => pullMap(value => of(value), { ahead }), [1, 2, 3]))
    describe(`with ${ahead} ahead and promises`, () => passesValuesOn(() => pullMap(async value => value, { ahead }), [1, 2, 3]))
  }

  const like: readonly [string, string, Record<string, string>][] = [
    ['slow work', 'abc|', { a: '---x|', b: '---x|', c: '---x|' }],
    ['quick work', '--a--b--c|', { a: 'x|', b: 'x|', c: '(xy|)' }],
    ['values over time', 'ab---c|', { a: '-x-y-|', b: 'x----y|', c: '--|' }],
    ['work without values', 'abc|', { a: '|', b: '--|', c: '|' }],
    ['a failure of the work', 'ab-c|', { a: '-x-|', b: '-x-#', c: 'x|' }],
    ['a failure of the source', 'ab-#', { a: '-x----|', b: 'x|' }],
    ['an endless source', 'a-b-c-', { a: '-x|', b: '-x|', c: '-x|' }],
    ['work that never ends', 'ab|', { a: '-x--x', b: 'x|' }],
  ]
  for (const [name, source, inner] of like) {
    it(`does as concatMap with nothing ahead: ${name}`, () => {
      marbles(({ cold, expectObservable }) => {
        const work = (key: string) => cold(inner[key]!, { x: `${key}x`, y: `${key}y` })
        expectObservable(cold(source).pipe(pullMap(work))).toEqual(cold(source).pipe(concatMap(work)))
      })
    })
  }

  const timed: readonly [string, number, string, Record<string, string>, string][] = [
    ['later work starts early, and waits for its turn', 1, 'ab|', { a: '----1|', b: '2|' }, '----1(2|)'],
    ['values of the oldest arrive as they come', 1, 'ab|', { a: '-1-2-|', b: '-3-4|' }, '-1-2-(34|)'],
    ['no more than that many later ones start', 1, 'abc|', { a: '----1|', b: '----2|', c: '----3|' }, '----12---3|'],
    ['a failure ahead arrives in its turn', 2, 'ab|', { a: '----1|', b: '#' }, '----1#'],
  ]
  for (const [name, ahead, source, inner, expected] of timed) {
    it(`with ${ahead} ahead: ${name}`, () => {
      marbles(({ cold, expectObservable }) => {
        expectObservable(cold(source).pipe(pullMap(key => cold(inner[key]!), { ahead }))).toBe(expected)
      })
    })
  }

  it('unsubscribes from all work under way, and from the source', () => {
    marbles(({ cold, hot, expectSubscriptions, expectObservable }) => {
      const source = hot('abc---------')
      const work: Record<string, ReturnType<typeof cold>> = { a: cold('--x-----'), b: cold('--------'), c: cold('----') }
      expectObservable(source.pipe(pullMap(key => work[key]!, { ahead: 1 })), '^-----!').toBe('--x----')
      expectSubscriptions(source.subscriptions).toBe('^-----!')
      expectSubscriptions(work.a!.subscriptions).toBe('^-----!')
      expectSubscriptions(work.b!.subscriptions).toBe('-^----!')
      expectSubscriptions(work.c!.subscriptions).toBe([])
    })
  })

  const works: readonly [string, (value: number) => ObservableInput<number>][] = [
    ['an array', value => [value, -value]],
    ['a promise of a value, and one of its own', async value => value],
    ['an Observable', value => of(value, -value)],
    ['an iterable', value => new Set([value, -value])],
    [
      'an async iterable',
      async function* (value) {
        yield value
        yield -value
      },
    ],
    ['nothing', () => EMPTY],
    ['a timer', value => timer(1).pipe(concatMap(() => [value]))],
  ]
  for (const [name, work] of works) {
    it(`work may give ${name}: with any number ahead the result is that of concatMap`, async () => {
      const expected = await seenBy(of(1, 2, 3).pipe(concatMap(work)))
      for (const ahead of [0, 1, 9]) expect(await seenBy(of(1, 2, 3).pipe(pullMap(work, { ahead })))).to.deep.equal(expected)
    })
  }

  it('work that throws is an error of the stream, in its turn, and once', async () => {
    const failure = new Error('no')
    for (const ahead of [0, 1, 2]) {
      const work = (value: number) => {
        if (value === 2) throw failure
        return later().then(() => value)
      }
      expect(await seenBy(of(1, 2, 3).pipe(pullMap(work, { ahead })))).to.deep.equal([1, failure])
    }
  })

  it('gets the number of each value, from 0', async () => {
    expect(await seenBy(of('a', 'b').pipe(pullMap((value, i) => [`${value}${i}`])))).to.deep.equal(['a0', 'b1', 'complete'])
  })

  it('queues the values of a source that cannot wait', async () => {
    const source = new Subject<number>()
    const result = seenBy(source.pipe(pullMap(value => (value === 0 ? later().then(() => 0) : [value]), { ahead: 1 })))
    for (let i = 0; i < 200; i++) source.next(i)
    source.complete()
    expect(await result).to.deep.equal([...Array.from({ length: 200 }, (_, i) => i), 'complete'])
  })

  for (const ahead of [-1, 1.5, Number.NaN]) {
    it(`${ahead} ahead is refused`, () => {
      expect(() => pullMap(() => throwError(() => new Error('no')), { ahead })).to.throw(/ahead.*an integer from 0/)
    })
  }
})
