/** Convolutions as one matrix product of patches laid side by side. */
import type { Value } from '../../ir/graph.js'
import type { Builder } from '../../ir/rewrite.js'
import { type Convolution, filterShape, outputShape, patchesOf } from './convolution.js'
import { copied, product } from './cost.js'
import type { Lowering } from './lowering.js'
import { matMul, rows } from './operations.js'

/**
 * Every output position's patch as one row, zeros where it leaves the image, and one product with the filter as a matrix. The patches are
 * rows of positions gathered by constant indices, twice as fast as `ExtractImagePatches`. Good for the gradient by the filter of small
 * batches, where oneDNN spends its time on reordering (0.35–0.7 of its time at batch 32).
 */
export const patches: Lowering = {
  name: 'patches',
  applies: ({ depthwise, inChannels }) => !depthwise && inChannels >= 16,
  cost: c => {
    const positions = c.batch * c.output[0] * c.output[1]
    const taps = c.window[0] * c.window[1] * c.inChannels
    return product(positions, taps, c.outChannels) + copied(positions * taps)
  },
  build: {
    forward: (b, c, x, filter) => b.reshape(matMul(b, unfold(b, c, x), b.reshape(filter, [taps(c), c.outChannels])), outputShape(c)),
    filter: (b, c, x, dy) => {
      const columns = b.reshape(dy, [c.batch * c.output[0] * c.output[1], c.outChannels])
      return b.reshape(matMul(b, unfold(b, c, x), columns, { a: true }), filterShape(c))
    },
  },
}

const taps = ({ window, inChannels }: Convolution) => window[0] * window[1] * inChannels

/** One row of `taps` elements for each output position of each image. */
function unfold(b: Builder, c: Convolution, x: Value): Value {
  const indices = patchesOf(c).flatMap(({ tap, input, size }) =>
    windowOf(c).map(([p, q]) => pixel(c, [p - tap[0], q - tap[1]], input, size)),
  )
  const unfolded = rows(b, b.reshape(x, [c.batch, c.input[0] * c.input[1], c.inChannels]), indices, 1)
  return b.reshape(unfolded, [c.batch * c.output[0] * c.output[1], taps(c)])
}

type Pair = readonly [number, number]

const windowOf = ({ window }: Convolution): Pair[] =>
  Array.from({ length: window[0] * window[1] }, (_, i) => [Math.floor(i / window[1]), i % window[1]] as const)

/** The number of the pixel that a tap meets, counted from where the patch enters the image; −1 outside. */
function pixel(c: Convolution, [p, q]: Pair, input: Pair, size: Pair): number {
  const inside = p >= 0 && q >= 0 && p < size[0] && q < size[1]
  return inside ? (input[0] + p) * c.input[1] + input[1] + q : -1
}
