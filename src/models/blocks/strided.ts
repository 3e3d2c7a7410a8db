/** Parameters of a layout that has a stride and a dilation as a whole. */
import { type LayoutItem, parseLayout } from './layout.js'
import { groupsTurnedOff } from './parameters.js'
import type { Section } from './section.js'

interface Whole {
  readonly layout: string
  readonly path: string
  readonly strides: number
  readonly dilation: number
  /** Kernel sizes: one, or one per convolution. */
  readonly kernelSize: unknown
}

const inGroup = (items: readonly LayoutItem[], group: string) => items.filter(({ row }) => row.group === group).length

/** The stride goes to the last pooling if there is one, else to the first convolution with the largest kernel. */
export function stridedSection(section: Section, { layout, path, strides, dilation, kernelSize }: Whole): Section {
  const items = parseLayout(layout, path, groupsTurnedOff(section))
  const [count, pools] = [inGroup(items, 'c'), inGroup(items, 'p')]
  const perLayer = (length: number, value: (i: number) => unknown) => (length > 1 ? Array.from({ length }, (_, i) => value(i)) : value(0))
  const sizes = Array.from({ length: count }, (_, i) => sizeOf(Array.isArray(kernelSize) && count > 1 ? kernelSize[i] : kernelSize))
  const largest = pools > 0 ? undefined : sizes.indexOf(Math.max(...sizes))
  return {
    layout,
    ...(count > 0 && { strides: perLayer(count, i => (i === largest ? strides : 1)) }),
    ...(count > 0 && dilation > 1 && { dilation_rate: perLayer(count, i => (sizes[i]! > 1 ? dilation : 1)) }),
    ...(pools > 0 && { pool_strides: perLayer(pools, i => (i === pools - 1 ? strides : 1)) }),
  }
}

const sizeOf = (kernel: unknown): number => Math.max(...[kernel as number | readonly number[]].flat())

/** How many convolutions of any kind a layout has. */
export const countConvolutions = (layout: string, path: string): number => inGroup(parseLayout(layout, path), 'c')
