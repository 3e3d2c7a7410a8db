import { setTimeout } from 'node:timers/promises'
import { expect } from 'chai'
import { of, Subject } from 'rxjs'
import { inOrder } from '../../../../src/pipeline/run/batches/in-order.js'
import { later, passesValuesOn, seenBy } from './checklist.js'

describe('inOrder', () => {
  describe('with results that are there at once', () => passesValuesOn(() => inOrder(value => value), [1, 2, 3]))
  describe('with promises', () => passesValuesOn(() => inOrder(async value => value), [1, 2, 3]))

  it('starts the work on a value after that on the one before, and keeps their order', async () => {
    const log: string[] = []
    const work = async (ms: number) => {
      log.push(`start ${ms}`)
      await setTimeout(ms)
      log.push(`end ${ms}`)
      return ms
    }
    expect(await seenBy(of(3, 0, 1).pipe(inOrder(work)))).to.deep.equal([3, 0, 1, 'complete'])
    expect(log).to.deep.equal(['start 3', 'end 3', 'start 0', 'end 0', 'start 1', 'end 1'])
  })

  it('passes a value on at once only if none before it is unfinished', async () => {
    const work = (value: number) => (value === 1 ? later().then(() => value) : value)
    expect(await seenBy(of(0, 1, 2, 3).pipe(inOrder(work)))).to.deep.equal([0, 1, 2, 3, 'complete'])
  })

  const failure = new Error('of the work')
  const fails: readonly [string, (value: number) => number | Promise<number>][] = [
    ['throws', value => (value === 2 ? fail() : value)],
    ['rejects', async value => (value === 2 ? fail() : value)],
  ]
  const fail = () => {
    throw failure
  }
  for (const [how, work] of fails) {
    it(`work that ${how} ends the stream with its error, once`, async () => {
      expect(await seenBy(of(1, 2, 3).pipe(inOrder(work)))).to.deep.equal([1, failure])
    })
  }

  it('discards what is finished after it was unsubscribed from, and starts nothing more', async () => {
    const source = new Subject<number>()
    const started: number[] = []
    const discarded: number[] = []
    const work = async (value: number) => {
      started.push(value)
      await later()
      return value
    }
    const subscription = source.pipe(inOrder(work, value => discarded.push(value))).subscribe()
    source.next(1)
    source.next(2)
    subscription.unsubscribe()
    await later()
    await later()
    expect([started, discarded]).to.deep.equal([[1], [1]])
  })
})
