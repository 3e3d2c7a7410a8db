import { Ajv } from 'ajv'
import { expect } from 'chai'
import { ImagesBatch } from '../../src/dataset/index.js'
import { NdArray } from '../../src/util/nd-array.js'
import { errorOf } from './error-of.js'

const { normalize, toArray } = ImagesBatch.actions
const context = { seed: 0 }
const gray = () => ImagesBatch.fromData({ images: new NdArray(Uint8Array.of(0, 51, 102, 255), [2, 2, 1, 1]), labels: [3, 4] })
const colour = () => ImagesBatch.fromData({ images: new NdArray(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), [1, 2, 2, 2]) })
const rounded = (array: NdArray) => Array.from(array.data, value => Math.round(value * 1e4) / 1e4)

describe('normalize', () => {
  const rows = [
    ['divides by scale', gray, { scale: 255 }, [0, 0.2, 0.4, 1]],
    ['makes float32 of what it gets', gray, {}, [0, 51, 102, 255]],
    ['subtracts mean and divides by std', gray, { scale: 51, mean: 1, std: 2 }, [-0.5, 0, 0.5, 2]],
    ['by channel', colour, { mean: [1, 2], std: [1, 2] }, [0, 0, 2, 1, 4, 2, 6, 3]],
    ['one number in a list for all channels', colour, { mean: [1] }, [0, 1, 2, 3, 4, 5, 6, 7]],
  ] as const
  for (const [what, make, options, expected] of rows) {
    it(what, () => {
      const batch = make()
      const { shape } = batch.images
      normalize.apply(batch, options, context)
      expect([batch.images.dtype, batch.images.shape, rounded(batch.images)]).to.deep.equal(['float32', shape, expected])
    })
  }

  it('src and dst: writes another component and leaves the source', () => {
    const batch = gray()
    normalize.apply(batch, { src: 'labels', dst: 'scaled', scale: 2 }, context)
    expect([(batch.get('scaled') as NdArray).toNested(), batch.labels.dtype, batch.images.dtype]).to.deep.equal([
      [1.5, 2],
      'int32',
      'uint8',
    ])
  })

  describe('refuses', () => {
    for (const [what, options, code, words] of [
      ['a misspelt component', { src: 'imagse' }, 'unknown-name', /Did you mean images\?/],
      ['scale 0', { scale: 0 }, 'wrong-value', /scale/],
      ['scale NaN', { scale: Number.NaN }, 'wrong-value', /NaN/],
      ['std 0', { std: 0 }, 'wrong-value', /std/],
      ['means that do not fit the channels', { mean: [1, 2, 3] }, 'wrong-value', /mean.*list of 1/],
      ['mean as text', { mean: '1' }, 'wrong-value', /mean/],
    ] as const) {
      it(what, () => {
        const error = errorOf(() => normalize.apply(gray(), options as never, context))
        expect([error.code, words.test(error.message)], error.message).to.deep.equal([code, true])
      })
    }
  })
})

describe('toArray', () => {
  it('makes float32 and keeps the values', () => {
    const batch = gray()
    toArray.apply(batch, {}, context)
    expect([batch.images.dtype, batch.images.shape, rounded(batch.images)]).to.deep.equal(['float32', [2, 2, 1, 1], [0, 51, 102, 255]])
  })
  it('adds a channel axis where there is none', () => {
    const batch = ImagesBatch.fromData({ images: new NdArray(new Uint8Array(12), [3, 2, 2]) })
    toArray.apply(batch, { dtype: 'int32' }, context)
    expect([batch.images.dtype, batch.images.shape]).to.deep.equal(['int32', [3, 2, 2, 1]])
  })
  it('moves the channels to the front', () => {
    const batch = colour()
    toArray.apply(batch, { channels: 'first' }, context)
    expect([batch.images.shape, rounded(batch.images)]).to.deep.equal([
      [1, 2, 2, 2],
      [1, 3, 5, 7, 2, 4, 6, 8],
    ])
  })
  it('refuses other words', () => {
    expect(errorOf(() => toArray.apply(gray(), { dtype: 'float16' as never }, context)).message).to.match(/dtype.*"float16".*float32/)
    expect(errorOf(() => toArray.apply(gray(), { channels: 'middle' as never }, context)).message).to.match(/last or first/)
  })
})

describe('every action of ImagesBatch', () => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true })
  for (const [name, { summary, schema }] of Object.entries(ImagesBatch.actions)) {
    it(`${name} has a summary and a closed schema that takes its defaults`, () => {
      const validate = ajv.compile({ ...schema, required: [] })
      const defaults = Object.entries(schema.properties as Record<string, { default?: unknown }>).flatMap(([key, row]) =>
        row.default === undefined ? [] : [[key, row.default]],
      )
      expect(summary).to.match(/^[A-Z].*\.$/)
      expect([validate({}), validate(Object.fromEntries(defaults)), validate({ nonsense: 1 })]).to.deep.equal([true, true, false])
    })
  }
  it('the schema of normalize refuses what the action refuses', () => {
    const validate = ajv.compile(normalize.schema)
    for (const options of [{ scale: 0 }, { std: 0 }, { std: [1, 0] }, { mean: '1' }, { mean: [] }, { src: 1 }]) {
      expect(validate(options), JSON.stringify(options)).to.equal(false)
    }
  })
})
