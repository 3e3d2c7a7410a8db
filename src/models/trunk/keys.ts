/** The keys of a trunk, `body` or `encoder`: groups of blocks. */
import { anyOf, integer, listOf, nullable, number, oneOf, option, options } from '../../options/index.js'
import { attention } from '../config/attention.js'
import { layoutKeys } from '../config/layout-keys.js'
import { blockKeys, blockRules } from './block-keys.js'

const optional = { optional: true } as const
const count = integer({ min: 1 })
const share = number({ min: 0, below: 1 })

export const downsampleOptions = options({
  ...layoutKeys,
  place: option('between: before each group but the first; after: at the end of each', oneOf(['between', 'after']), { default: 'between' }),
  reduction: option(
    'its filters are this share of the channels; without it, the filters of the next group',
    number({ above: 0, max: 1 }),
    optional,
  ),
})
export const downsample = nullable(downsampleOptions, 'for none')

export const dropPathOptions = options({
  rate: option('the share of drops in the last block', share, { default: 0.1 }),
  first: option('the share in the first block', share, { default: 0 }),
  mode: option('row: one draw per item; batch: one per step', oneOf(['row', 'batch']), { default: 'row' }),
  scale: option(
    'training: what stays is divided by its share; inference: predictions are multiplied by it',
    oneOf(['training', 'inference']),
    {
      default: 'training',
    },
  ),
})

const groupKeys = {
  ...blockKeys,
  downsample: option("the layers around this group in place of the trunk's", downsample, optional),
  by_block: option('what single blocks of the group do otherwise, in their order', listOf(options(blockKeys, blockRules)), optional),
}

export const trunkKeys = {
  num_blocks: option('blocks in each group', listOf(count), optional),
  filters: option(
    'filters of each group, or of each of its blocks; default: those of initial_block, doubled from group to group',
    listOf(anyOf(count, listOf(count))),
    optional,
  ),
  strides: option('the stride of the first block of each group; default: 1, then 2, or 1 for all with downsample', listOf(count), optional),
  block: option('the block of all groups', options(blockKeys, blockRules), optional),
  by_group: option(
    'what single groups do otherwise, in their order; null for nothing, whatever the row says',
    nullable(listOf(options(groupKeys, blockRules))),
    optional,
  ),
  downsample: option('layers around the groups, in place of strides', downsample, { default: null }),
  attention: option('the attention at the end of each group', attention, { default: null }),
  attention_groups: option(
    'numbers of the groups whose blocks have the attention; without it all',
    listOf(integer({ min: 0 }), { min: 0 }),
    optional,
  ),
  drop_path: option('stochastic depth: the rate of the last block, from 0 at the first', anyOf(share, dropPathOptions), { default: 0 }),
  width_factor: option('filters of the trunk, and of the layers around it, are multiplied by this', number({ above: 0 }), { default: 1 }),
  depth_factor: option('num_blocks are multiplied by this, and rounded up', number({ above: 0 }), { default: 1 }),
  width_divisor: option('filters by width_factor are multiples of this', count, { default: 8 }),
  output_stride: option('from this stride on, strides become dilations', nullable(oneOf([8, 16, 32])), { default: null }),
  widening: option('filters grow by this from block to block, from those of initial_block', nullable(count), { default: null }),
}

/** A trunk as its keys are written. */
export const trunkOptions = options(trunkKeys)
