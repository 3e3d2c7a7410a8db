/** The first part of a network: a layout, and tokens for networks that take positions as a list. */
import { joinPath } from '../../util/paths.js'
import { convBlock } from '../blocks/conv-block.js'
import { tokensOptions } from '../config/layout-keys.js'
import type { Ref } from '../plan/plan.js'
import { strideOf } from '../plan/stride-of.js'
import type { PartsContext } from './zoo-row.js'

interface Entry {
  readonly entry: Ref
  /** How many positions of the input one of its positions stands for, along an axis. */
  readonly stride: number
}

export function addInitialBlock({ plan, input, section, common }: PartsContext): Entry {
  const { inputs: _, tokens, ...layout } = section('initial_block')
  const images = convBlock(plan, input, 'initial_block', common, layout)
  const stride = strideOf(plan, images)
  if (!tokens) return { entry: images, stride }
  const { class: classToken, position } = tokensOptions.fill(tokens)
  const entry = plan.layer(joinPath('initial_block', 'tokens'), 'tokens', { type: 'tokens', classToken, position }, images)
  return { entry: plan.block('initial_block', entry), stride }
}
