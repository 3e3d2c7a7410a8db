/** How many positions of the network's input one of a tensor's stands for, along an axis. */
import type { PlanBuilder, Ref } from './plan.js'

/** The product of the strides of the layers before it, along first inputs; whatever the size of the input. */
export function strideOf(plan: PlanBuilder, ref: Pick<Ref, 'path'>): number {
  let stride = 1
  for (let node = plan.node(ref); node.inputs.length > 0; node = plan.node({ path: node.inputs[0]! })) {
    const { spec } = node
    if (spec.type === 'conv' || spec.type === 'depthwise' || spec.type === 'pool') stride *= spec.strides[0]!
  }
  return stride
}
