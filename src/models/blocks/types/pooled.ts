/** What blocks that pool and spread out again have in common. */
import { failShape, type Shape } from '../../plan/layer-rules.js'
import type { PlanBuilder, Ref } from '../../plan/plan.js'
import type { BlockSite } from '../block-type.js'

export function expectKeptSize({ path, strides }: BlockSite, who: string): void {
  if (strides !== 1) failShape(path, `${who} keeps the size`, 'downsample between the groups')
}

/** Bilinear, to this many positions. */
export function spreadTo(plan: PlanBuilder, path: string, input: Ref, size: Shape): Ref {
  return input.shape.slice(0, -1).join() === size.join()
    ? input
    : plan.layer(path, 'upsample', { type: 'upsample', op: 'bilinear', size }, input)
}
