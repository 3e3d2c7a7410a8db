/** The residual block (He, Zhang, Ren, Sun 2015): a branch of convolutions, a shortcut around it, their sum. BatchFlow: `ResNet.block`. */
import { anyOf, boolean, integer, nullable, number, option, options, type ValuesOf } from '../../../options/index.js'
import { joinPath } from '../../../util/paths.js'
import { seTable } from '../../attention/se.js'
import { convolutionKeys } from '../../config/layout-keys.js'
import { layout } from '../../config/layout-type.js'
import { failShape } from '../../plan/layer-rules.js'
import type { Ref } from '../../plan/plan.js'
import { type BlockSite, blockType } from '../block-type.js'
import { convBlock } from '../conv-block.js'
import { endBranch } from '../end-branch.js'
import { mergeSections } from '../parameters.js'
import { addPostActivation, post_activation } from '../post-activation.js'
import type { Section } from '../section.js'
import { countConvolutions, stridedSection } from '../strided.js'

const count = integer({ min: 1 })

const keys = {
  layout: option("the branch; null: 'nac' for each convolution", nullable(layout), { default: null }),
  bottleneck: option('1×1, 3×3, 1×1 convolutions in place of 3×3 ones', boolean, { default: false }),
  bottleneck_factor: option('how many times wider the last of them is', count, { default: 4 }),
  inner_factor: option('how many times wider all convolutions but the last are', number({ above: 0 }), { default: 1 }),
  groups: option('groups of channels of the convolutions larger than 1×1', count, { default: 1 }),
  post_activation,
  shortcut: option('layers of the shortcut where the shape changes: c a 1×1 convolution, n its normalisation', layout, { default: 'c' }),
  zero_pad: option('zero channels on a shortcut in place of its layers, after mean pooling where the size changes', boolean, {
    default: false,
  }),
  layer_scale: option('what the branch is scaled by at first, per channel; null for nothing', nullable(number()), { default: null }),
  se_block: option('squeeze and excitation; true: ratio 16', anyOf(boolean, options(seTable)), { optional: true }),
}

type Residual = ValuesOf<typeof keys>

export const residual = blockType({
  summary: 'a branch of convolutions added to a shortcut',
  keys,
  parameters: convolutionKeys,
  add: (site, options) => {
    const { plan, path, sections, dropPath } = site
    const branch = convBlock(plan, site.input, { path, taken: ['sum'] }, ...sections, branchOf(site, options))
    const attended = site.attend(branch, { block: site.input.shape.at(-1)! })
    const ended = endBranch(plan, path, attended, { layer_scale: options.layer_scale, drop_path: dropPath })
    const shortcut = shortcutOf(site, branch, options)
    if (shortcut.shape.join() !== ended.shape.join()) {
      failShape(
        path,
        `the branch has the shape [${ended.shape.join(', ')}], the shortcut [${shortcut.shape.join(', ')}]`,
        'a layout that keeps the shape',
      )
    }
    const sum = plan.layer(joinPath(path, 'sum'), 'sum', { type: 'add' }, ended, shortcut)
    return addPostActivation(site, sum, options.post_activation)
  },
})

/** Filters, kernels and strides of the branch: 1×1, 3×3 with the stride, 1×1 wide for a bottleneck; 3×3 each otherwise. */
function branchOf({ path, filters, strides, dilation, sections }: BlockSite, options: Residual): Section {
  const { bottleneck, bottleneck_factor, inner_factor, groups } = options
  const layout = options.layout ?? (bottleneck ? 'nac nac nac' : 'nac nac')
  const section = mergeSections(...sections)
  const where = { layout, path: joinPath(path, 'layout'), strides, dilation }
  const found = countConvolutions(layout, where.path)
  const inner = Math.round(filters * inner_factor)
  if (!bottleneck) {
    const widths = found > 1 ? [...new Array<number>(found - 1).fill(inner), filters] : filters
    return { filters: widths, groups, kernel_size: 3, pool_size: 3, ...stridedSection(section, { ...where, kernelSize: 3 }) }
  }
  if (found !== 3) failShape('body/block/layout', `${layout} has ${found} convolutions`, 'three in a bottleneck block')
  return {
    filters: [inner, inner, filters * bottleneck_factor],
    groups: [1, groups, 1],
    kernel_size: [1, 3, 1],
    ...stridedSection(section, { ...where, kernelSize: [1, 3, 1] }),
  }
}

function shortcutOf({ plan, path, input, strides, sections }: BlockSite, branch: Ref, { shortcut: layout, zero_pad }: Residual): Ref {
  const channels = branch.shape.at(-1)!
  if (strides === 1 && input.shape.at(-1) === channels) return input
  const place = joinPath(path, 'shortcut')
  if (!zero_pad) return convBlock(plan, input, place, ...sections, { layout, filters: channels, kernel_size: 1, strides })
  const pooled =
    strides === 1 ? input : convBlock(plan, input, place, ...sections, { layout: 'v', pool_size: strides, pool_strides: strides })
  if (channels < input.shape.at(-1)!)
    failShape(joinPath(path, 'zero_pad'), `${channels} filters after ${input.shape.at(-1)} channels`, 'as many, or more')
  return plan.layer(joinPath(place, 'pad'), 'pad', { type: 'padChannels', channels }, pooled)
}
