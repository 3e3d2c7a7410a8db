import { expect } from 'chai'
import { compact, toLabels, toNumbers, toRows } from '../../src/report/values.js'
import { NdArray } from '../../src/util/nd-array.js'

describe('values of variables', () => {
  it('numbers come from numbers, arrays and lists of arrays', () => {
    expect(toNumbers([1, 2])).to.deep.equal([1, 2])
    expect(toNumbers(NdArray.from([1, 2]))).to.deep.equal([1, 2])
    expect(toNumbers([NdArray.from([1, 2]), NdArray.from([3]), 4])).to.deep.equal([1, 2, 3, 4])
    expect(toNumbers(new Float64Array([5]))).to.deep.equal([5])
    expect(toNumbers(6)).to.deep.equal([6])
    expect(toNumbers(undefined)).to.deep.equal([])
    expect(toNumbers('seven')[0]).to.be.NaN
  })

  it('rows come from an array or from batches of it', () => {
    const joined = { count: 3, width: 2, data: [1, 2, 3, 4, 5, 6] }
    const whole = toRows(
      NdArray.from([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    )
    expect({ ...whole, data: Array.from(whole.data) }).to.deep.equal(joined)
    expect(
      toRows([
        NdArray.from([[1, 2]]),
        NdArray.from([
          [3, 4],
          [5, 6],
        ]),
      ]),
    ).to.deep.equal(joined)
    expect(toRows(NdArray.from([[[[1, 2]]], [[[3, 4]]]]))).to.include({ count: 2, width: 2 })
    expect(toRows([])).to.deep.equal({ count: 0, width: 0, data: [] })
    expect(toRows(undefined).count).to.equal(0)
  })

  it('rows of different widths are refused', () => {
    expect(() => toRows([NdArray.from([[1, 2]]), NdArray.from([[3]])])).to.throw('different widths (2, 1)')
  })

  it('labels come from labels, one-hot rows and scores', () => {
    expect(toLabels([3, 1])).to.deep.equal([3, 1])
    expect(toLabels([NdArray.from([3, 1], 'uint8'), NdArray.from([2], 'uint8')])).to.deep.equal([3, 1, 2])
    expect(
      toLabels(
        NdArray.from([
          [0, 0, 1],
          [0.5, 0.3, 0.2],
        ]),
      ),
    ).to.deep.equal([2, 0])
  })

  it('compact numbers are short in JSON', () => {
    expect(compact(0.123456789)).to.equal(0.12346)
    expect(compact(Number.NaN)).to.equal(null)
    expect(compact(123456.7)).to.equal(123460)
  })
})
