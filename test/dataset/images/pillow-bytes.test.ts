/** Actions on images against the bytes that Pillow makes of the same image: `fixtures/pillow-bytes.py`. */
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { ImagesBatch } from '../../../src/dataset/images/images-batch.js'
import { NdArray } from '../../../src/util/nd-array.js'

interface Picture {
  readonly shape: readonly number[]
  readonly data: readonly number[]
}
interface Case extends Picture {
  readonly action: keyof typeof ImagesBatch.actions
  readonly options: Readonly<Record<string, unknown>>
  readonly image: string
}
const fixture = JSON.parse(readFileSync(new URL('../fixtures/pillow-bytes.json', import.meta.url), 'utf8')) as {
  readonly images: Readonly<Record<string, Picture>>
  readonly cases: readonly Case[]
  readonly floats: Picture & { readonly cases: readonly Case[] }
}

async function apply({ action, options }: Case, item: NdArray): Promise<NdArray> {
  const batch = ImagesBatch.fromData({ images: item.reshape([1, ...item.shape]) })
  await ImagesBatch.actions[action].apply(batch, options as never, { seed: 0 })
  return batch.images.item(0)
}

/** Pillow has no channel axis where there is one channel. */
const sidesOf = (shape: readonly number[]) => (shape[2] === 1 ? shape.slice(0, 2) : shape)
const largest = (a: ArrayLike<number>, b: ArrayLike<number>) => Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)))

describe('actions on images, byte by byte as Pillow does them', () => {
  const nameOf = ({ action, options }: Case) => `${action} ${JSON.stringify(options)}`
  for (const name of new Set(fixture.cases.map(nameOf))) {
    const cases = fixture.cases.filter(one => nameOf(one) === name)
    it(name, async () => {
      for (const one of cases) {
        const { shape, data } = fixture.images[one.image]!
        const result = await apply(one, new NdArray(Uint8Array.from(data), shape))
        expect(sidesOf(result.shape), one.image).to.deep.equal(one.shape)
        // Between pixels, and of YCbCr, Pillow drops fractions, which are rounded here.
        const isRounded = ['bilinear', 'bicubic'].includes(one.options.resample as string) || one.options.mode === 'YCbCr'
        expect(largest(result.data, one.data), one.image).to.be.at.most(isRounded ? 1 : 0)
      }
    })
  }

  it('a bicubic turn of floats', async () => {
    const { shape, data, cases } = fixture.floats
    for (const one of cases) {
      const result = await apply(one, new NdArray(Float32Array.from(data), shape))
      expect(largest(result.data, one.data)).to.be.below(2e-5)
    }
  })
})
