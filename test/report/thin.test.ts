import { expect } from 'chai'
import { thin } from '../../src/report/thin.js'

describe('thin', () => {
  it('leaves short series alone', () => expect(thin([3, 1, 2], 5, 10)).to.deep.equal({ x: [5, 6, 7], y: [3, 1, 2] }))

  it('keeps ends and extremes of long ones', () => {
    const values = Array.from({ length: 50_000 }, (_, i) => Math.sin(i / 9))
    values[31_234] = 9
    values[4_321] = -9
    const { x, y } = thin(values, 1, 1500)
    expect(x.length).to.be.at.most(1500)
    expect([x[0], x.at(-1)]).to.deep.equal([1, 50_000])
    expect([y[x.indexOf(31_235)], y[x.indexOf(4_322)]]).to.deep.equal([9, -9])
    expect(x).to.deep.equal([...x].sort((a, b) => a - b))
  })
})
