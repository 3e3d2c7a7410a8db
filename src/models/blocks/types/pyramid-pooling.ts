/** Pyramid pooling (Zhao and others 2016, "PSPNet"): means over coarser and finer grids, beside the input. */
import { integer, listOf, option } from '../../../options/index.js'
import { joinPath } from '../../../util/paths.js'
import { convolutionKeys } from '../../config/layout-keys.js'
import type { Ref } from '../../plan/plan.js'
import { type BlockSite, blockType } from '../block-type.js'
import { convBlock } from '../conv-block.js'
import { expectKeptSize, spreadTo } from './pooled.js'

export const pyramidPooling = blockType({
  summary: 'means over coarser and finer grids, beside the input',
  keys: {
    levels: option('the parts that each axis is divided into, one grid each', listOf(integer({ min: 1 })), { default: [1, 2, 3, 6] }),
  },
  parameters: convolutionKeys,
  add: (site, { levels }) => {
    expectKeptSize(site, 'a pyramid_pooling block')
    const { plan, path, input, filters, sections } = site
    const width = Math.max(1, Math.floor(input.shape.at(-1)! / levels.length))
    const all = plan.layer(
      joinPath(path, 'concat'),
      'concat',
      { type: 'concat' },
      ...levels.map(level => addLevel(site, level, width)),
      input,
    )
    const project = { layout: 'cnad', filters, kernel_size: 1 }
    return site.attend(convBlock(plan, all, joinPath(path, 'project'), ...sections, project))
  },
})

/** A single mean per item and channel is not normalised: its variance over a batch of one is zero. */
function addLevel({ plan, path, input, sections }: BlockSite, level: number, filters: number): Ref {
  const at = joinPath(path, `level-${level}`)
  const size = input.shape.slice(0, -1)
  const pooled = plan.layer(joinPath(at, 'mean-pool'), 'mean-pool', { type: 'adaptivePool', size: size.map(() => level) }, input)
  const own = level === 1 ? { layout: 'ca', conv: { use_bias: true } } : { layout: 'cna' }
  const mixed = convBlock(plan, pooled, at, ...sections, { ...own, filters, kernel_size: 1 })
  return spreadTo(plan, joinPath(at, 'upsample'), mixed, size)
}
