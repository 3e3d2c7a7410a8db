/** The transformer block (Vaswani and others 2017; Dosovitskiy and others 2020): attention over all positions, then two dense layers at each. */
import { boolean, integer, nullable, number, oneOf, option } from '../../../options/index.js'
import { joinPath } from '../../../util/paths.js'
import { initializer } from '../../config/initializers.js'
import { convolutionKeys } from '../../config/layout-keys.js'
import { failShape } from '../../plan/layer-rules.js'
import type { Ref } from '../../plan/plan.js'
import { blockType } from '../block-type.js'
import { convBlock } from '../conv-block.js'
import { endBranch } from '../end-branch.js'
import { mergeSections } from '../parameters.js'

const count = integer({ min: 1 })

export const transformer = blockType({
  summary: 'layer normalisation and attention over all positions, then layer normalisation and two dense layers, each added to its input',
  keys: {
    heads: option('parts of the channels that attend apart', count, { default: 4 }),
    mlp_ratio: option('how many times wider the inside of the dense layers is', number({ above: 0 }), { default: 4 }),
    qkv_bias: option('true if queries, keys and values have biases', boolean, { default: true }),
    position: option('relative: learned for each distance between positions', oneOf(['relative', 'none']), { default: 'none' }),
    layer_scale: option('what each branch is scaled by at first, per channel; null for nothing', nullable(number()), { default: null }),
  },
  parameters: { activation: convolutionKeys.activation, initializer: convolutionKeys.initializer },
  add: (site, { heads, mlp_ratio, qkv_bias, position, layer_scale }) => {
    const { plan, path, input, filters, strides, sections, dropPath } = site
    if (strides !== 1 || input.shape.at(-1) !== filters)
      failShape(path, 'a transformer block keeps the shape', 'downsample between the groups')
    if (filters % heads !== 0)
      failShape(joinPath(path, 'heads'), `${heads} heads do not divide ${filters} channels`, 'a divisor of the channels')
    const section = mergeSections(...sections)
    const at = (name: string) => joinPath(path, name)
    const dense = (name: string, from: Ref, units: number, useBias = true) =>
      plan.layer(at(name), 'dense', { type: 'dense', units, useBias, initializer: initializer.fill(section.initializer) }, from)
    const layout = (name: string, from: Ref, letters: string) => convBlock(plan, from, at(name), ...sections, { layout: letters })
    const add = (label: string, branch: Ref, shortcut: Ref) =>
      plan.layer(
        at(`sum${label}`),
        'sum',
        { type: 'add' },
        endBranch(plan, path, branch, { layer_scale, drop_path: dropPath }, label),
        shortcut,
      )

    const all = dense('attention/dense-0', layout('attention', input, 'l'), 3 * filters, qkv_bias)
    const mixed = plan.layer(at('attention/heads'), 'attention', { type: 'attention', heads, position }, all)
    const attended = add('-0', dense('attention/dense-1', mixed, filters), input)
    const hidden = dense('mlp/dense-0', layout('mlp', attended, 'l'), Math.round(filters * mlp_ratio))
    const last = dense('mlp/dense-1', layout('mlp/inside', hidden, 'a'), filters)
    return add('-1', site.attend(last), attended)
  },
})
