import { expect } from 'chai'
import { Lock } from '../../../src/index.js'

describe('Lock', () => {
  it('passes from holder to holder in the order they asked', async () => {
    const lock = new Lock()
    const entered: string[] = []
    const holders = ['a', 'b', 'c'].map(name => ({ name }))
    for (const holder of holders) void lock.acquire(holder).then(() => entered.push(holder.name))
    for (const [i, holder] of holders.entries()) {
      await new Promise(resolve => setImmediate(resolve))
      expect(entered).to.have.length(i + 1)
      lock.release(holder)
    }
    expect([entered, lock.isHeld]).to.deep.equal([['a', 'b', 'c'], false])
  })

  it('a waiter whose signal is aborted leaves the line: the one after it gets the lock', async () => {
    const lock = new Lock()
    const [first, second, third] = [{}, {}, {}]
    const stop = new AbortController()
    await lock.acquire(first)
    const aborted = lock.acquire(second, stop.signal).catch(error => error.name)
    const waiting = lock.acquire(third)
    stop.abort()
    expect(await aborted).to.equal('AbortError')
    lock.release(first)
    await waiting
    lock.release(second)
    expect(lock.isHeld, 'only its holder releases it').to.equal(true)
    lock.release(third)
    expect(lock.isHeld).to.equal(false)
  })

  it('a signal that is aborted after its waiter got the lock changes nothing', async () => {
    const lock = new Lock()
    const [first, second] = [{}, {}]
    const stop = new AbortController()
    await lock.acquire(first)
    const entered = lock.acquire(second, stop.signal)
    lock.release(first)
    await entered
    stop.abort()
    expect(lock.isHeld).to.equal(true)
  })
})
