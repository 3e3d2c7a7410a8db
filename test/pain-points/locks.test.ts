import { expect } from 'chai'
import { Lock } from '../../src/index.js'
import { numbers } from '../support/numbers.js'

describe('a lock is released when an action fails while holding it', () => {
  it('the next batch, and another pipeline, get it', async () => {
    const lock = new Lock()
    const p = numbers(4)
      .p.initLock('device', lock)
      .acquireLock('device')
      .call(() => {
        throw new Error('broken')
      })
      .releaseLock('device')
    for (let i = 0; i < 2; i++)
      await p.nextBatch(2).then(
        () => expect.fail(),
        ({ code }) => expect(code).to.equal('action-failed'),
      )
    expect(lock.isHeld).to.equal(false)
    await numbers(4).p.initLock('device', lock).acquireLock('device').run(2)
  })
})
