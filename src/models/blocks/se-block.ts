/** Squeeze and excitation (Hu, Shen, Sun 2018): each channel scaled by a small network of all channels' means. */
import { joinPath } from '../../util/paths.js'
import { seOptions } from '../config/keys.js'
import type { PlanBuilder, Ref } from '../plan/plan.js'
import { convBlock } from './conv-block.js'
import type { Section } from './parameters.js'

/** The value of `body/block/se_block`: true (the default ratio), the reduction ratio, or the hidden layer's width. */
export type SeOption = boolean | { readonly ratio?: number; readonly units?: number } | null | undefined

/** The width of the hidden layer for a number of channels. */
export function seUnits(option: SeOption, channels: number): number {
  const { units, ratio } = seOptions.fill(typeof option === 'object' && option !== null ? option : {})
  return units ?? Math.max(1, Math.floor(channels / ratio))
}

/** `V f a f a`, then a product with the input. BatchFlow: `se_block`. */
export function seBlock(plan: PlanBuilder, input: Ref, path: string, option: SeOption, common: Section | undefined): Ref {
  const channels = input.shape.at(-1)!
  const gates = convBlock(plan, input, path, common, {
    layout: 'Vfafa',
    units: [seUnits(option, channels), channels],
    activation: ['relu', 'sigmoid'],
    dense: { use_bias: true },
  })
  const shape = [...input.shape.slice(0, -1).map(() => 1), channels]
  const shaped = plan.layer(joinPath(path, 'reshape'), 'reshape', { type: 'reshape', shape }, gates)
  return plan.block(path, plan.layer(joinPath(path, 'scale'), 'scale', { type: 'multiply' }, input, shaped))
}
