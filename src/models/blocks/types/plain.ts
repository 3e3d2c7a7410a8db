/** A block that is one layout. BatchFlow: `conv_block`. */
import { nullable, number, option } from '../../../options/index.js'
import { joinPath } from '../../../util/paths.js'
import { layerKeys, partKeys } from '../../config/layout-keys.js'
import { layout } from '../../config/layout-type.js'
import { widenEach } from '../../plan/round-width.js'
import { type BlockSite, blockType } from '../block-type.js'
import { convBlock } from '../conv-block.js'
import { mergeSections } from '../parameters.js'
import type { Section } from '../section.js'
import { stridedSection } from '../strided.js'

/** The strides of the trunk are those of its layers. */
const { pool_strides: _, ...layers } = layerKeys

export const plain = blockType({
  summary: 'one layout; a stride goes to its pooling, else to its largest kernel',
  keys: {
    layout: option('the layers, one letter each', layout, { default: 'cna' }),
    layer_scale: option('what letter ! scales its branch by at first; null for nothing', nullable(number()), { default: null }),
  },
  parameters: { ...layers, ...partKeys },
  add: (site, { layout: letters, layer_scale }) => {
    const { plan, path, input, sections } = site
    return site.attend(convBlock(plan, input, path, ...sections, { layer_scale, drop_path: site.dropPath }, layersOf(site, letters)))
  },
})

function layersOf({ path, filters, strides, dilation, sections, widen }: BlockSite, layout: string): Section {
  const section = mergeSections(...sections)
  return {
    filters: section.filters === undefined ? filters : widenEach(section.filters, widen),
    ...stridedSection(section, { layout, path: joinPath(path, 'layout'), strides, dilation, kernelSize: section.kernel_size }),
  }
}
