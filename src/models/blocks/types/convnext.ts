/** The ConvNeXt block (Liu and others 2022): a large depthwise convolution, then two dense layers at each position. */
import { boolean, integer, nullable, number, option } from '../../../options/index.js'
import { joinPath } from '../../../util/paths.js'
import { initializer } from '../../config/initializers.js'
import { convolutionKeys } from '../../config/layout-keys.js'
import { failShape } from '../../plan/layer-rules.js'
import { blockType } from '../block-type.js'
import { convBlock } from '../conv-block.js'
import { endBranch } from '../end-branch.js'
import { mergeSections } from '../parameters.js'

const count = integer({ min: 1 })

export const convnext = blockType({
  summary: 'depthwise convolution, layer normalisation and two dense layers, scaled and added to the input',
  keys: {
    kernel_size: option('of the depthwise convolution', count, { default: 7 }),
    expansion: option('how many times wider the inside is', count, { default: 4 }),
    layer_scale: option('what the branch is scaled by at first, per channel; null for nothing', nullable(number()), { default: 1e-6 }),
    use_bias: option('true if its convolution and dense layers have biases', boolean, { default: true }),
  },
  parameters: { activation: convolutionKeys.activation, padding: convolutionKeys.padding, initializer: convolutionKeys.initializer },
  add: (site, { kernel_size, expansion, layer_scale, use_bias }) => {
    const { plan, path, input, filters, strides, dilation, sections } = site
    if (strides !== 1 || input.shape.at(-1) !== filters)
      failShape(path, 'a convnext block keeps the shape', 'downsample between the groups')
    const spatial = { layout: 'wl', kernel_size, dilation_rate: dilation, conv: { use_bias } }
    const mixed = convBlock(plan, input, path, ...sections, spatial)
    const section = mergeSections(...sections)
    const dense = (name: string, from: typeof input, units: number) =>
      plan.layer(
        joinPath(path, name),
        'dense',
        { type: 'dense', units, useBias: use_bias, initializer: initializer.fill(section.initializer) },
        from,
      )
    const hidden = convBlock(plan, dense('dense-0', mixed, filters * expansion), joinPath(path, 'inside'), ...sections, { layout: 'a' })
    const ended = endBranch(plan, path, site.attend(dense('dense-1', hidden, filters)), { layer_scale, drop_path: site.dropPath })
    return plan.layer(joinPath(path, 'sum'), 'sum', { type: 'add' }, ended, input)
  },
})
