import { expect } from 'chai'
import fc from 'fast-check'
import { allocate, type DType, dtypeOf, dtypes, NdArray } from '../../src/util/nd-array.js'

const grid = () =>
  new NdArray(
    Uint8Array.from({ length: 12 }, (_, i) => i),
    [3, 2, 2],
  )

describe('NdArray', () => {
  it('knows its dtype, length and item size', () => {
    const array = grid()
    expect([array.dtype, array.length, array.itemSize]).to.deep.equal(['uint8', 3, 4])
    for (const dtype of dtypes) expect(dtypeOf(allocate(dtype, 2))).to.equal(dtype)
    expect(dtypeOf(Buffer.alloc(1))).to.equal('uint8')
    expect(() => dtypeOf(new BigInt64Array(1) as never)).to.throw(TypeError)
  })

  describe('refuses shapes that do not fit', () => {
    for (const shape of [[5], [2, 3, 3], [-2, -3, 2], [1.5, 8], [Number.NaN], [3, 2, 2, 0]]) {
      it(`[${shape}] for 12 elements`, () => expect(() => new NdArray(new Uint8Array(12), shape)).to.throw(RangeError))
    }
  })

  it('item and slice are views', () => {
    const array = grid()
    const item = array.item(1)
    expect([item.shape, [...item.data]]).to.deep.equal([
      [2, 2],
      [4, 5, 6, 7],
    ])
    item.data[0] = 99
    expect(array.data[4]).to.equal(99)
    const slice = array.slice(1)
    expect([slice.shape, slice.data[0]]).to.deep.equal([[2, 2, 2], 99])
    expect(array.slice(3, 3).shape).to.deep.equal([0, 2, 2])
  })

  it('take copies items in the order asked for, also twice', () => {
    const array = grid()
    const taken = array.take([2, 0, 2])
    expect([taken.shape, [...taken.data]]).to.deep.equal([
      [3, 2, 2],
      [8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11],
    ])
    taken.data.fill(0)
    expect(array.data[8]).to.equal(8)
    expect([...new NdArray(Uint8Array.of(5, 6, 7), [3]).take(Uint32Array.of(2, 0)).data]).to.deep.equal([7, 5])
    expect(array.take([]).shape).to.deep.equal([0, 2, 2])
  })

  describe('refuses positions that do not exist', () => {
    for (const position of [-1, 3, 1.5, Number.NaN]) {
      it(`${position} of 3`, () => {
        expect(() => grid().item(position)).to.throw(RangeError)
        expect(() => grid().take([0, position])).to.throw(RangeError)
        expect(() => grid().slice(position, 4)).to.throw(RangeError)
        expect(() => new NdArray(new Uint8Array(3), [3]).take([position])).to.throw(RangeError)
      })
    }
    it('a slice that ends before it starts', () => expect(() => grid().slice(2, 1)).to.throw(RangeError))
  })

  describe('from', () => {
    it('takes nested lists, typed arrays, booleans and scalars', () => {
      expect(
        NdArray.from([
          [1, 2],
          [3, 4],
          [5, 6],
        ]).shape,
      ).to.deep.equal([3, 2])
      expect(NdArray.from([Uint8Array.of(1, 2), Uint8Array.of(3, 4)], 'int32').toNested()).to.deep.equal([
        [1, 2],
        [3, 4],
      ])
      expect(NdArray.from([true, false], 'uint8').toNested()).to.deep.equal([1, 0])
      expect([NdArray.from(7).shape, NdArray.from(7).toNested()]).to.deep.equal([[], 7])
      expect(NdArray.from([]).shape).to.deep.equal([0])
    })
    for (const [name, values] of Object.entries({
      'uneven lists': [[1, 2], [3]],
      'uneven lists of the right sum': [[1], [2, 3], []],
      'a number among lists': [[1], 2],
      'a list among numbers': [1, [2]],
      strings: ['1'],
      null: [null],
      undefined: [undefined],
    })) {
      it(`refuses ${name}`, () => expect(() => NdArray.from(values)).to.throw(RangeError))
    }
  })

  it('cast copies, scales, and truncates to integer types', () => {
    const array = new NdArray(Uint8Array.of(0, 51, 255), [3])
    expect(array.cast('float64', 1 / 255).toNested()).to.deep.equal([0, 0.2, 1])
    expect(new NdArray(Float32Array.of(1.9, -1.9, 256), [3]).cast('uint8').toNested()).to.deep.equal([1, 255, 0])
    const same = array.cast('uint8')
    same.data[0] = 9
    expect(array.data[0]).to.equal(0)
  })

  it('toNested is the way back of from', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom<DType>(...dtypes),
        (shape, dtype) => {
          const array = NdArray.zeros(shape, dtype)
          for (let i = 0; i < array.data.length; i++) array.data[i] = i
          const back = NdArray.from(array.toNested(), dtype)
          expect([...back.data]).to.deep.equal([...array.data])
          if (!shape.includes(0)) expect(back.shape).to.deep.equal(shape)
        },
      ),
    )
  })

  it('take of all positions is the array; take of take is take of the composition', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 8 }), fc.array(fc.nat(7), { maxLength: 8 }), (first, second) => {
        fc.pre(first.length > 0)
        const picks = second.map(i => i % first.length)
        const twice = grid().take(first).take(picks)
        const once = grid().take(picks.map(i => first[i]!))
        expect([...twice.data]).to.deep.equal([...once.data])
      }),
    )
  })
})
