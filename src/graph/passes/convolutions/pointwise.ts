/** Convolutions with a window of one position. */
import type { Value } from '../../ir/graph.js'
import type { Builder } from '../../ir/rewrite.js'
import { type Convolution, filterShape, inputShape, outputShape } from './convolution.js'
import type { Lowering } from './lowering.js'
import { matMul, spread, subsample } from './operations.js'

/**
 * 1×1 convolutions are matrix products of positions × channels; a stride drops positions beforehand. Takes 0.2–0.97 of the time of
 * oneDNN's convolutions: the less, the fewer positions there are (0.35 at 2×2 → 1×1, 0.8 at 7×7 → 4×4, 0.95 at 14×14 and above).
 */
export const pointwise: Lowering = {
  applies: ({ window, before }) => window.every(length => length === 1) && before.every(margin => margin === 0),
  build: {
    forward: (b, c, x, filter) => b.reshape(matMul(b, positions(b, c, x), matrix(b, c, filter)), outputShape(c)),
    input: (b, c, filter, dy) => {
      const dx = matMul(b, columns(b, c, dy), matrix(b, c, filter), { b: true })
      return spread(b, b.reshape(dx, [c.batch, ...c.output, c.inChannels]), inputShape(c), c.strides)
    },
    filter: (b, c, x, dy) => b.reshape(matMul(b, positions(b, c, x), columns(b, c, dy), { a: true }), filterShape(c)),
  },
}

const count = ({ batch, output }: Convolution) => batch * output[0] * output[1]
const positions = (b: Builder, c: Convolution, x: Value) => b.reshape(subsample(b, x, c.strides), [count(c), c.inChannels])
const columns = (b: Builder, c: Convolution, dy: Value) => b.reshape(dy, [count(c), c.outChannels])
const matrix = (b: Builder, c: Convolution, filter: Value) => b.reshape(filter, [c.inChannels, c.outChannels])
