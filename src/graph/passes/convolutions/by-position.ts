/** Convolutions with few results: one matrix product each. */
import type { Value } from '../../ir/graph.js'
import type { Builder } from '../../ir/rewrite.js'
import { sizeOfShape } from '../../ir/shapes.js'
import { type Convolution, filterShape, livePairs, outputShape, type Patch, patchesOf, positionsOf } from './convolution.js'
import { copied } from './cost.js'
import type { Lowering } from './lowering.js'
import { addAll, concat, matMul, pad, slice } from './operations.js'

/**
 * One matrix product per output position, of the patch it sees and the taps that meet it: nothing is multiplied by the zeros of the
 * padding. At 1×1 that is the centre tap (a quarter of oneDNN's time), at 2×2 all 16 products of 36 (a half), at 4×4 → 2×2 25 of 36 (0.6).
 * From 3×3 positions on, copying costs what the multiplications save. One large matrix with zeros between the taps takes the same time at
 * 2×2 and twice at 4×4 → 2×2.
 */
export const byPosition: Lowering = {
  applies: c => patchesOf(c).every(({ size }) => size[0] > 0 && size[1] > 0),
  build: {
    forward: (b, c, x, filter) => {
      const results = patchesOf(c).map(patch => matMul(b, seen(b, c, patch, x), taps(b, c, patch, filter)))
      return b.reshape(concat(b, results, 1), outputShape(c))
    },
    input: (b, c, filter, dy) => {
      const parts = patchesOf(c).map(patch => {
        const part = matMul(b, at(b, c, patch, dy), taps(b, c, patch, filter), { b: true })
        const [rows, columns] = around(patch.input, patch.size, c.input)
        return pad(b, b.reshape(part, [c.batch, ...patch.size, c.inChannels]), [[0, 0], rows, columns, [0, 0]])
      })
      return addAll(b, parts)
    },
    filter: (b, c, x, dy) => {
      const parts = patchesOf(c).map(patch => {
        const part = matMul(b, seen(b, c, patch, x), at(b, c, patch, dy), { a: true })
        const [rows, columns] = around(patch.tap, patch.size, c.window)
        return pad(b, b.reshape(part, [...patch.size, c.inChannels, c.outChannels]), [rows, columns, [0, 0], [0, 0]])
      })
      return addAll(b, parts)
    },
  },
}

/** The cost of the gradient by the filter, computed by position: its parts are padded and added. */
export function costByPosition(c: Convolution): number {
  const { batch, inChannels, outChannels } = c
  const pairs = livePairs(c)
  const positions = positionsOf(c)
  const parts = positions === 1 ? 0 : 3 * positions * sizeOfShape(filterShape(c))
  return batch * pairs * inChannels * outChannels + copied(batch * (pairs * inChannels + positions * outChannels) + parts)
}

/** The patch of every image, each as one row. */
function seen(b: Builder, c: Convolution, { input, size }: Patch, x: Value): Value {
  return b.reshape(slice(b, x, [0, ...input, 0], [c.batch, ...size, c.inChannels]), [c.batch, size[0] * size[1] * c.inChannels])
}

/** The taps for a patch, as a matrix of its elements × the output's channels. */
function taps(b: Builder, c: Convolution, { tap, size }: Patch, filter: Value): Value {
  const block = slice(b, filter, [...tap, 0, 0], [...size, ...filterShape(c).slice(2)])
  return b.reshape(block, [size[0] * size[1] * c.inChannels, c.outChannels])
}

/** The values at an output position in every image. */
function at(b: Builder, c: Convolution, { position }: Patch, y: Value): Value {
  return b.reshape(slice(b, y, [0, ...position, 0], [c.batch, 1, 1, c.outChannels]), [c.batch, c.outChannels])
}

type Pair = readonly [number, number]
const around = (begin: Pair, size: Pair, whole: Pair): [Pair, Pair] => [
  [begin[0], whole[0] - begin[0] - size[0]],
  [begin[1], whole[1] - begin[1] - size[1]],
]
