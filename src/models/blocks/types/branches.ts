/** Layouts side by side (Szegedy and others 2014): Inception's blocks, SqueezeNet's fire, pooling of several sizes. */
import {
  boolean,
  listOf,
  nullable,
  number,
  type OptionType,
  oneOf,
  option,
  options,
  recursive,
  type ValuesOf,
  type WrittenOptions,
} from '../../../options/index.js'
import { Config } from '../../../util/config.js'
import { joinPath } from '../../../util/paths.js'
import { convolutionKeys, layerKeys } from '../../config/layout-keys.js'
import { layout } from '../../config/layout-type.js'
import { failShape } from '../../plan/layer-rules.js'
import type { Ref } from '../../plan/plan.js'
import { widenEach } from '../../plan/round-width.js'
import { type BlockSite, blockType } from '../block-type.js'
import { convBlock } from '../conv-block.js'
import { endBranch } from '../end-branch.js'
import { mergeSections } from '../parameters.js'
import { addPostActivation, post_activation } from '../post-activation.js'
import type { Section } from '../section.js'
import { stridedSection } from '../strided.js'

const optional = { optional: true } as const

const { pool_strides: _, units: __, ...branchLayers } = layerKeys

const sectionKeys = {
  layout: option('the layers, one letter each; without it the branch is its input', nullable(layout), optional),
  share: option("its filters as a share of the block's, in place of filters", number({ above: 0 }), optional),
  ...branchLayers,
  ...convolutionKeys,
}

const combine = option('how the branches become one', oneOf(['concat', 'sum']), { default: 'concat' })

/** A layout with its parameters, and what it forks into at its end. */
export interface BranchConfig extends WrittenOptions<typeof sectionKeys> {
  readonly combine?: 'concat' | 'sum'
  readonly branches?: readonly BranchConfig[]
}

/** A section as it is written: defaults of layouts are those of all parts. */
const asWritten = <T extends OptionType>(type: T): T => ({ ...type, fill: (value: unknown) => value })

const rules = { excludes: [['filters', 'share']] } as const

const branch = recursive<BranchConfig, BranchConfig>('a branch: a map of layout, its parameters, and branches at its end', inner => {
  const table = { ...sectionKeys, combine, branches: option('what the branch forks into at its end', listOf(inner), optional) }
  const whole: OptionType<any, BranchConfig> = asWritten(options(table, rules))
  return whole
})

const keys = {
  squeeze: option('a layout before the branches', nullable(asWritten(options(sectionKeys, rules)), 'for none'), { default: null }),
  branches: option(
    'layouts side by side; a stride goes to the pooling of each, else to the last of its largest kernels',
    listOf(branch),
    optional,
  ),
  combine,
  residual: option("true for a 1×1 convolution back to the input's channels, added to the input", boolean, { default: false }),
  scale: option('what that convolution is multiplied by before the sum', number(), { default: 1 }),
  post_activation,
}

/**
 * `filters` of the trunk are those of layouts that state none, and what `share` is a share of. A residual block has the channels of its
 * input.
 */
export const branches = blockType({
  summary: 'layouts side by side, concatenated or summed',
  keys,
  parameters: convolutionKeys,
  add: (site, { squeeze, branches, combine, residual, scale, post_activation }) => {
    const { plan, path, input } = site
    const list = branches ?? failShape(joinPath(path, 'branches'), 'the branches are missing', "a list such as [{ layout: 'cna' }]")
    const squeezed = squeeze ? addLayout({ ...site, strides: 1 }, joinPath(path, 'squeeze'), input, squeeze).output : input
    const combined = addFork(site, path, squeezed, { branches: list, combine })
    const output = residual ? addResidual(site, combined, scale) : site.attend(combined)
    return addPostActivation(site, plan.block(path, output), post_activation)
  },
})

interface Fork extends Pick<ValuesOf<typeof keys>, 'combine'> {
  readonly branches: readonly BranchConfig[]
}

/** Adds the branches, `…/branch-0` and so on, and what combines them. */
function addFork(site: BlockSite, path: string, input: Ref, { branches, combine }: Fork): Ref {
  const ends = branches.map((branch, i) => addBranch(site, joinPath(path, `branch-${i}`), input, branch))
  const [first] = ends
  if (ends.length === 1) return first!
  const fitting = ({ shape }: Ref) => (combine === 'sum' ? shape : shape.slice(0, -1)).join()
  if (ends.some(end => fitting(end) !== fitting(first!))) {
    failShape(
      path,
      `its branches have the shapes ${ends.map(({ shape }) => `[${shape.join(', ')}]`).join(', ')}`,
      combine === 'sum' ? 'one shape' : 'one shape but for the channels',
    )
  }
  return combine === 'sum'
    ? site.plan.layer(joinPath(path, 'sum'), 'sum', { type: 'add' }, ...ends)
    : site.plan.layer(joinPath(path, 'concat'), 'concat', { type: 'concat' }, ...ends)
}

function addBranch(site: BlockSite, path: string, input: Ref, { branches, combine = 'concat', ...section }: BranchConfig): Ref {
  const { output, strides } = addLayout(site, path, input, section)
  if (!branches) return output
  return site.plan.block(path, addFork({ ...site, strides }, path, output, { branches, combine }))
}

interface Laid {
  readonly output: Ref
  /** The stride that is left, if no layer of the layout takes one. */
  readonly strides: number
}

function addLayout(site: BlockSite, path: string, input: Ref, written: Section): Laid {
  const { plan, filters, strides, dilation, widen } = site
  const { share, filters: own, ...parameters } = new Config(written).toJSON() as Section & { readonly share?: number }
  const sections = [...site.sections, parameters]
  const section = mergeSections(...sections)
  const letters = (section.layout as string | null | undefined) ?? ''
  const where = {
    layout: letters,
    path: joinPath(path, 'layout'),
    strides,
    dilation,
    kernelSize: section.kernel_size,
    among: 'last',
  } as const
  const placed = stridedSection(section, where)
  const width = own === undefined ? Math.round(filters * (share ?? 1)) : widenEach(own, widen)
  const output = convBlock(plan, input, path, ...sections, { filters: width, ...placed, ...(site.keepsPositions ? padded(section) : {}) })
  return { output, strides: placed.strides === undefined && placed.pool_strides === undefined ? strides : 1 }
}

/** Windows that are padded: pooling has no dilation, so that a dilated block's branches would differ in size. */
function padded({ padding, pool_padding }: Section): Section {
  const same = (one: unknown): unknown => (Array.isArray(one) ? one.map(same) : one === 'valid' ? 'same' : one)
  return { padding: same(padding), pool_padding: same(pool_padding) }
}

/** A linear 1×1 convolution back to the input's channels, attention, the scale, drop path, the sum. */
function addResidual(site: BlockSite, combined: Ref, scale: number): Ref {
  const { plan, input, dropPath, sections } = site
  const path = joinPath(site.path, 'residual')
  const linear = { layout: 'c', filters: input.shape.at(-1)!, kernel_size: 1, conv: { use_bias: true } }
  const attended = site.attend(convBlock(plan, combined, path, ...sections, linear))
  if (attended.shape.join() !== input.shape.join()) {
    failShape(
      site.path,
      `its branches have the shape [${combined.shape.join(', ')}], its input [${input.shape.join(', ')}]`,
      'a residual block keeps the positions',
    )
  }
  const scaled = scale === 1 ? attended : plan.layer(joinPath(path, 'scale'), 'scale', { type: 'scaleBy', factor: scale }, attended)
  const ended = endBranch(plan, path, scaled, { drop_path: dropPath })
  return plan.layer(joinPath(path, 'sum'), 'sum', { type: 'add' }, ended, input)
}
