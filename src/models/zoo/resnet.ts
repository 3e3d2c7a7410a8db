/** ResNet (He, Zhang, Ren, Sun 2015) with BatchFlow's keys and defaults. */
import type { Config } from '../../util/config.js'
import { convBlock } from '../blocks/conv-block.js'
import type { Section } from '../blocks/parameters.js'
import { type ResidualOptions, residualBlock } from '../blocks/residual-block.js'
import type { InputsSpec } from '../config/inputs.js'
import { commonKeys, initialBlockKeys, layoutKeys, residualBlockKeys, sharedKeys } from '../config/keys.js'
import { leaf, level, listOf, positiveInteger } from '../config/rules.js'
import { failShape } from '../plan/layer-rules.js'
import { type Plan, PlanBuilder, type Ref } from '../plan/plan.js'
import type { Family } from './family.js'

const keys = level('ResNet', {
  ...sharedKeys,
  initial_block: level('the layers before the groups', initialBlockKeys),
  body: level('groups of residual blocks, each group at half the size of the one before', {
    num_blocks: leaf('blocks in each group', listOf(positiveInteger)),
    filters: leaf('filters in each group; default: those of initial_block, doubled from group to group', listOf(positiveInteger)),
    block: level('one residual block', residualBlockKeys),
  }),
  head: level('the layers after the groups', layoutKeys),
  common: level('parameters of all parts', commonKeys),
})

/**
 * BatchFlow's of its last TensorFlow 1 version, with three exceptions. The head's `d` drops nothing unless `head/dropout_rate` says so
 * (there .4). No decay comes with the optimizer. Moving averages keep .9 a step, as in BatchFlow's current version and PyTorch: with
 * TensorFlow's .99 a test loss means little before about 400 steps, longer than a short experiment lasts.
 */
const defaults = {
  'common/conv/use_bias': false,
  'common/batch_norm/momentum': 0.9,
  'initial_block/layout': 'cnap',
  'initial_block/filters': 64,
  'initial_block/kernel_size': 7,
  'initial_block/strides': 2,
  'initial_block/pool_size': 3,
  'initial_block/pool_strides': 2,
  'head/layout': 'Vdf',
  loss: 'ce',
  optimizer: 'Adam',
} as const

function plan(config: Config, inputs: InputsSpec): Plan {
  const builder = new PlanBuilder()
  const section = (path: string): Section => config.get(path)?.toJSON() ?? {}
  const common = section('common')
  const { inputs: _, ...initial } = section('initial_block')
  const [data] = inputs.data
  const entry = convBlock(builder, builder.input(data!.name, data!.shape as number[]), 'initial_block', common, initial)
  const body = addGroups(builder, entry, config, section('body/block') as ResidualOptions, common)
  const outputs = inputs.target?.shape.at(-1) ?? undefined
  const head = convBlock(builder, body, 'head', common, { units: outputs, filters: outputs }, section('head'))
  return builder.finish(head)
}

function addGroups(builder: PlanBuilder, entry: Ref, config: Config, options: ResidualOptions, common: Section): Ref {
  const counts = config.get('body/num_blocks') as readonly number[] | null
  if (!counts) return failShape('body/num_blocks', 'the number of blocks in each group is missing', 'a list such as [2, 2, 2, 2]')
  const filters = (config.get('body/filters') as readonly number[] | null) ?? doubled(config.get('initial_block/filters'), counts.length)
  if (filters.length !== counts.length) {
    failShape('body/filters', `${filters.length} numbers of filters for ${counts.length} groups`, `a list of ${counts.length}`)
  }
  let last = entry
  for (const [group, count] of counts.entries()) {
    for (let block = 0; block < count; block++) {
      const place = { path: `body/group-${group}/block-${block}`, filters: filters[group]!, downsample: group > 0 && block === 0 }
      last = residualBlock(builder, last, place, options, common)
    }
    builder.block(`body/group-${group}`, last)
  }
  return builder.block('body', last)
}

function doubled(first: unknown, length: number): number[] {
  const start = [first].flat().at(-1) as number
  return Array.from({ length }, (_, i) => start * 2 ** i)
}

export const resnet: Family = { keys, defaults, plan }
