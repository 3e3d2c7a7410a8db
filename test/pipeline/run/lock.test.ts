import { expect } from 'chai'
import { Lock } from '../../../src/index.js'

describe('Lock', () => {
  it('passes by a waiter that was aborted: the one after it gets the lock', async () => {
    const lock = new Lock()
    const [holder, aborted, next] = [{}, {}, {}]
    await lock.acquire(holder)
    const controller = new AbortController()
    const waiting = lock.acquire(aborted, controller.signal).catch(String)
    let entered = false
    const entering = lock.acquire(next).then(() => {
      entered = true
    })
    controller.abort(new Error('enough'))
    expect(await waiting).to.equal('Error: enough')
    expect(entered).to.equal(false)
    lock.release(holder)
    await Promise.race([entering, new Promise(resolve => setImmediate(resolve))])
    expect(entered).to.equal(true)
    lock.release(next)
    expect(lock.isHeld).to.equal(false)
  })

  it('belongs to those who asked, in their order, and only its holder gives it up', async () => {
    const lock = new Lock()
    const holders = [{}, {}, {}]
    const entered: number[] = []
    const entering = holders.map((holder, i) => lock.acquire(holder).then(() => entered.push(i)))
    await entering[0]
    lock.release(holders[1]!)
    expect(entered).to.deep.equal([0])
    for (const [i, holder] of holders.entries()) {
      await entering[i]
      lock.release(holder)
    }
    expect([entered, lock.isHeld]).to.deep.equal([[0, 1, 2], false])
  })

  it('is had at once by the one who holds it, and not waited for by one whose signal is aborted', async () => {
    const lock = new Lock()
    const holder = {}
    await lock.acquire(holder)
    await lock.acquire(holder)
    expect(await lock.acquire({}, AbortSignal.abort('stopped')).catch(String)).to.equal('stopped')
    lock.release(holder)
    expect(lock.isHeld).to.equal(false)
  })
})
