/** The part between encoder and decoder: a block, an attention, or both. */
import { joinPath } from '../../util/paths.js'
import { addAttention } from '../attention/add-attention.js'
import { mergeSections } from '../blocks/parameters.js'
import type { Section } from '../blocks/section.js'
import { attention as attentionType } from '../config/attention.js'
import type { Ref } from '../plan/plan.js'
import { addSingleBlock } from '../trunk/single-block.js'
import type { PartsContext } from './zoo-row.js'

const path = 'embedding'

/** `section` is that of the config; empty for none. */
export function addEmbedding({ plan, common, section }: PartsContext, input: Ref): Ref {
  const { filters, attention, ...block } = section(path)
  const isBlock = Object.keys(block).length > 0
  if (isBlock) {
    const width = typeof filters === 'number' ? filters : input.shape.at(-1)!
    const own: Section = { ...block, ...(Array.isArray(filters) && { filters }), attention: attention ?? null }
    return addSingleBlock({ plan, path, input, common, key: path }, own, width)
  }
  const choice = attentionType.fill(attention ?? null)
  return choice ? plan.block(path, addAttention(plan, input, joinPath(path, choice.type), choice, mergeSections(common))) : input
}
