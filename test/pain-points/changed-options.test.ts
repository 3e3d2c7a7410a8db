import { expect } from 'chai'
import { numbers } from '../support/numbers.js'

describe('options of a later nextBatch are not ignored, and one epoch is not an endless run', () => {
  it('other options are refused with both shown', async () => {
    const p = numbers(6).p
    await p.nextBatch(2, { shuffle: 1 })
    await p.nextBatch(2, { shuffle: 1 })
    await p.nextBatch()
    await p.nextBatch(2, { shuffle: 3 }).then(
      () => expect.fail(),
      ({ code, message }) => expect(`${code} ${message}`).to.match(/^changed-options .*"shuffle":3.*"shuffle":1/s),
    )
  })

  it('another shuffle function is another order', async () => {
    const p = numbers(6).p
    const reverse = (order: Uint32Array) => order.reverse()
    await p.nextBatch(2, { shuffle: reverse })
    await p.nextBatch(2, { shuffle: reverse })
    for (const shuffle of [(order: Uint32Array) => order, false, undefined]) {
      await p.nextBatch(2, { shuffle }).then(
        () => expect.fail(),
        ({ code }) => expect(code).to.equal('changed-options'),
      )
    }
  })

  it('run takes one epoch unless told', async () => {
    let batches = 0
    for await (const _ of numbers(6).p.genBatch(2)) batches++
    expect(batches).to.equal(3)
  })
})
