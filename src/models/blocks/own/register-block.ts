/** Kinds of blocks that a program adds. */
import { fail, listNames } from '../../../errors/index.js'
import { type OptionTable, options, type ValuesOf } from '../../../options/index.js'
import type { Widths } from '../../attention/attention-row.js'
import { commonKeys, layerKeys } from '../../config/layout-keys.js'
import type { Ref } from '../../plan/plan.js'
import type { BlockSite } from '../block-type.js'
import { endBranch } from '../end-branch.js'
import { addBlockType } from '../types/registered.js'
import { ownBlocks } from '../types/table.js'
import { type OwnLayers, outputOf, ownLayers } from './own-layers.js'

/** Where a block is added, and what its group says. */
export interface OwnBlockSite extends OwnLayers {
  /** The path of the block, e.g. `body/group-0/block-1`. */
  readonly path: string
  readonly input: Ref
  /** Filters that its output must have. */
  readonly filters: number
  /** Its stride along all axes: 1 for all blocks but the first of a group. */
  readonly strides: number
  /** The dilation of its convolutions: 1 unless the config has `output_stride`. */
  readonly dilation: number
  /** A width of the block's own, by the `width_factor` of the trunk. */
  widen(width: number): number
  /** Adds the attention of the config, if it has one. `widths` are what its options may count from. */
  attend(input: Ref, widths?: Widths): Ref
  /** Adds stochastic depth to a branch, if the config has `drop_path`; a shortcut is added to it afterwards. */
  dropPath(branch: Ref): Ref
}

/** A parameter of layouts: `activation`, `padding`, `kernel_size`, … */
export type LayoutParameter = keyof typeof parameterKeys

export interface OwnBlock<O extends OptionTable> {
  /** What it is, in a line. */
  readonly summary: string
  /** Its own keys; default: none. */
  readonly options?: O
  /** Parameters of layouts that its config may have, and that its layouts read. Default: `activation`, `padding`, `initializer`. */
  readonly parameters?: readonly LayoutParameter[]
  /** Adds its layers and returns the output. */
  readonly add: (site: OwnBlockSite, options: ValuesOf<O>) => Ref
}

const { attention: _, ...parameterKeys } = { ...commonKeys, ...layerKeys }
const nameRule = /^[a-z][a-z0-9_]*$/

/**
 * Adds a kind of block, for `body/block/type` of any row. Registering a name again replaces the block. A model that is loaded needs the
 * block again: saved models hold configs, no code.
 *
 * @throws MillraceError `wrong-block` if the name is one of Millrace's, or not a name, or there is no function `add`.
 *
 * @example
 * import { integer, option } from 'millrace/options'
 *
 * // Half of the channels by a convolution, the others from them by a depthwise one (Han and others 2020, "GhostNet").
 * registerBlock('ghost', {
 *   summary: 'a convolution, and cheap features from its output',
 *   options: { ratio: option('how many times more features than the convolution has', integer({ min: 2 }), { default: 2 }) },
 *   add: ({ input, filters, strides, layout, join }, { ratio }) => {
 *     const own = Math.ceil(filters / ratio)
 *     const primary = layout('primary', input, 'cna', { filters: own, kernel_size: 1, strides })
 *     return join('concatenation', primary, layout('cheap', primary, 'cna', { filters: filters - own, groups: 1 }))
 *   },
 * })
 * ResNet18.describe({
 *   inputs: { images: { shape: [32, 32, 3] }, labels: { classes: 10, name: 'targets' } },
 *   'body/block': { type: 'ghost', ratio: 4 },
 * }).countParameters()
 */
export function registerBlock<const O extends OptionTable = {}>(name: string, block: OwnBlock<O>): void {
  const { summary, options: table, parameters = ['activation', 'padding', 'initializer'], add } = block
  if (typeof name !== 'string' || !nameRule.test(name)) {
    fail('wrong-block', {
      name: String(name),
      why: 'it is not a name of a block',
      allowed: 'lower-case letters, digits and _, such as my_block',
    })
  }
  if (Object.hasOwn(ownBlocks, name)) {
    const taken = listNames(Object.keys(ownBlocks), 20)
    fail('wrong-block', { name, why: 'Millrace has a block of this name', allowed: `another name than ${taken}` })
  }
  if (typeof add !== 'function') fail('wrong-block', { name, why: 'it has no add', allowed: 'add: (site, options) => the output' })
  addBlockType(name, {
    summary,
    options: options(table ?? ({} as O)),
    parameters: Object.fromEntries(parameters.map(key => [key, parameterKeys[key]])),
    takesFilters: true,
    add: (site, values) => outputOf(add(ownSite(site), values as ValuesOf<O>), site.path, `the block ${name}`),
  })
}

function ownSite({ plan, path, input, filters, strides, dilation, widen, attend, dropPath, sections }: BlockSite): OwnBlockSite {
  return {
    ...ownLayers(plan, path, sections),
    path,
    input,
    filters,
    strides,
    dilation,
    widen,
    attend,
    dropPath: branch => endBranch(plan, path, branch, { drop_path: dropPath }),
  }
}
