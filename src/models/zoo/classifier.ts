/** Classifiers: an initial block, a body of groups of blocks, a head. */
import { type ConfigOf, oneOf, option, options } from '../../options/index.js'
import { sharedKeys } from '../config/keys.js'
import { commonKeys, initialBlockKeys, layoutKeys } from '../config/layout-keys.js'
import { trunkOptions } from '../trunk/keys.js'
import { addTrunk } from '../trunk/trunk.js'
import { addHead } from './head.js'
import { addInitialBlock } from './initial-block.js'
import type { NetworkShape } from './zoo-row.js'

const optional = { optional: true } as const

/** Keys that stand for several others, which a family states. */
export const presetKeys = {
  stem: option(
    'small: an initial block for small images, in place of the published one; VGG networks have none, and stay as they are',
    oneOf(['small']),
    optional,
  ),
  like: option('the parameters of another library where they differ', oneOf(['torchvision']), optional),
}

export const partKeys = {
  initial_block: option('the layers before the body', options(initialBlockKeys), { ...optional, oldNames: ['input_block'] }),
  head: option('the layers after the body', options(layoutKeys), optional),
  common: option('parameters of all parts', options(commonKeys), optional),
}

const keys = options({
  ...sharedKeys,
  ...presetKeys,
  ...partKeys,
  body: option('groups of blocks', trunkOptions, optional),
})

/** The config of a classifier. */
export interface ClassifierConfig extends ConfigOf<typeof keys.table> {}

/** The shape of classifiers. */
export const classifier: NetworkShape<ClassifierConfig> = {
  keys,
  trunks: ['body'],
  add: context => {
    const { plan, section, common } = context
    const { entry, stride } = addInitialBlock(context)
    const { filters: firstFilters } = section('initial_block')
    const { output } = addTrunk({ plan, path: 'body', entry, entryStride: stride, section: section('body'), common, firstFilters })
    return addHead(context, plan.block('body', output))
  },
}
