/** `padding: torch`: zeros on both sides, as PyTorch's networks have them, where TensorFlow's `same` would shift the windows. */
import { joinPath } from '../../../util/paths.js'
import { failShape } from '../../plan/layer-rules.js'
import type { Padding } from '../../plan/layer-spec.js'
import type { PlanBuilder, Ref } from '../../plan/plan.js'
import type { LetterSite } from './letter.js'

interface Windows {
  readonly size: readonly number[]
  readonly strides: readonly number[]
  readonly dilationRate?: readonly number[]
  /** The padding as written. Default: that of convolutions. */
  readonly written?: Padding | 'torch'
  /** True if zeros may win over what is inside: max pooling. */
  readonly takesMaximum?: boolean
}

/** The input of a layer with windows, padded where its parameters say so, and the padding that the layer itself does. */
export function padLikeTorch(
  site: LetterSite,
  input: Ref,
  path: string,
  windows: Windows,
): { readonly ref: Ref; readonly padding: Padding } {
  const { size, strides, dilationRate = size.map(() => 1), takesMaximum = false } = windows
  const { written: padding = site.value<Padding | 'torch'>('padding') } = windows
  if (Array.isArray(padding)) failShape(joinPath(site.path, 'padding'), `a list of ${padding.length} for one layer`, 'one value')
  if (padding !== 'torch') return { ref: input, padding }
  const sides = size.map((length, axis) => sideOf(length, strides[axis]!, dilationRate[axis]!))
  const isSame = size.every((length, axis) => length % 2 === 1 && (strides[axis] === 1 || length === 1))
  if (isSame) return { ref: input, padding: 'same' }
  if (sides.every(side => side === 0)) return { ref: input, padding: 'valid' }
  if (takesMaximum && !isNonNegative(site.plan, input)) {
    failShape(
      joinPath(site.path, 'padding'),
      'torch pads max pooling with -∞, which zeros equal only after a relu',
      'same, valid, or a layout with an activation before p',
    )
  }
  const spec = { type: 'pad', padding: sides.map(side => [side, side] as const) } as const
  return { ref: site.plan.layer(joinPath(path, 'pad'), 'pad', spec, input), padding: 'valid' }
}

/** (k − 1)·d / 2 for odd kernels; even ones, as in patches of k = stride, have what is left of k − stride. */
function sideOf(size: number, stride: number, dilation: number): number {
  return size % 2 === 1 ? ((size - 1) * dilation) / 2 : Math.max(0, Math.floor((size - stride) / 2))
}

const nonNegative: ReadonlySet<string> = new Set(['relu', 'relu6', 'sigmoid', 'softmax', 'softplus'])

function isNonNegative(plan: PlanBuilder, ref: Ref): boolean {
  const { spec, inputs } = plan.node(ref)
  if (spec.type === 'activation') return nonNegative.has(spec.activation)
  const passes = spec.type === 'pool' || spec.type === 'dropout' || spec.type === 'pad' || spec.type === 'concat'
  return passes && inputs.every(path => isNonNegative(plan, plan.node({ path })))
}
