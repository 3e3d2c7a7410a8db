/** Colours of images: brightness, and the colour spaces of Pillow. */
import { fail } from '../../errors/index.js'
import { type Image, rangeOf, toRange, whiteOf } from './image.js'

/** The brightness of a colour by ITU-R 601; of bytes in Pillow's fixed point. */
export function luminance(red: number, green: number, blue: number, isByte: boolean): number {
  const sum = red * 19_595 + green * 38_470 + blue * 7_471
  return isByte ? (sum + 32_768) >> 16 : sum / 65_536
}

/** The brightness of each pixel of an image of 1, 2, 3 or 4 channels. */
export function grayOf(image: Image): ArrayLike<number> {
  const { data, channels, dtype, height, width } = image
  if (channels === 1) return data
  requireColors(image)
  const range = rangeOf(dtype)
  return Float64Array.from({ length: height * width }, (_, pixel) => {
    const i = pixel * channels
    return channels === 2 ? data[i]! : toRange(luminance(data[i]!, data[i + 1]!, data[i + 2]!, dtype === 'uint8'), range)
  })
}

/** @throws MillraceError `wrong-value` for images that are neither grey nor coloured */
export function requireColors({ channels }: Image): void {
  if (channels > 4)
    fail('wrong-value', {
      name: 'the item',
      seen: `${channels} channels`,
      allowed: 'an image of 1 (L), 2 (LA), 3 (RGB) or 4 (RGBA) channels',
    })
}

/** Converts a pixel [red, green, blue]; `isByte` of bytes, whose arithmetic is Pillow's. */
type Convert = (red: number, green: number, blue: number, isByte: boolean) => readonly number[]

const byte = (value: number) => Math.min(255, Math.max(0, Math.trunc(value)))

const toYCbCr: Convert = (r, g, b, isByte) => {
  const middle = isByte ? 128 : 0.5
  return [
    0.299 * r + 0.587 * g + 0.114 * b,
    -0.168_74 * r - 0.331_26 * g + 0.5 * b + middle,
    0.5 * r - 0.418_69 * g - 0.081_31 * b + middle,
  ]
}

const toHsv: Convert = (r, g, b, isByte) => {
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)]
  if (most === least) return [0, 0, most]
  const float = isByte ? Math.fround : (value: number) => value
  const spread = float(most - least)
  const [fromRed, fromGreen, fromBlue] = [r, g, b].map(value => float((most - value) / spread)) as [number, number, number]
  const sector = r === most ? fromBlue - fromGreen : g === most ? 2 + fromRed - fromBlue : 4 + fromGreen - fromRed
  const hue = float((float(sector) / 6 + 1) % 1)
  const saturation = float(spread / most)
  return isByte ? [byte(hue * 255), byte(saturation * 255), most] : [hue, saturation, most]
}

/** What a colour image may be converted to, with the number of channels. */
const spaces = { YCbCr: { convert: toYCbCr }, HSV: { convert: toHsv } } as const
const layouts = { L: 1, LA: 2, RGB: 3, RGBA: 4, YCbCr: 3, HSV: 3 } as const

export const colorModes = Object.keys(layouts) as readonly (keyof typeof layouts)[]
export type ColorMode = (typeof colorModes)[number]

export const channelsOf = (mode: ColorMode): number => layouts[mode]

/** Fills `to`, an image of the mode's channels, with the content of an image of 1 (L), 2 (LA), 3 (RGB) or 4 (RGBA) channels. */
export function convertColors(from: Image, to: Image, mode: ColorMode): void {
  requireColors(from)
  const { data, channels, dtype } = from
  const isByte = dtype === 'uint8'
  const range = rangeOf(dtype)
  const hasAlpha = channels === 2 || channels === 4
  const space = mode === 'YCbCr' || mode === 'HSV' ? spaces[mode] : undefined
  if (space && range.whole && !isByte)
    fail('wrong-value', { name: 'the item', seen: `an image of ${dtype}`, allowed: `an image of uint8 or of floats, for ${mode}` })
  const gray = channels < 3 || mode === 'L' || mode === 'LA' ? grayOf(from) : []
  const count = to.channels
  for (let pixel = 0; pixel < from.height * from.width; pixel++) {
    const i = pixel * channels
    const colors = channels < 3 ? [gray[pixel]!, gray[pixel]!, gray[pixel]!] : [data[i]!, data[i + 1]!, data[i + 2]!]
    const alpha = hasAlpha ? data[i + channels - 1]! : whiteOf(dtype)
    const [r, g, b] = colors as [number, number, number]
    const kept = space ? space.convert(r, g, b, isByte) : count < 3 ? [gray[pixel]!, alpha] : [r, g, b, alpha]
    for (let c = 0; c < count; c++) to.data[pixel * count + c] = toRange(kept[c]!, range)
  }
}
