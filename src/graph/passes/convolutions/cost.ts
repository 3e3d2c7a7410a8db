/** Costs, in multiply-adds of a large matrix product: a measure that changes little from machine to machine. */

import { sizeOfShape } from '../../ir/shapes.js'
import { type Convolution, filterShape } from './convolution.js'

/** The number of multiply-adds computed in the time of copying one element from one block to another. */
const COPY = 20

/** The cost of copying elements. */
export function copied(elements: number): number {
  return COPY * elements
}

/** The number of multiply-adds that oneDNN spends on reordering an element of the filter, and on a call. */
const REORDER = 100
export const CALL = 1e7

/** A convolution as oneDNN computes it: it is slower with strides, and for gradients by filters in rows of few positions. */
export function costOfConvolution(c: Convolution): number {
  const products = c.batch * c.output[0] * c.output[1] * sizeOfShape(filterShape(c))
  const isNarrow = c.kind === 'filter' && c.output[1] <= 4
  const slowdown = c.strides.some(stride => stride > 1) ? 1.25 : isNarrow ? 1.05 : 0.9
  return slowdown * products + REORDER * sizeOfShape(filterShape(c)) + CALL
}
