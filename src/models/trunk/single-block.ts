/** A block outside a trunk: of a decoder, or the embedding. */
import type { Section } from '../blocks/section.js'
import type { PlanBuilder, Ref } from '../plan/plan.js'
import { StrideLimit } from './dilation.js'
import { attentionOf, readBlock } from './groups.js'
import { addBlock } from './trunk.js'

interface Place {
  readonly plan: PlanBuilder
  readonly path: string
  readonly input: Ref
  /** The parameters of all parts. */
  readonly common: Section
  /** The key of its section. */
  readonly key: string
}

/** Adds the block that a section states; without a type, a plain one. */
export function addSingleBlock({ key, common, ...place }: Place, { type = 'plain', ...written }: Section, filters: number): Ref {
  const section: Section = { type, ...written }
  const block = {
    ...readBlock(section, key),
    filters,
    strides: 1,
    attention: attentionOf(section, common.attention, key),
    dropPath: undefined,
  }
  return addBlock(block, { ...place, common, widen: width => width, limit: new StrideLimit(null, 1) })
}
