/** What a convolution costs that stays one. */

import { sizeOfShape } from '../../ir/shapes.js'
import { type Convolution, filterShape } from './convolution.js'
import { product } from './cost.js'

/** As many multiply-adds as oneDNN's convolution spends on one element of the filter, which it reorders. */
const REORDER = { forward: 200, input: 200, filter: 400 }

/**
 * The cost of oneDNN's convolution: it multiplies all taps with all positions, zeros of the padding included, and is less good at strides.
 */
export function costOfConvolution(c: Convolution): number {
  const slower = c.strides.some(stride => stride > 1) ? 1.2 : 1
  const taps = c.window[0] * c.window[1]
  const positions = c.batch * c.output[0] * c.output[1]
  return slower * product(positions, taps * c.inChannels, c.outChannels) + REORDER[c.kind] * sizeOfShape(filterShape(c))
}
