import { expect } from 'chai'
import fc from 'fast-check'
import { MillraceError } from '../../../../../src/errors/index.js'
import { decode } from '../../../../../src/pipeline/run/session/state/decode.js'
import { encode } from '../../../../../src/pipeline/run/session/state/encode.js'
import { PerItem } from '../../../../../src/pipeline/run/values/per-item.js'
import { allocate, type DType, dtypes, NdArray } from '../../../../../src/util/nd-array.js'

/** By way of a file: text and bytes at an odd address. */
function again(value: unknown, live: Readonly<Record<string, unknown>> = {}): any {
  const { json, bytes } = encode('variable x', value, live)
  const file = Buffer.alloc(bytes.length + 1)
  file.set(bytes, 1)
  return decode({ json: JSON.parse(JSON.stringify(json)), bytes: file.subarray(1) }, live)
}

function refusal(value: unknown): MillraceError {
  try {
    encode('variable x', value)
  } catch (error) {
    if (error instanceof MillraceError) return error
  }
  return expect.fail('it should have been refused')
}

describe('saved values', () => {
  const values: Readonly<Record<string, unknown>> = {
    'numbers without a word in JSON': [Number.NaN, Infinity, -Infinity, -0, 0, 5e-324, 0.1 + 0.2, 2 ** 53],
    'nothing, of both kinds': [null, undefined, { a: undefined }],
    bigints: [0n, -(2n ** 70n)],
    texts: ['', 'ä\u2028"\\', '\ud800'],
    'keys that mean something here': { $: 'number', of: 1, nested: { $: { $: 2 } } },
    maps: new Map<unknown, unknown>([
      ['a', new Set([1, -0])],
      [{ b: 1 }, new Date(0)],
    ]),
    'lists in lists': [[[]], [{}], [[1, [2, [3]]]]],
    'values for each item': [new PerItem([1, 2]), new PerItem(NdArray.from([1, 2]))],
    'memory of every kind': [
      Uint8Array.of(1),
      Uint8ClampedArray.of(255),
      Float64Array.of(-0, Number.NaN, 1 / 3),
      Buffer.from('a text'),
      BigInt64Array.of(-1n),
      new Float32Array(0),
    ],
  }
  for (const [what, value] of Object.entries(values)) {
    it(`${what} are the same again`, () => {
      expect(again(value)).to.deep.equal(value)
    })
  }

  for (const dtype of dtypes) {
    it(`arrays of ${dtype} are the same to the last bit, views too`, () => {
      const bits = Uint8Array.from({ length: 96 }, (_, i) => (i * 37 + 11) % 256)
      const data = allocate(dtype as DType, 96 / allocate(dtype, 0).BYTES_PER_ELEMENT)
      new Uint8Array(data.buffer).set(bits)
      const whole = new NdArray(data, [2, data.length / 2])
      const { view, rest } = again({ view: whole.item(1), rest: whole })
      expect([rest.dtype, rest.shape]).to.deep.equal([dtype, whole.shape])
      expect(new Uint8Array(rest.data.buffer)).to.deep.equal(bits)
      expect(Buffer.from(view.data.buffer)).to.deep.equal(Buffer.from(bits.slice(48)))
    })
  }

  it('what is held in two places is one thing again', () => {
    const list: unknown[] = [1]
    const data = Float32Array.of(1, 2)
    const read = again({
      a: list,
      b: { list },
      one: new NdArray(data, [2]),
      other: new NdArray(data, [1, 2]),
      map: new Map([[list, data]]),
    })
    expect(read.a).to.equal(read.b.list)
    expect(read.one.data).to.equal(read.other.data)
    expect(read.map.get(read.a)).to.equal(read.one.data)
    const circle: unknown[] = []
    circle.push(circle)
    const round = again(circle)
    expect(round[0]).to.equal(round)
  })

  it('keys cannot reach into a prototype', () => {
    const read = again(JSON.parse('{"__proto__": {"polluted": true}}'))
    expect(Object.keys(read)).to.deep.equal(['__proto__'])
    expect(({} as { polluted?: boolean }).polluted).to.equal(undefined)
  })

  it('live things are called by their names', () => {
    const live = { 'loss#1': () => 1, other: new (class Thing {})() }
    expect(again([live['loss#1'], live.other, live['loss#1']], live)).to.deep.equal([live['loss#1'], live.other, live['loss#1']])
  })

  class Tensor {}
  const refused: Readonly<Record<string, readonly [value: unknown, path: string, seen: string]>> = {
    'a function': [{ a: [1, () => 1] }, 'a[1]', 'a function'],
    'an object of a class': [new Tensor(), '', 'a Tensor'],
    'a symbol': [[Symbol('x')], '[0]', 'a symbol'],
    'a map that contains itself': [new Map().set('self', 0), '', ''],
  }
  for (const [what, [value, path, seen]] of Object.entries(refused)) {
    it(`${what} is refused, with its place`, () => {
      if (value instanceof Map) value.set('self', value)
      const error = refusal(value)
      expect(error.code).to.equal('value-not-saved')
      expect(error.message).to.include('variable x')
      if (path) expect(error.message).to.include(`at ${path}`)
      expect(error.message).to.include(seen)
    })
  }

  it('any plain data is the same again', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: false,
      withNullPrototype: false,
    })
    fc.assert(
      fc.property(anything, value => {
        expect(again(value)).to.deep.equal(value)
      }),
      { numRuns: 300 },
    )
  })

  it('parts that do not fit together are an error, not a wrong value', () => {
    const { json, bytes } = encode('x', [Float32Array.of(1, 2), new Map()])
    expect(() => decode({ json, bytes: bytes.subarray(0, 4) })).to.throw('missing')
    for (const wrong of [
      { $: 'Nothing', of: 1 },
      { $: 'met', of: 3 },
      { $: 'live', of: 'gone' },
    ])
      expect(() => decode({ json: wrong, bytes })).to.throw('missing or unknown')
  })
})
