/** Parameters of a layout that has a stride and a dilation as a whole. */
import { type LayoutItem, parseLayout } from './layout.js'
import { groupsTurnedOff, valueFor } from './parameters.js'
import type { Section } from './section.js'

interface Whole {
  readonly layout: string
  readonly path: string
  readonly strides: number
  readonly dilation: number
  /** Kernel sizes: one, or one per convolution. */
  readonly kernelSize: unknown
  /** Which of several convolutions with the largest kernel takes the stride. Default: the first. */
  readonly among?: 'first' | 'last'
}

const inGroup = (items: readonly LayoutItem[], group: string) => items.filter(({ row }) => row.group === group)

/**
 * The stride goes to the last pooling if there is one, else to a convolution with the largest kernel. The dilation multiplies that of
 * every convolution larger than 1×1.
 */
export function stridedSection(section: Section, { layout, path, strides, dilation, kernelSize, among = 'first' }: Whole): Section {
  const items = parseLayout(layout, path, groupsTurnedOff(section))
  const [convolutions, pools] = [inGroup(items, 'c'), inGroup(items, 'p').length]
  const perLayer = (length: number, value: (i: number) => unknown) => (length > 1 ? Array.from({ length }, (_, i) => value(i)) : value(0))
  const count = convolutions.length
  const sizes = convolutions.map(item => valueFor({ kernelSize }, 'kernelSize', item, path))
  const largest = pools > 0 ? undefined : largestOf(sizes, among)
  const dilated = (i: number) => {
    const own = valueFor(section, 'dilation_rate', convolutions[i]!, path) as number | readonly number[]
    if (isPointwise(sizes[i])) return own
    return Array.isArray(own) ? own.map(rate => rate * dilation) : (own as number) * dilation
  }
  return {
    layout,
    ...(count > 0 && { strides: perLayer(count, i => (i === largest ? strides : 1)) }),
    ...(count > 0 && dilation > 1 && { dilation_rate: perLayer(count, dilated) }),
    ...(pools > 0 && { pool_strides: perLayer(pools, i => (i === pools - 1 ? strides : 1)) }),
  }
}

function largestOf(sizes: readonly unknown[], among: 'first' | 'last'): number {
  const means = sizes.map(meanSize)
  const largest = Math.max(...means)
  return among === 'first' ? means.indexOf(largest) : means.lastIndexOf(largest)
}

/** The side of a square kernel with as many weights: 1×7 is smaller than 3×3. */
function meanSize(kernel: unknown): number {
  const sides = [kernel as number | readonly number[]].flat()
  return sides.length === 1 ? sides[0]! : sides.reduce((product, side) => product * side, 1) ** (1 / sides.length)
}

const isPointwise = (kernel: unknown) => [kernel].flat().every(side => side === 1)

/** How many convolutions of any kind a layout has. */
export const countConvolutions = (layout: string, path: string): number => inGroup(parseLayout(layout, path), 'c').length
