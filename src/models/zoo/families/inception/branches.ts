/** Branches of Inception's blocks, as the tables of the papers have them. */
import type { BranchConfig } from '../../../blocks/types/branches.js'
import { normalised } from '../fragments.js'

type Kernel = number | readonly [number, number]

/** A convolution: its filters, then its kernel size. */
type Step = readonly [filters: number, kernel: Kernel]

const oneOrList = <T>(values: readonly T[]): T | readonly T[] => (values.length === 1 ? values[0]! : values)

/** Normalised convolutions, one after another. */
export const chain = (...steps: readonly Step[]): BranchConfig => ({
  layout: steps.map(() => 'cna').join(' '),
  filters: oneOrList(steps.map(([filters]) => filters)),
  kernel_size: oneOrList(steps.map(([, kernel]) => kernel)),
})

/** A chain whose last convolution has no padding: it takes the stride of a reduction. */
export const reducing = (...steps: readonly Step[]): BranchConfig => ({
  ...chain(...steps),
  padding: oneOrList(steps.map((_, i) => (i === steps.length - 1 ? 'valid' : 'same'))),
})

/** 3×3 pooling, by the maximum (p) or the mean (v), then a 1×1 convolution. */
export const pooled = (letter: 'p' | 'v', filters: number): BranchConfig => ({
  layout: `${letter} cna`,
  pool_size: 3,
  filters,
  kernel_size: 1,
})

/** The pooled input itself. */
export const reducingPool: BranchConfig = { layout: 'p', pool_size: 3, pool_padding: 'valid' }

/** A chain that forks at its end into single convolutions. */
export const forking = (steps: readonly Step[], ...ends: readonly Step[]): BranchConfig => ({
  ...chain(...steps),
  branches: ends.map(end => chain(end)),
})

/** A block of these branches. */
export const block = (...branches: readonly BranchConfig[]) => ({ branches })

/** What all Inception networks have. */
export const inceptionDefaults = {
  ...normalised,
  'initial_block/layout': 'cna',
  'body/block/type': 'branches',
  'head/layout': 'Vdf',
  loss: 'ce',
}

/** The first layers of Inception v3 and Inception-ResNet v2, without padding as published. */
export const unpaddedStem = {
  'initial_block/layout': 'cna cna cnap cna cnap',
  'initial_block/filters': [32, 32, 64, 80, 192],
  'initial_block/kernel_size': [3, 3, 3, 1, 3],
  'initial_block/strides': [2, 1, 1, 1, 1],
  'initial_block/padding': ['valid', 'valid', 'same', 'same', 'valid'],
  'initial_block/pool_size': 3,
  'initial_block/pool_strides': 2,
  'initial_block/pool_padding': 'valid',
}

/** A single convolution without padding losses, for `stem: small`. */
export const smallInceptionStem = (filters: number) => ({
  'initial_block/layout': 'cna',
  'initial_block/filters': filters,
  'initial_block/kernel_size': 3,
  'initial_block/strides': 1,
  'initial_block/padding': 'same',
})
