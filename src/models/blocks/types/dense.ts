/** The dense block (Huang and others 2016): its input, and channels made from it. BatchFlow: `DenseNet.block`. */
import { integer, nullable, option } from '../../../options/index.js'
import { joinPath } from '../../../util/paths.js'
import { convolutionKeys } from '../../config/layout-keys.js'
import { layout } from '../../config/layout-type.js'
import { failShape } from '../../plan/layer-rules.js'
import { blockType } from '../block-type.js'
import { convBlock } from '../conv-block.js'

const count = integer({ min: 1 })

export const dense = blockType({
  summary: 'channels made by a bottleneck and a 3×3 convolution, beside those of the input',
  keys: {
    growth_rate: option('channels that a block adds', count, { default: 32 }),
    bottleneck: option('the bottleneck has this many times as many; null: no 1×1 convolution', nullable(count), { default: 4 }),
    layout: option('the layers of each convolution', layout, { default: 'nac' }),
  },
  parameters: convolutionKeys,
  takesFilters: false,
  add: ({ plan, path, input, strides, dilation, sections, widen, attend }, { growth_rate, bottleneck, layout: letters }) => {
    if (strides !== 1) failShape(path, 'a dense block keeps the size', 'downsample between the groups')
    const growth = widen(growth_rate)
    const convolutions =
      bottleneck === null
        ? [[growth, 3]]
        : [
            [growth * bottleneck, 1],
            [growth, 3],
          ]
    const made = convBlock(plan, input, path, ...sections, {
      layout: convolutions.map(() => letters).join(' ') + (dropsIn(sections) ? 'd' : ''),
      filters: listOrOne(convolutions.map(([filters]) => filters)),
      kernel_size: listOrOne(convolutions.map(([, size]) => size)),
      dilation_rate: listOrOne(convolutions.map(([, size]) => (size! > 1 ? dilation : 1))),
    })
    return plan.layer(joinPath(path, 'concat'), 'concat', { type: 'concat' }, input, attend(made))
  },
})

const listOrOne = (values: readonly (number | undefined)[]) => (values.length > 1 ? values : values[0])
const dropsIn = (sections: readonly Readonly<Record<string, unknown>>[]) =>
  sections.some(({ dropout_rate }) => typeof dropout_rate === 'number' && dropout_rate > 0)
