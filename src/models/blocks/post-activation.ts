/** What follows the sum, or the combination, of a block. */
import { anyOf, boolean, option } from '../../options/index.js'
import { joinPath } from '../../util/paths.js'
import { activationName } from '../config/activations.js'
import { layout } from '../config/layout-type.js'
import { activation } from '../config/value-types.js'
import type { Ref } from '../plan/plan.js'
import type { BlockSite } from './block-type.js'
import { convBlock } from './conv-block.js'
import type { Section } from './section.js'

/** The option of blocks. */
export const post_activation = option('layers after the sum: an activation, a layout, or true for an', anyOf(activation, layout, boolean), {
  default: null,
})

/** Adds it after a tensor. */
export function addPostActivation({ plan, path, sections }: BlockSite, input: Ref, written: unknown): Ref {
  const section = sectionOf(written)
  return section ? convBlock(plan, input, joinPath(path, 'post'), ...sections, section) : input
}

/** true: `an`; an activation (by name or function): that; any other string: a layout. */
function sectionOf(written: unknown): Section | undefined {
  if (written === null || written === false || written === '') return undefined
  if (written === true) return { layout: 'an' }
  const activation = activationName(written)
  return activation ? { layout: 'a', activation } : { layout: written as string }
}
