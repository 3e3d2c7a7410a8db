/** One picture of `shapes`. */
import { Draws } from './draws.js'
import type { Canvas, MadePart } from './made-set.js'

export const shapeKinds = ['disc', 'square', 'triangle', 'ring'] as const

/** What can be drawn. */
export type ShapeKind = (typeof shapeKinds)[number]

/** What holds for all pictures of a set. */
export interface ShapeScene {
  readonly size: number
  readonly kinds: readonly ShapeKind[]
  readonly noise: number
  readonly seed: number
}

/** True if a point is inside a shape of radius 1 around 0, upright. */
const contains: Readonly<Record<ShapeKind, (x: number, y: number) => boolean>> = {
  disc: (x, y) => x * x + y * y <= 1,
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) <= Math.SQRT1_2,
  triangle: (x, y) => y >= -0.5 && Math.sqrt(3) * Math.abs(x) <= 1 - y,
  ring: (x, y) => x * x + y * y <= 1 && x * x + y * y >= 0.3,
}

/** The least distance of a shape's colour from the background, added up over the channels. */
const contrast = 120

/** Draws the background, the shapes, and noise over both. */
export function drawShapes({ image, mask }: Canvas, { size, kinds, noise, seed }: ShapeScene, part: MadePart, number: number): void {
  const draws = new Draws(seed, 'shapes', part, number)
  const background = [0, 1, 2].map(() => draws.integer(80, 175))
  for (let i = 0; i < image.length; i++) image[i] = background[i % 3]!
  const count = draws.integer(1, 4)
  for (let shape = 0; shape < count; shape++) {
    const kind = draws.integer(0, kinds.length - 1)
    const color = colorOn(background, draws)
    const isInside = placedShape(kinds[kind]!, size, draws)
    for (let pixel = 0; pixel < mask.length; pixel++) {
      if (!isInside((pixel % size) + 0.5, Math.floor(pixel / size) + 0.5)) continue
      mask[pixel] = kind + 1
      image.set(color, pixel * 3)
    }
  }
  for (let i = 0; i < image.length; i++) image[i] = clamped(image[i]! + noise * 255 * draws.bell())
}

/** A colour that differs from the background; one that is too close is replaced by the one opposite in each channel. */
function colorOn(background: readonly number[], draws: Draws): readonly number[] {
  const color = background.map(() => draws.integer(0, 255))
  const distance = color.reduce((sum, value, c) => sum + Math.abs(value - background[c]!), 0)
  return distance >= contrast ? color : color.map(value => (value + 128) % 256)
}

/** Draws size, place and direction of a shape, whole within the picture; returns what is inside. */
function placedShape(kind: ShapeKind, size: number, draws: Draws): (x: number, y: number) => boolean {
  const radius = draws.uniform(size / 8, size / 4)
  const [x0, y0] = [draws.uniform(radius, size - radius), draws.uniform(radius, size - radius)]
  const { cos, sin } = direction(draws)
  return (x, y) => {
    const [dx, dy] = [(x - x0) / radius, (y - y0) / radius]
    return contains[kind](cos * dx + sin * dy, cos * dy - sin * dx)
  }
}

/** A point of the circle by rational functions, whose values no machine rounds otherwise, as it may those of sine and cosine. */
function direction(draws: Draws): { readonly cos: number; readonly sin: number } {
  const t = draws.uniform(-1, 1)
  const side = draws.integer(0, 1) * 2 - 1
  return { cos: (side * (1 - t * t)) / (1 + t * t), sin: (2 * t) / (1 + t * t) }
}

const clamped = (value: number) => Math.min(255, Math.max(0, Math.round(value)))
