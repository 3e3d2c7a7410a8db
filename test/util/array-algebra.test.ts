import { expect } from 'chai'
import fc from 'fast-check'
import { broadcastShapes, sourcePositions } from '../../src/util/broadcast.js'
import { matmul } from '../../src/util/matmul.js'
import { NdArray } from '../../src/util/nd-array.js'
import type { Reduction } from '../../src/util/reductions.js'

const array = (shape: readonly number[], at: (i: number) => number = i => (i * 7) % 11) =>
  NdArray.from(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => at(i)),
    'int32',
  ).reshape(shape)

/** The element at a position, by the formula of row-major order. */
function element({ data, shape }: NdArray, position: readonly number[]): number {
  return data[position.reduce((offset, i, axis) => offset * shape[axis]! + i, 0)]!
}

const formulas: Record<Reduction, (values: readonly number[]) => number> = {
  sum: values => values.reduce((a, b) => a + b, 0),
  mean: values => formulas.sum(values) / values.length,
  var: values => formulas.mean(values.map(value => (value - formulas.mean(values)) ** 2)),
  std: values => Math.sqrt(formulas.var(values)),
  max: values => Math.max(...values),
  min: values => Math.min(...values),
  argmax: values => values.indexOf(Math.max(...values)),
  argmin: values => values.indexOf(Math.min(...values)),
}

describe('reductions of NdArray', () => {
  const cube = () => array([2, 3, 4])
  for (const [name, formula] of Object.entries(formulas) as [Reduction, (values: readonly number[]) => number][]) {
    it(`${name} of all elements, and along each axis, by its formula`, () => {
      expect(cube()[name]()).to.be.closeTo(formula([...cube().data]), 1e-6)
      const middle = cube()[name](1)
      expect(middle.shape).to.deep.equal([2, 4])
      for (const i of [0, 1]) {
        for (const k of [0, 1, 2, 3]) {
          expect(element(middle, [i, k])).to.be.closeTo(formula([0, 1, 2].map(j => element(cube(), [i, j, k]))), 1e-6)
        }
      }
      expect(cube()[name]([0, -1], true).shape).to.deep.equal([1, 3, 1])
      expect(element(cube()[name]([0, 2]), [1])).to.be.closeTo(
        formula([0, 1].flatMap(i => [0, 1, 2, 3].map(k => element(cube(), [i, 1, k])))),
        1e-6,
      )
    })
  }

  it('have the element types that hold them', () => {
    const bytes = NdArray.from([[200, 100]], 'uint8')
    expect([bytes.sum(1).dtype, bytes.sum(1).data[0]]).to.deep.equal(['float64', 300])
    expect([bytes.mean(0).dtype, bytes.cast('float64').mean(0).dtype]).to.deep.equal(['float32', 'float64'])
    expect([bytes.cast('float32').sum(0).dtype, bytes.cast('int32').sum(0).dtype]).to.deep.equal(['float32', 'float64'])
    expect([bytes.max(0).dtype, bytes.argmax(0).dtype]).to.deep.equal(['uint8', 'int32'])
  })

  it('let NaN win, and refuse the mean or the maximum of nothing', () => {
    const holes = NdArray.from([1, Number.NaN, 3])
    expect([holes.max(), holes.argmax()]).to.deep.equal([Number.NaN, 1])
    const nothing = NdArray.zeros([0, 2])
    expect([nothing.sum(), nothing.sum(0).toNested()]).to.deep.equal([0, [0, 0]])
    expect(() => nothing.mean(0)).to.throw(RangeError, 'no mean of nothing')
    expect(() => nothing.max()).to.throw(RangeError)
    for (const axis of [2, -3, 0.5]) expect(() => nothing.sum(axis)).to.throw(RangeError, `no axis ${axis} in an array of 2 axes`)
    expect(() => nothing.mean(0)).to.throw(RangeError, 'the shape is [0, 2]')
    expect(
      NdArray.from([[1, 2]])
        .sum(-2)
        .toNested(),
    ).to.deep.equal([1, 2])
  })

  it('reshape reckons the entry that is −1', () => {
    expect(cube().reshape([4, -1]).shape).to.deep.equal([4, 6])
    expect(() => cube().reshape([5, -1])).to.throw(RangeError)
    expect(() => cube().reshape([-1, -1])).to.throw(RangeError)
  })
})

describe('broadcasting', () => {
  it('gives each element of the result its source, by the formula of each axis', () => {
    const shape = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 })
    fc.assert(
      fc.property(shape, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), fc.nat(4), (result, squeezed, dropped) => {
        const kept = result.slice(Math.min(dropped, result.length))
        const source = kept.map((n, axis) => (squeezed[axis] ? 1 : n))
        expect(broadcastShapes(source, result)).to.deep.equal(result)
        const positions = sourcePositions(source, result) ?? Uint32Array.from({ length: result.reduce((a, b) => a * b, 1) }, (_, i) => i)
        for (const [flat, position] of positions.entries()) {
          let [rest, expected, stride] = [flat, 0, 1]
          for (let axis = result.length - 1; axis >= 0; axis--) {
            const own = source[axis - result.length + source.length] ?? 1
            expected += own === 1 ? 0 : (rest % result[axis]!) * stride
            stride *= own
            rest = Math.floor(rest / result[axis]!)
          }
          expect(position).to.equal(expected)
        }
      }),
    )
  })

  it('refuses shapes that do not match', () => {
    expect(() => broadcastShapes([2, 3], [2])).to.throw(TypeError, 'shapes [2, 3] and [2] do not match')
    expect(() => broadcastShapes([2], [4, 3])).to.throw(TypeError, 'shapes [2] and [4, 3] do not match')
  })

  it('is not needed for equal shapes', () => {
    expect(sourcePositions([2, 3], [2, 3])).to.equal(undefined)
    expect([...sourcePositions([1, 2], [2, 2])!]).to.deep.equal([0, 1, 0, 1])
  })
})

describe('matmul', () => {
  const product = (a: NdArray, b: NdArray) => matmul(a, b, 'int32')
  it('is the sum of products of rows and columns, for each matrix of the leading axes', () => {
    const [a, b] = [array([2, 3, 4]), array([2, 4, 5])]
    const { data, shape } = product(a, b)
    expect(shape).to.deep.equal([2, 3, 5])
    for (let n = 0; n < 30; n++) {
      const [batch, i, j] = [Math.floor(n / 15), Math.floor(n / 5) % 3, n % 5]
      expect(data[n]).to.equal(formulas.sum([0, 1, 2, 3].map(k => element(a, [batch, i, k]) * element(b, [batch, k, j]))))
    }
    expect(product(a, array([4, 5])).shape).to.deep.equal([2, 3, 5])
  })

  it('takes a list of numbers as a row or a column', () => {
    const list = array([3])
    expect(product(list, list)).to.deep.include({ shape: [], data: Int32Array.of(0 + 49 + 9) })
    expect(product(array([2, 3]), list).shape).to.deep.equal([2])
    expect(product(list, array([3, 2])).shape).to.deep.equal([2])
  })

  it('refuses shapes without a product', () => {
    expect(() => product(array([2, 3]), array([2, 3]))).to.throw(TypeError, 'no matrix product of shapes [2, 3] and [2, 3]')
    for (const [a, b] of [
      [[2, 3], []],
      [[], [3]],
      [[], []],
    ] as const) {
      expect(() => product(array(a), array(b))).to.throw(TypeError)
    }
  })

  it('broadcasts leading axes', () => {
    const [a, b] = [array([2, 1, 2, 3]), array([2, 3, 2])]
    const { data, shape } = product(a, b)
    expect(shape).to.deep.equal([2, 2, 2, 2])
    for (let n = 0; n < 16; n++) {
      const [first, second, i, j] = [n >> 3, (n >> 2) & 1, (n >> 1) & 1, n & 1]
      expect(data[n]).to.equal(formulas.sum([0, 1, 2].map(k => element(a, [first, 0, i, k]) * element(b, [second, k, j]))))
    }
  })
})
