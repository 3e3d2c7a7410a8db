/** ResNet (He, Zhang, Ren, Sun 2015) with BatchFlow's keys and defaults, and variants with squeeze and excitation. */
import { integer, listOf, option, options } from '../../options/index.js'
import { residualBlock } from '../blocks/residual-block.js'
import { convolutionKeys, residualKeys } from '../config/keys.js'
import { failShape } from '../plan/layer-rules.js'
import type { Ref } from '../plan/plan.js'
import { type BodyContext, defineFamily, type ZooRow } from './family.js'

const optional = { optional: true } as const
const counts = listOf(integer({ min: 1 }))
const bodyKeys = options({
  num_blocks: option('blocks in each group', counts, optional),
  filters: option('filters in each group; default: those of initial_block, doubled from group to group', counts, optional),
  block: option('one residual block', options({ ...residualKeys, ...convolutionKeys }), optional),
})
const body = option('groups of residual blocks, each group at half the size of the one before', bodyKeys, optional)

/**
 * The defaults of BatchFlow's last TensorFlow 1 version, with three exceptions. The head's `d` drops nothing unless `head/dropout_rate` says so
 * (there .4). The optimizer has no decay. Moving averages keep .9 per step, as in BatchFlow's current version and PyTorch: with
 * TensorFlow's .99 a test loss is meaningless before about 400 steps, longer than a short experiment lasts.
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
} as const

/** The groups of residual blocks, each block and each group named. */
function addBody({ builder, entry, config, section, common }: BodyContext): Ref {
  const counts = config.get('body/num_blocks') as readonly number[] | null
  if (!counts) return failShape('body/num_blocks', 'the number of blocks in each group is missing', 'a list such as [2, 2, 2, 2]')
  const filters = (config.get('body/filters') as readonly number[] | null) ?? doubled(config.get('initial_block/filters'), counts.length)
  if (filters.length !== counts.length) {
    failShape('body/filters', `${filters.length} numbers of filters for ${counts.length} groups`, `a list of ${counts.length}`)
  }
  const options = section('body/block')
  let last = entry
  for (const [group, count] of counts.entries()) {
    for (let block = 0; block < count; block++) {
      const position = { path: `body/group-${group}/block-${block}`, filters: filters[group]!, downsample: group > 0 && block === 0 }
      last = residualBlock(builder, last, position, options, common)
    }
    builder.block(`body/group-${group}`, last)
  }
  return last
}

function doubled(first: unknown, length: number): number[] {
  const start = [first].flat().at(-1) as number
  return Array.from({ length }, (_, i) => start * 2 ** i)
}

const family = defineFamily({ name: 'ResNet', body, defaults, addBody })
const row = (summary: string, defaults: ZooRow['defaults']) => ({ family, summary, defaults }) satisfies ZooRow
const se = { 'body/block/se_block': true }
const simple = (...blocks: number[]) => ({ 'body/num_blocks': blocks, 'body/block/bottleneck': false })
const bottleneck = (...blocks: number[]) => ({ 'body/num_blocks': blocks, 'body/block/bottleneck': true })

export const resnets = {
  ResNet: row('residual network; give body/num_blocks', {}),
  ResNet18: row('18 layers', simple(2, 2, 2, 2)),
  ResNet34: row('34 layers', simple(3, 4, 6, 3)),
  ResNet50: row('50 layers, bottleneck blocks', bottleneck(3, 4, 6, 3)),
  ResNet101: row('101 layers, bottleneck blocks', bottleneck(3, 4, 23, 3)),
  ResNet152: row('152 layers, bottleneck blocks', bottleneck(3, 8, 36, 3)),
  SEResNet: row('residual network with squeeze and excitation; give body/num_blocks', se),
  SEResNet18: row('18 layers, squeeze and excitation', { ...simple(2, 2, 2, 2), ...se }),
  SEResNet34: row('34 layers, squeeze and excitation', { ...simple(3, 4, 6, 3), ...se }),
  SEResNet50: row('50 layers, bottleneck blocks, squeeze and excitation', { ...bottleneck(3, 4, 6, 3), ...se }),
  SEResNet101: row('101 layers, bottleneck blocks, squeeze and excitation', { ...bottleneck(3, 4, 23, 3), ...se }),
  SEResNet152: row('152 layers, bottleneck blocks, squeeze and excitation', { ...bottleneck(3, 8, 36, 3), ...se }),
} as const
