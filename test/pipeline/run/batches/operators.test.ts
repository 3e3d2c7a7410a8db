import { expect } from 'chai'
import { EMPTY, type MonoTypeOperatorFunction, NEVER, of, Subject, throwError } from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import { Notifier } from '../../../../src/notifier/index.js'
import { SkipBatch, StopPipeline } from '../../../../src/pipeline/run/actions/control.js'
import { ended } from '../../../../src/pipeline/run/batches/ended.js'
import { heldBackUntil } from '../../../../src/pipeline/run/batches/held-back.js'
import { inTurns } from '../../../../src/pipeline/run/batches/in-turns.js'
import { hold } from '../../../../src/pipeline/run/batches/lease.js'
import { leased } from '../../../../src/pipeline/run/batches/leased.js'
import { notified } from '../../../../src/pipeline/run/batches/notified.js'
import { discard, END, type Outcome } from '../../../../src/pipeline/run/batches/outcome.js'
import { prefetched } from '../../../../src/pipeline/run/batches/prefetched.js'
import { profiled } from '../../../../src/pipeline/run/batches/profiled.js'
import { rebatched } from '../../../../src/pipeline/run/batches/rebatched.js'
import { serially } from '../../../../src/pipeline/run/batches/serially.js'
import { skipping } from '../../../../src/pipeline/run/batches/skipping.js'
import { started } from '../../../../src/pipeline/run/batches/started.js'
import { stoppedBy } from '../../../../src/pipeline/run/batches/stopped-by.js'
import { untilReleased } from '../../../../src/pipeline/run/batches/until-released.js'
import { worked } from '../../../../src/pipeline/run/batches/worked.js'
import { Profile } from '../../../../src/pipeline/run/profile.js'
import { NumbersBatch, numbers } from '../../../support/numbers.js'
import { later, passesValuesOn, seenBy } from './checklist.js'
import { failed, freeable, three } from './outcomes.js'

const failure = new Error('no')
const fail = () => {
  throw failure
}
const silent = (callback: () => unknown = () => undefined) =>
  new Notifier({ bar: false, frequency: 1, variables: [], callback }, { name: 'p', total: null, variables: [], read: () => undefined })
const profile = () => new Profile({ config: {}, actions: [] })

describe("RxJS's checklist", () => {
  const ofOutcomes: readonly [string, () => MonoTypeOperatorFunction<Outcome>][] = [
    ['worked', () => worked(async () => undefined)],
    ['skipping', () => skipping(false, () => undefined)],
    ['ended', () => ended(async () => undefined)],
    ['notified, without a notifier', () => notified(() => undefined)],
    ['notified', () => notified(() => silent())],
    ['leased', () => leased(new Subject(), discard)],
  ]
  for (const [name, operator] of ofOutcomes) describe(name, () => passesValuesOn(operator, three()))

  const ofVoid: readonly [string, () => MonoTypeOperatorFunction<void>][] = [
    ['started', () => started(() => false, async () => undefined)],
    ['started before', () => started(() => true, fail)],
    ['inTurns', inTurns],
    ['stoppedBy', () => stoppedBy(new AbortController().signal)],
    ['heldBackUntil', () => heldBackUntil(EMPTY)],
    ['untilReleased', untilReleased],
    ['profiled', () => profiled(profile(), 1)],
  ] // biome-ignore format: one line a case
  for (const [name, operator] of ofVoid) describe(name, () => passesValuesOn(operator, [undefined, undefined, undefined]))
})

describe('prefetched', () => {
  /** Makes 1, 2, 3 … as it is let. */
  function maker(count: number) {
    const made: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[] = []
    const discarded: number[] = []
    const start = () =>
      new Promise<number>((resolve, reject) => {
        const number = made.length + 1
        made.push({ resolve: () => resolve(number), reject })
      })
    const demand$ = new Subject<void>()
    const seen: unknown[] = []
    const subscription = demand$
      .pipe(prefetched(count, start, value => discarded.push(value)))
      .subscribe({ next: value => seen.push(value), error: error => seen.push(error) })
    return { made, discarded, demand$, seen, subscription }
  }

  for (const count of [0, 1, 3]) {
    it(`makes ${count} values beyond the one that was asked for, none before, and emits one per demand`, async () => {
      const { made, demand$, seen } = maker(count)
      expect(made).to.have.length(0)
      for (let asked = 1; asked <= 4; asked++) {
        demand$.next()
        expect(made).to.have.length(asked + count)
        for (const one of made) one.resolve()
        await later()
        expect(seen).to.deep.equal(Array.from({ length: asked }, (_, i) => i + 1))
      }
    })
  }

  it('emits values in order, whichever is made first', async () => {
    const { made, demand$, seen } = maker(2)
    demand$.next()
    made[2]!.resolve()
    made[1]!.resolve()
    await later()
    expect(seen).to.deep.equal([])
    made[0]!.resolve()
    await later()
    demand$.next()
    demand$.next()
    await later()
    expect(seen).to.deep.equal([1, 2, 3])
  })

  it('a failure comes in its turn', async () => {
    const { made, demand$, seen } = maker(1)
    demand$.next()
    made[1]!.reject(failure)
    made[0]!.resolve()
    await later()
    expect(seen).to.deep.equal([1])
    demand$.next()
    await later()
    expect(seen).to.deep.equal([1, failure])
  })

  it('discards what nobody took, made or still being made, once', async () => {
    const { made, discarded, demand$, seen, subscription } = maker(2)
    demand$.next()
    made[1]!.resolve()
    subscription.unsubscribe()
    made[0]!.resolve()
    made[2]!.reject(failure)
    await later()
    expect([seen, discarded.sort()]).to.deep.equal([[], [1, 2]])
  })
})

describe('worked', () => {
  it('a batch whose work fails is freed, gives up its locks, and is followed by the next one', async () => {
    const [good, bad] = [freeable(), freeable()]
    const source = of(bad.outcome, good.outcome)
    const seen = await seenBy(source.pipe(worked(async run => void (run === bad.run && fail()))))
    expect([seen, bad.freed(), good.freed()]).to.deep.equal([[failed(failure), good.outcome, 'complete'], 1, 0])
  })

  it('does nothing to failures and the end', async () => {
    expect(await seenBy(of(failed(failure), END).pipe(worked(fail)))).to.deep.equal([failed(failure), END, 'complete'])
  })

  it('a batch in work when it is unsubscribed from is freed afterwards', async () => {
    const one = freeable()
    let isDone = false
    const subscription = of(one.outcome)
      .pipe(
        worked(async () => {
          await later()
          isDone = one.freed() === 0
        }),
      )
      .subscribe(fail)
    subscription.unsubscribe()
    await later()
    await later()
    expect([isDone, one.freed()]).to.deep.equal([true, 1])
  })
})

describe('skipping', () => {
  const abort = new DOMException('stop', 'AbortError')
  const cases: readonly [string, Parameters<typeof skipping>[0], unknown, unknown, number][] = [
    ['a skipped batch is left out', false, new SkipBatch(), undefined, 1],
    ['a failure stays', false, failure, failed(failure), 0],
    ['a failure is left out if errors are ignored', true, failure, undefined, 1],
    ['a failure is left out if a function is told', () => undefined, failure, undefined, 1],
    ['an abort stays even then', true, abort, failed(abort), 0],
    ['StopPipeline is the end', true, new StopPipeline(), END, 0],
  ]
  for (const [name, policy, error, expected, asks] of cases) {
    it(`${name}${asks ? ', and another one is asked for' : ''}`, async () => {
      let asked = 0
      const seen = await seenBy(of(failed(error)).pipe(skipping(policy, () => asked++)))
      expect([seen, asked]).to.deep.equal([expected === undefined ? ['complete'] : [expected, 'complete'], asks])
    })
  }

  it('the function gets the error; what it throws ends the stream', async () => {
    const told: unknown[] = []
    await seenBy(
      of(failed(failure)).pipe(
        skipping(
          error => told.push(error),
          () => undefined,
        ),
      ),
    )
    expect(told).to.deep.equal([failure])
    expect(await seenBy(of(failed(new Error('other'))).pipe(skipping(fail, () => undefined)))).to.deep.equal([failure])
  })
})

describe('rebatched', () => {
  /** The numbers of items in the batches made of `lengths`; an error in their place fails. */
  function rebatch(
    lengths: readonly (number | Error)[],
    batchSize: number,
    asks: number,
    size = () => ({ batchSize, components: undefined }),
  ) {
    const [source$, demand$] = [new Subject<Outcome>(), new Subject<void>()]
    const state = { produced: 0, rest: [] }
    const left = [...lengths]
    const seen: unknown[] = []
    let asked = 0
    const ask = () => {
      asked++
      const next = left.shift()
      source$.next(next === undefined ? END : next instanceof Error ? failed(next) : freeable(1, next).outcome)
    }
    source$
      .pipe(rebatched({ demand$, ask, size, merge: NumbersBatch.merge!, state }))
      .subscribe(outcome => seen.push(outcome.kind === 'N' ? outcome.value.batch.length : outcome.kind === 'E' ? outcome.error : 'end'))
    for (let i = 0; i < asks; i++) demand$.next()
    return { seen, asked, state }
  }

  const cases: readonly [string, (number | Error)[], number, unknown[], number][] = [
    ['nothing', [], 2, ['end'], 1],
    ['one batch', [2], 2, [2], 1],
    ['smaller ones', [1, 1, 1], 2, [2, 1, 'end'], 4],
    ['a larger one', [5], 2, [2, 2, 1, 'end'], 2],
    ['a failure between', [1, failure, 1], 2, [failure, 2], 3],
    ['the end twice', [1], 2, [1, 'end', 'end'], 2],
  ]
  for (const [name, lengths, size, expected, asks] of cases) {
    it(`makes batches of ${name}, and asks for no more than it needs`, () => {
      const { seen, asked } = rebatch(lengths, size, expected.length)
      expect([seen, asked]).to.deep.equal([expected, asks])
    })
  }

  it('makes nothing before it is asked', () => expect(rebatch([1, 1], 2, 0).asked).to.equal(0))

  it('a size that cannot be read is a failure of the batch', () => expect(rebatch([1], 2, 1, fail).seen).to.deep.equal([failure]))

  it('keeps its state up to date', () => {
    const { state } = rebatch([3], 2, 1)
    expect([state.produced, state.rest.length]).to.deep.equal([1, 1])
  })
})

describe('leased', () => {
  /** A source of 1, 2, 3 … that notes what was asked for and freed. */
  function leasing() {
    const log: string[] = []
    const demand$ = new Subject<void>()
    const source$ = new Subject<number>()
    let number = 0
    demand$.subscribe(() => log.push('ask'))
    return { log, make: () => source$.next(++number), values$: source$.pipe(leased(demand$, value => log.push(`free ${value}`))) }
  }

  it('frees a value when its subscriber returns, then asks for the next one', () => {
    const { log, make, values$ } = leasing()
    expect(log).to.deep.equal([])
    values$.subscribe(value => log.push(`take ${value}`))
    make()
    make()
    expect(log).to.deep.equal(['ask', 'take 1', 'free 1', 'ask', 'take 2', 'free 2', 'ask'])
  })

  it('waits for those who hold a value, all of them', () => {
    const { log, make, values$ } = leasing()
    const holds: ReturnType<typeof hold>[] = []
    values$.subscribe(() => holds.push(hold(), hold()))
    make()
    holds[0]!.ready()
    holds[0]!.ready()
    expect(log, 'one of two is ready').to.deep.equal(['ask'])
    holds[1]!.ready()
    expect(log).to.deep.equal(['ask', 'ask'])
    holds[1]!.unsubscribe()
    holds[1]!.unsubscribe()
    expect(log, 'one of two needs it').to.deep.equal(['ask', 'ask'])
    holds[0]!.unsubscribe()
    expect(log).to.deep.equal(['ask', 'ask', 'free 1'])
  })

  it('asks for nothing after it was unsubscribed from, and frees what is let go of later', () => {
    const { log, make, values$ } = leasing()
    let held: ReturnType<typeof hold>
    const subscription = values$.subscribe(() => {
      held = hold()
    })
    make()
    subscription.unsubscribe()
    held!.unsubscribe()
    expect(log).to.deep.equal(['ask', 'free 1'])
  })

  it('there is nothing to hold where no value is being emitted', () => expect(hold()).to.equal(undefined))

  it('a value that cannot be freed is an error of the stream', async () => {
    const error = await seenBy(of(1).pipe(leased(new Subject(), fail)))
    expect(error).to.deep.equal([1, failure])
  })
})

describe('untilReleased', () => {
  it('completes when the last value is let go of', () => {
    const log: unknown[] = []
    let held: ReturnType<typeof hold>
    of(1)
      .pipe(untilReleased())
      .subscribe({
        next: value => {
          held = hold()
          log.push(value)
        },
        complete: () => log.push('complete'),
      })
    expect(log).to.deep.equal([1])
    held!.unsubscribe()
    expect(log).to.deep.equal([1, 'complete'])
  })
})

describe('heldBackUntil', () => {
  const cases: readonly [string, string, string, string][] = [
    ['values from before its turn arrive at its turn', 'a-b-------c|', '---|', '---(ab)---c|'],
    ['an error waits', 'a-#', '----|', '----(a#)'],
    ['the end waits', '|', '----|', '----|'],
    ['a turn that never comes', 'ab|', '-', '-'],
  ]
  for (const [name, source, turn, expected] of cases) {
    it(name, () => {
      new TestScheduler((actual, wanted) => void expect(actual).to.deep.equal(wanted)).run(({ cold, expectObservable }) => {
        expectObservable(cold(source).pipe(heldBackUntil(cold(turn)))).toBe(expected)
      })
    })
  }
})

describe('started, ended, stoppedBy, inTurns, notified', () => {
  it('started does its work again only when it is not done', async () => {
    let [starts, isDone] = [0, false]
    const start = async () => {
      starts++
      isDone = true
    }
    expect(await seenBy(of(undefined, undefined).pipe(started(() => isDone, start)))).to.have.length(3)
    expect(starts).to.equal(1)
    expect(
      await seenBy(
        of(undefined).pipe(
          started(
            () => false,
            async () => fail(),
          ),
        ),
      ),
    ).to.deep.equal([failure])
  })

  it('ended does its work at the end, before it is passed on', async () => {
    const log: unknown[] = []
    const end = async () => void log.push('work')
    await seenBy(of(END).pipe(ended(end))).then(seen => log.push(...seen))
    expect(log).to.deep.equal(['work', END, 'complete'])
    expect(await seenBy(of(END).pipe(ended(async () => fail())))).to.deep.equal([failure])
  })

  it('stoppedBy fails with the reason of the signal, at the next value', async () => {
    const stop = new AbortController()
    const source = new Subject<number>()
    const seen = seenBy(source.pipe(stoppedBy(stop.signal)))
    source.next(1)
    stop.abort(failure)
    source.next(2)
    expect(await seen).to.deep.equal([1, failure])
  })

  it('notified waits for the callback, frees the batch it fails for, and pauses at an error', async () => {
    const one = freeable()
    expect(await seenBy(of(one.outcome).pipe(notified(() => silent(fail))))).to.deep.equal([failure])
    expect(one.freed()).to.equal(1)
    const notifier = silent()
    let pauses = 0
    notifier.pause = () => pauses++
    await seenBy(of(failed(failure)).pipe(notified(() => notifier)))
    await seenBy(throwError(() => failure).pipe(notified(() => notifier)))
    expect(pauses).to.equal(2)
  })

  it('profiled records what failed, and what was unsubscribed from', async () => {
    const measured = new Profile(numbers().p.call(() => undefined).spec)
    await seenBy(throwError(() => failure).pipe(profiled(measured, 1)))
    NEVER.pipe(profiled(measured, 1)).subscribe().unsubscribe()
    expect(measured.rows.map(({ calls }) => calls)).to.deep.equal([2])
  })
})

describe('serially', () => {
  it('runs work in the order of the calls; a failure is that of its call', async () => {
    const run = serially()
    const log: string[] = []
    const work =
      (name: string, broken = false) =>
      async () => {
        log.push(`${name} starts`)
        await later()
        log.push(`${name} ends`)
        return broken ? fail() : name
      }
    const results = await Promise.allSettled([run(work('a')), run(work('b', true)), run(work('c'))])
    expect(results.map(result => (result.status === 'fulfilled' ? result.value : result.reason))).to.deep.equal(['a', failure, 'c'])
    expect(log).to.deep.equal(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends'])
  })
})
