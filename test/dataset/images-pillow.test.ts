/** Actions on images against what Pillow makes of the same image: `fixtures/pillow.py`. */
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { blur } from '../../src/dataset/images/blur.js'
import { ImagesBatch } from '../../src/dataset/images/images-batch.js'
import { NdArray } from '../../src/util/nd-array.js'

interface Picture {
  readonly shape: readonly number[]
  readonly data: readonly number[]
}
interface Case {
  readonly action: keyof typeof ImagesBatch.actions
  readonly options: Readonly<Record<string, unknown>>
  readonly color: Picture
  readonly gray: Picture
}
const fixture = JSON.parse(readFileSync(new URL('./fixtures/pillow.json', import.meta.url), 'utf8')) as {
  color: Picture
  gray: Picture
  cases: readonly Case[]
  blur: { sigma: number; data: readonly number[] }
}

async function apply({ action, options }: Case, { shape, data }: Picture, dtype: 'uint8' | 'float32'): Promise<NdArray> {
  const images = new NdArray(dtype === 'uint8' ? Uint8Array.from(data) : Float32Array.from(data), [1, ...shape])
  const batch = ImagesBatch.fromData({ images })
  await ImagesBatch.actions[action].apply(batch, options as never, { seed: 0 })
  return batch.images.item(0)
}

const largest = (a: ArrayLike<number>, b: ArrayLike<number>) => Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)))

describe('actions on images, as Pillow does them', () => {
  for (const row of fixture.cases) {
    it(`${row.action} ${JSON.stringify(row.options)}`, async () => {
      const gray = await apply(row, fixture.gray, 'float32')
      const color = await apply(row, fixture.color, 'uint8')
      expect([gray.shape, color.shape]).to.deep.equal([row.gray.shape, row.color.shape])
      expect(largest(gray.data, row.gray.data), 'float32').to.be.below(2e-4)
      // Pillow rounds between the passes of a resize, and cuts the fraction off in a rotation.
      expect(largest(color.data, row.color.data), 'uint8').to.be.at.most(1)
    })
  }
  it('a Gaussian, as scipy does it', () => {
    const [height, width] = fixture.gray.shape as [number, number]
    const smooth = blur(Float64Array.from(fixture.gray.data), height, width, fixture.blur.sigma)
    expect(largest(smooth, fixture.blur.data)).to.be.below(1e-6)
  })
})
