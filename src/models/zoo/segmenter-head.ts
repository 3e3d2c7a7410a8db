/** The last part of a segmenter: outputs for each position of the masks. */
import { convBlock } from '../blocks/conv-block.js'
import { failShape } from '../plan/layer-rules.js'
import type { Ref } from '../plan/plan.js'
import type { PartsContext } from './zoo-row.js'

export function addSegmenterHead({ plan, input, inputs, common, section }: PartsContext, decoded: Ref): Ref {
  const { resize = true, ...head } = section('head')
  const target = inputs.target?.shape
  const scores = convBlock(plan, decoded, 'head', common, { filters: target?.at(-1) ?? undefined }, head)
  const size = (target?.length === input.shape.length ? (target as readonly number[]) : input.shape).slice(0, -1)
  const own = scores.shape.slice(0, -1)
  if (own.join() === size.join()) return scores
  if (!resize)
    failShape('head/resize', `the network returns ${own.join('×')} positions, where the masks have ${size.join('×')}`, 'resize: true')
  return plan.block('head', plan.layer('head/resize', 'upsample', { type: 'upsample', op: 'bilinear', size }, scores))
}
