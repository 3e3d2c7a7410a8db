/** Atrous spatial pyramid pooling (Chen and others 2017, "DeepLabV3"): convolutions of several dilations side by side, and the mean. */
import { boolean, integer, listOf, option } from '../../../options/index.js'
import { joinPath } from '../../../util/paths.js'
import { convolutionKeys } from '../../config/layout-keys.js'
import type { Ref } from '../../plan/plan.js'
import { type BlockSite, blockType } from '../block-type.js'
import { convBlock } from '../conv-block.js'
import type { Section } from '../section.js'
import { expectKeptSize, spreadTo } from './pooled.js'

export const aspp = blockType({
  summary: 'convolutions of several dilations side by side, and the mean of all positions',
  keys: {
    rates: option('the dilations, one 3×3 convolution each', listOf(integer({ min: 1 })), { default: [12, 24, 36] }),
    separable: option('true if these convolutions are separable', boolean, { default: false }),
  },
  parameters: convolutionKeys,
  add: (site, { rates, separable }) => {
    expectKeptSize(site, 'an aspp block')
    const { plan, path, input, filters, sections, dilation } = site
    const layers = (name: string, from: Ref, section: Section) =>
      convBlock(plan, from, joinPath(path, name), ...sections, { layout: 'cna', filters, kernel_size: 1, ...section })
    const dilated = (rate: number) => ({ layout: separable ? 'Cna' : 'cna', kernel_size: 3, dilation_rate: rate * dilation })
    const branches = [
      layers('branch-0', input, {}),
      ...rates.map((rate, i) => layers(`branch-${i + 1}`, input, dilated(rate))),
      meanBranch(site, ref => layers('mean', ref, {})),
    ]
    const all = plan.layer(joinPath(path, 'concat'), 'concat', { type: 'concat' }, ...branches)
    return site.attend(layers('project', all, { layout: 'cnad' }))
  },
})

function meanBranch({ plan, path, input }: BlockSite, layers: (ref: Ref) => Ref): Ref {
  const size = input.shape.slice(0, -1)
  const mean = plan.layer(joinPath(path, 'mean/mean-pool'), 'mean-pool', { type: 'adaptivePool', size: size.map(() => 1) }, input)
  return spreadTo(plan, joinPath(path, 'mean/upsample'), layers(mean), size)
}
