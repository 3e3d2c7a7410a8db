import { expect } from 'chai'
import { Dataset, openOrder } from '../../../src/dataset/index.js'
import { errorOf, rejectionOf } from '../../dataset/error-of.js'

describe('a shuffle function is neither ignored nor trusted', () => {
  const walk = (shuffle: (order: Uint32Array, epoch: number) => ArrayLike<number>) => {
    const order = openOrder(4, { batchSize: 4, epochs: 2, shuffle }, 0)
    return [order.next(), order.next()].map(batch => [...batch!])
  }

  it('it orders positions, epoch by epoch, whatever the ids are', async () => {
    expect(walk((order, epoch) => order.map((_, i) => (i + epoch) % 4))).to.deep.equal([
      [0, 1, 2, 3],
      [1, 2, 3, 0],
    ])
    const data = new Dataset(['a', 'b', 'c'])
    expect((await data.nextBatch(3, { shuffle: order => order.reverse() })).indices).to.deep.equal(['c', 'b', 'a'])
  })

  for (const [what, shuffle, words] of [
    ['a position twice', () => [0, 1, 1, 3], /1 twice/],
    ['positions that are missing', () => [0, 1], /2 positions/],
    ['too many positions', () => [0, 1, 2, 3, 0], /5 positions/],
    ['a position outside', () => [0, 1, 2, 4], /Seen: 4/],
    ['a position below 0', () => [0, -1, 2, 3], /Seen: -1/],
    ['half a position', () => [0, 0.5, 2, 3], /Seen: 0.5/],
    ['ids', () => ['a', 'b', 'c', 'd'], /"a"/],
    ['nothing', () => undefined, /undefined/],
  ] as const) {
    it(`what gives ${what} is refused, with the epoch`, () => {
      const error = errorOf(() => walk(shuffle as never))
      expect([error.code, words.test(error.message)], error.message).to.deep.equal(['not-a-permutation', true])
      expect(error.message).to.match(/the 4 items for epoch 0/)
    })
  }

  it('it is called once per epoch, however many batches that has', () => {
    const epochs: number[] = []
    const shuffle = (given: Uint32Array, epoch: number) => {
      epochs.push(epoch)
      return given
    }
    const order = openOrder(4, { batchSize: 1, epochs: 2, shuffle }, 0)
    for (let batch = order.next(); batch; batch = order.next()) expect(batch).to.have.length(1)
    expect(epochs).to.deep.equal([0, 1])
  })

  it('another function is another walk', async () => {
    const data = new Dataset(4)
    const backwards = (order: Uint32Array) => order.reverse()
    await data.nextBatch(2, { shuffle: backwards })
    expect((await data.nextBatch(2, { shuffle: backwards })).indices).to.deep.equal([1, 0])
    expect((await rejectionOf(data.nextBatch(2, { shuffle: (order: Uint32Array) => order.reverse() }))).code).to.equal('changed-options')
  })
})
