import { expect } from 'chai'
import {
  B,
  C,
  component,
  Dataset,
  defineBatch,
  type Expression,
  F,
  IF,
  ImagesBatch,
  L,
  NdArray,
  P,
  PerItem,
  R,
  V,
} from '../../../src/index.js'

const Weights = defineBatch({ name: 'Weights', components: { w: component.array('a number per item') } })

const listed = (value: unknown): unknown => (value instanceof NdArray ? [value.dtype, value.toNested()] : value)

/** The value of an expression for a batch of ids 0, 1 with the variable `t` and the config entry `t`. */
async function valueOf(expression: unknown, t: unknown = Float32Array.of(1, 2)): Promise<unknown> {
  const p = new Dataset(2, Weights, { preloaded: { w: Int32Array.of(5, 7) } }).p
    .initVariable('t', { default: t })
    .initVariable('x')
    .setConfig({ t })
    .update(V('x'), expression as Expression)
  await p.nextBatch(2)
  return p.v('x')
}

describe('typed arrays in expressions are arrays of one axis', () => {
  const t = V('t')
  const cases: readonly (readonly [string, unknown, unknown])[] = [
    ['a variable', t.mul(2), ['float32', [2, 4]]],
    ['an entry of the config', C('t').sub(1), ['float32', [0, 1]]],
    ['a function', F(() => Int16Array.of(1, 2))().mul(2), ['int32', [2, 4]]],
    ['a function and the ids', F((n: number) => new Int32Array(n).fill(3))(B('size')).add(B('indices')), ['int32', [3, 4]]],
    ['a component', B('w').add(Float64Array.of(0.5, 1)), ['float64', [5.5, 8]]],
    ['a random value', R('uniform', 0, 1, { size: Uint8Array.of(2) as never }).mul(Float32Array.of(0, 0)), ['float32', [0, 0]]],
    ['one as the other operand', V('t').add(Uint8Array.of(10, 20)), ['float32', [11, 22]]],
    ['one before a list', t.add([1, 1]), ['float32', [2, 3]]],
    ['one and an array of rows: broadcast', t.add(NdArray.from([[1, 1], [2, 2]], 'int32')), ['float32', [[2, 3], [3, 4]]]], // biome-ignore format: a matrix
    ['reversed', t.rsub(1), ['float32', [0, -1]]],
    ['one operand', [t.neg(), t.abs()].map(e => e.call('toNested')), [[-1, -2], [1, 2]]], // biome-ignore format: one line
    ['a comparison is 0 and 1', t.gt(1), ['uint8', [0, 1]]],
    ['equal items', t.eq(Float32Array.of(1, 5)), ['uint8', [1, 0]]],
    ['a matrix product of two vectors', t.matmul(Float32Array.of(3, 4)), 11],
    ['a condition of one element', IF(F(() => Uint8Array.of(0))(), 'yes', 'no'), 'no'],
    ['as a string', t.str(), '[1,2]'],
    ['items at typed positions', C('t').at(Uint32Array.of(1, 0)), [2, 1]],
    ['what only an array has', [t.call('sum'), t.call('mean'), t.attr('shape')], [3, 1.5, [2]]],
    ['what only an array has, of a list', [B('indices').call('sum'), B('indices').call('max')], [1, 1]],
    ['in a list beside others, item by item', F(() => [Int32Array.of(1, 2), 3])().mul(2).call('map', listed), [['int32', [2, 4]], 6]], // biome-ignore format: one line
  ]
  for (const [name, expression, expected] of cases) {
    it(name, async () => expect(listed(await valueOf(expression))).to.deep.equal(expected))
  }

  const kinds = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array]
  for (const Kind of kinds) {
    it(`${Kind.name}: integers stay integers`, async () => {
      const dtype = { Float32Array: 'float32', Float64Array: 'float64' }[Kind.name] ?? 'int32'
      expect(listed(await valueOf(t.mul(2), Kind.of(1, 2)))).to.deep.equal([dtype, [2, 4]])
    })
  }

  it('64-bit integers are float64, and those without an exact float64 are refused', async () => {
    expect(listed(await valueOf(t.add(1), BigInt64Array.of(1n, -2n)))).to.deep.equal(['float64', [2, -1]])
    await valueOf(t.add(1), BigUint64Array.of(2n ** 53n)).then(
      () => expect.fail(),
      ({ code, message }) => expect(`${code} ${message}`).to.match(/^expression-failed .*9007199254740992/s),
    )
  })

  it('a value per item may be one', async () => {
    const read = (await valueOf(P(Float32Array.of(3, 4) as never).mul(2))) as PerItem
    expect([read instanceof PerItem, read.at(0), read.at(1)]).to.deep.equal([true, 6, 8])
    expect(await valueOf(L('w').add(1))).to.deep.equal([6, 8])
  })

  it('shapes that do not match are named', async () => {
    await valueOf(t.add(Float32Array.of(1, 2, 3))).then(
      () => expect.fail(),
      ({ message }) => expect(message).to.match(/shapes \[2\] and \[3\] do not match/),
    )
  })
})

describe('typed arrays as options of actions', () => {
  it('are lists of numbers', async () => {
    const images = NdArray.from([[[[10, 20, 30]]]], 'uint8')
    const p = new Dataset(1, ImagesBatch, { preloaded: { images } }).p
      .initVariable('means', { default: Float32Array.of(10, 10, 10) })
      .normalize({ mean: V('means'), std: F(() => Uint8Array.of(10, 10, 10))() })
    expect((await p.nextBatch(1)).images.toNested()).to.deep.equal([[[[0, 1, 2]]]])
  })
})
