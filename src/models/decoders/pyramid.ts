/** A feature pyramid (Lin and others 2016; Kirillov and others 2019): levels of equal width, brought to the finest one's size and added. */
import { joinPath } from '../../util/paths.js'
import { addAttention } from '../attention/add-attention.js'
import { failShape } from '../plan/layer-rules.js'
import type { Ref } from '../plan/plan.js'
import { addSingleBlock } from '../trunk/single-block.js'
import { attentionSection, type DecoderConfig, type DecoderSite } from './decoder.js'
import { addDoubling, addLadder, type Level } from './ladder.js'

const defaultFilters = 256

export function addPyramid(site: DecoderSite, config: DecoderConfig): Ref {
  const { filters = defaultFilters, attention } = config
  const { plan, common } = site
  if (typeof filters !== 'number') return failShape('decoder/filters', 'the levels of a pyramid have equal widths', 'one number')
  const levels = addLadder(site, config, filters)
  const finest = levels.at(-1)!
  const merged = levels.map(level => merge(level, finest.stride, { site, config, filters }))
  const sum = merged.length === 1 ? merged[0]! : plan.layer('decoder/sum', 'sum', { type: 'add' }, ...merged)
  return attention ? addAttention(plan, sum, joinPath('decoder', attention.type), attention, attentionSection(common)) : sum
}

interface Around {
  readonly site: DecoderSite
  readonly config: DecoderConfig
  readonly filters: number
}

/** A block and a doubling until the size is reached; at least one block. */
function merge(level: Level, finest: number, { site, config, filters }: Around): Ref {
  const { plan, common } = site
  let last = level
  for (let i = 0; i === 0 || last.stride > finest; i++) {
    const path = joinPath(level.path, `merge-${i}`)
    const place = { plan, path: joinPath(path, 'block-0'), input: last.ref, common, key: 'decoder/block' }
    const block = config.block ? addSingleBlock(place, config.block, filters) : last.ref
    last = last.stride > finest ? addDoubling({ ...last, ref: block }, path, site, config) : { ...last, ref: block }
  }
  return last.ref
}
