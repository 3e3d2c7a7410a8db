/** One picture of `digitScenes`. */
import type { MnistData } from '../mnist-files.js'
import { Draws } from './draws.js'
import type { Canvas, MadePart } from './made-set.js'

/** What holds for all scenes of a set. */
export interface DigitScene {
  readonly size: number
  readonly digits: MnistData
  readonly seed: number
}

/** From this brightness on a pixel belongs to a digit. */
const ink = 128

/** The sides of a digit's frame, as shares of the scene's side. */
const sides = { least: 0.3, most: 0.6 }

/** Draws 1 to 4 digits of the part, one after the other; pixels are the brighter of what is there and what is drawn. */
export function drawDigits({ image, mask }: Canvas, { size, digits, seed }: DigitScene, part: MadePart, number: number): void {
  const draws = new Draws(seed, 'digitScenes', part, number)
  const { images, labels, trainLength } = digits
  const [first, last] = part === 'train' ? [0, trainLength - 1] : [trainLength, images.length - 1]
  const count = draws.integer(1, 4)
  for (let drawn = 0; drawn < count; drawn++) {
    const digit = draws.integer(first, last)
    const side = draws.integer(Math.ceil(size * sides.least), Math.floor(size * sides.most))
    const [top, left] = [draws.integer(0, size - side), draws.integer(0, size - side)]
    const brightness = scaledTo(side, images.item(digit).data, images.shape[1]!, images.shape[2]!)
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const pixel = (top + y) * size + left + x
        const value = brightness(y, x)
        image[pixel] = Math.max(image[pixel]!, value)
        if (value >= ink) mask[pixel] = labels.data[digit]! + 1
      }
    }
  }
}

/** Returns the pixels of an image scaled to a square: bilinear, between the centres of the pixels, 0 outside. */
function scaledTo(side: number, data: ArrayLike<number>, height: number, width: number): (y: number, x: number) => number {
  const at = (y: number, x: number) => (y < 0 || x < 0 || y >= height || x >= width ? 0 : data[y * width + x]!)
  return (row, column) => {
    const y = ((row + 0.5) * height) / side - 0.5
    const x = ((column + 0.5) * width) / side - 0.5
    const [y0, x0] = [Math.floor(y), Math.floor(x)]
    const [dy, dx] = [y - y0, x - x0]
    const above = at(y0, x0) * (1 - dx) + at(y0, x0 + 1) * dx
    const below = at(y0 + 1, x0) * (1 - dx) + at(y0 + 1, x0 + 1) * dx
    return Math.round(above * (1 - dy) + below * dy)
  }
}
