import { expect } from 'chai'
import { History } from '../../src/notifier/history.js'
import { Pace } from '../../src/notifier/pace.js'

describe('the history of a variable', () => {
  it('is every number while there is room, then means of neighbours, evenly and in bounds', () => {
    for (const count of [0, 1, 511, 513, 100_000]) {
      const history = new History()
      for (let batch = 1; batch <= count; batch++) history.add(batch, 3 * batch)
      const { points } = history
      expect(points.length).to.be.within(Math.min(count, 256), 512)
      for (const { batch, value } of points) expect(value).to.be.closeTo(3 * batch, 1e-6)
      const steps = points.slice(1, -1).map(({ batch }, i) => batch - points[i]!.batch)
      expect(new Set(steps).size, 'one distance').to.be.at.most(1)
      if (count > 0) expect(points.at(-1)!.batch).to.be.above(count * 0.99 - 1)
    }
  })

  it('leaves out what is no number', () => {
    const history = new History()
    for (const [i, value] of [null, 1, Number.NaN, Number.POSITIVE_INFINITY, 2].entries()) history.add(i + 1, value)
    expect(history.points.map(({ value }) => value)).to.deep.equal([1, 2])
  })
})

describe('the pace of batches', () => {
  it('leaves out the first batch and forgets what is long ago', () => {
    const pace = new Pace()
    pace.add(1, 60)
    expect(pace.secondsPerBatch).to.equal(undefined)
    for (let i = 1; i <= 20; i++) pace.add(1 + i, 60 + 2 * i)
    expect(pace.secondsPerBatch).to.be.closeTo(2, 1e-9)
    for (let i = 1; i <= 1000; i++) pace.add(21 + i, 100 + 0.1 * i)
    expect(pace.secondsPerBatch).to.be.closeTo(0.1, 0.001)
  })
})
