import { number, option, options } from '../../../options/index.js'
import { sameShape } from '../../../pipeline/description/component-facts.js'
import type { NdArray } from '../../../util/nd-array.js'
import { itemAction } from '../../items/item-action.js'
import { grayOf } from '../colors.js'
import { type Image, rangeOf, toRange } from '../image.js'
import { convolve, kernels } from '../kernels.js'
import { copyImage } from '../result.js'

const factor = number({ min: 0 })

/** What an image is blended with: 0 leaves that, 1 the image, and more goes beyond. */
const degenerates = {
  color: (image: Image) => {
    const gray = image.channels > 2 ? grayOf(image) : undefined
    return (i: number) => (gray ? gray[Math.floor(i / image.channels)]! : image.data[i]!)
  },
  contrast: (image: Image) => {
    const gray = grayOf(image)
    let sum = 0
    for (let i = 0; i < gray.length; i++) sum += gray[i]!
    const mean = rangeOf(image.dtype).whole ? Math.floor(sum / gray.length + 0.5) : sum / gray.length
    return () => mean
  },
  brightness: () => () => 0,
  sharpness: (image: Image) => {
    const smooth: Image = { ...image, data: image.data.slice() }
    convolve(image, smooth, kernels.SMOOTH)
    return (i: number) => smooth.data[i]!
  },
} as const satisfies Readonly<Record<string, (image: Image) => (i: number) => number>>

/**
 * Makes images more or less colourful, rich in contrast, bright, sharp, in this order. Of each, 0 leaves nothing, 1 the image as it is, and
 * more goes beyond. Opacity stays. Bytes are those of Pillow's `ImageEnhance`, which drops fractions.
 *
 * @example
 * pipeline.enhance({ contrast: 1.5, brightness: P(R('uniform', 0.8, 1.2)), p: 0.5 })
 *
 * BatchFlow: `ImagesBatch.enhance`, with letters in `layout` and a list in `factor`.
 */
export const enhance = itemAction({
  summary: 'Changes the colour, contrast, brightness and sharpness of images.',
  options: options({
    color: option('how colourful: 0 is grey', factor, { default: 1 }),
    contrast: option('how far from the mean brightness: 0 is a grey area', factor, { default: 1 }),
    brightness: option('what values are multiplied by: 0 is black', factor, { default: 1 }),
    sharpness: option('how sharp: 0 is blurred', factor, { default: 1 }),
  }),
  shape: sameShape,
  parallel: { module: import.meta.url, export: 'enhance' },
  apply(item: NdArray, factors, context) {
    const { array, image } = copyImage(item, context)
    for (const [name, degenerate] of Object.entries(degenerates)) {
      const by = factors[name as keyof typeof degenerates]
      if (by !== 1) blend(image, degenerate(image), by)
    }
    return array
  },
})

/** Blends an image with another one; fractions of bytes are dropped, as Pillow drops them. */
function blend({ data, dtype, channels }: Image, other: (i: number) => number, by: number): void {
  const range = rangeOf(dtype)
  const hasAlpha = channels === 2 || channels === 4
  const single = Math.fround(by)
  for (let i = 0; i < data.length; i++) {
    if (hasAlpha && i % channels === channels - 1) continue
    const base = other(i)
    if (dtype !== 'uint8') data[i] = toRange(base + by * (data[i]! - base), range)
    else data[i] = Math.min(255, Math.max(0, Math.trunc(Math.fround(base + Math.fround(single * (data[i]! - base))))))
  }
}
