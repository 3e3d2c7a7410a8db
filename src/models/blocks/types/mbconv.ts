/** The inverted residual block (Sandler and others 2018; Tan and Le 2019): wide, depthwise, narrow. */
import { integer, number, option } from '../../../options/index.js'
import { joinPath } from '../../../util/paths.js'
import { convolutionKeys } from '../../config/layout-keys.js'
import { blockType } from '../block-type.js'
import { convBlock } from '../conv-block.js'
import { endBranch } from '../end-branch.js'

const count = integer({ min: 1 })

/** Nothing is dropped inside. */
const { dropout_rate: _, ...parameters } = convolutionKeys

export const mbconv = blockType({
  summary: '1×1 to many channels, depthwise, 1×1 to few; added to the input where the shape stays',
  keys: {
    expansion: option('how many times wider the inside is', number({ above: 0 }), { default: 6 }),
    hidden: option('the width of the inside itself', count, { optional: true }),
    kernel_size: option('of the depthwise convolution', count, { default: 3 }),
  },
  parameters,
  add: (site, { expansion, hidden, kernel_size }) => {
    const { plan, path, input, filters, strides, dilation, sections, widen } = site
    const channels = input.shape.at(-1)!
    const inside = hidden === undefined ? Math.round(channels * expansion) : widen(hidden)
    const expand = joinPath(path, 'expand')
    const wide =
      inside === channels ? input : convBlock(plan, input, expand, ...sections, { layout: 'cna', filters: inside, kernel_size: 1 })
    const spatial = { layout: 'wna', kernel_size, strides, dilation_rate: dilation }
    const deep = convBlock(plan, wide, joinPath(path, 'depthwise'), ...sections, spatial)
    const attended = site.attend(deep, { block: channels, hidden: inside })
    const narrow = convBlock(plan, attended, joinPath(path, 'project'), ...sections, { layout: 'cn', filters, kernel_size: 1 })
    if (narrow.shape.join() !== input.shape.join()) return narrow
    const ended = endBranch(plan, path, narrow, { drop_path: site.dropPath })
    return plan.layer(joinPath(path, 'sum'), 'sum', { type: 'add' }, ended, input)
  },
})
