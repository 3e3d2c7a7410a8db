/** The filters of a decoder's steps, and with them how many steps there are. */
import { failShape } from '../plan/layer-rules.js'
import type { DecoderConfig, DecoderSite } from './decoder.js'
import type { StepOutput } from './step.js'
import { timesOf } from './upsampling.js'

/** Those of step `i` after `last`; undefined if there is no such step. A list has one entry per step; else steps lead to the input's size. */
export function stepFilters(
  i: number,
  { output, stride }: StepOutput,
  { taps, common }: DecoderSite,
  { filters, order, upsample }: DecoderConfig,
): number | undefined {
  if (Array.isArray(filters)) return filters[i]
  const times = order.includes('upsampling') ? timesOf(upsample, common) : 1
  if (times === 1) failShape('decoder/filters', 'steps without upsampling do not end by themselves', 'a list, one number for each step')
  if (stride <= 1) return undefined
  if (typeof filters === 'number') return filters
  return taps.at(stride / times)?.shape.at(-1) ?? Math.max(1, Math.floor(output.shape.at(-1)! / 2))
}
