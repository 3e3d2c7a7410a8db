/** Images of noisy discs, squares and triangles with the mask of each: a task that small segmenters learn. */
import { NdArray } from '../../../src/util/nd-array.js'
import { uniformAt } from '../../../src/util/seeds.js'

export const side = 32
/** Background, disc, square, triangle. */
export const classes = 4

type Inside = (x: number, y: number, radius: number) => boolean

const forms: readonly Inside[] = [
  (x, y, radius) => x * x + y * y <= radius * radius,
  (x, y, radius) => Math.max(Math.abs(x), Math.abs(y)) <= 0.85 * radius,
  (x, y, radius) => y <= radius * 0.7 && y >= 2 * Math.abs(x) - radius,
]

/** Images `[n, side, side, 1]`, and class numbers `[n, side, side]`. Two shapes per image, the later over the earlier; all by the seed. */
export function shapesBatch(length: number, seed: number): { readonly images: NdArray; readonly masks: NdArray } {
  const images = new Float32Array(length * side * side)
  const masks = new Uint8Array(length * side * side)
  let draws = 0
  const draw = () => uniformAt(seed, draws++)
  for (let item = 0; item < length; item++) {
    const shapes = [0, 1].map(() => ({
      form: Math.floor(draw() * forms.length),
      radius: 5 + 4 * draw(),
      x: 6 + (side - 12) * draw(),
      y: 6 + (side - 12) * draw(),
      brightness: 0.5 + 0.5 * draw(),
    }))
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const on = shapes.findLast(({ form, radius, ...at }) => forms[form]!(x - at.x, y - at.y, radius))
        const pixel = (item * side + y) * side + x
        images[pixel] = (on?.brightness ?? 0) + 0.4 * (draw() - 0.5)
        masks[pixel] = on ? on.form + 1 : 0
      }
    }
  }
  return { images: new NdArray(images, [length, side, side, 1]), masks: new NdArray(masks, [length, side, side]) }
}

/** The mean over the classes of intersection ÷ union of predicted and true pixels. */
export function meanIou(predicted: ArrayLike<number>, masks: NdArray): number {
  const [both, either] = [new Array(classes).fill(0), new Array(classes).fill(0)]
  for (let pixel = 0; pixel < predicted.length; pixel++) {
    for (let name = 0; name < classes; name++) {
      const [seen, is] = [predicted[pixel] === name, masks.data[pixel] === name]
      if (seen && is) both[name]++
      if (seen || is) either[name]++
    }
  }
  return both.reduce((sum, count, name) => sum + count / either[name], 0) / classes
}
