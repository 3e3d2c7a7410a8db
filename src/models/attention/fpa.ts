/** Feature pyramid attention (Li and others 2018, "PAN"): positions scaled by what is seen of them at smaller and smaller sizes. */
import { integer, listOf, option } from '../../options/index.js'
import type { Ref } from '../plan/plan.js'
import type { AttentionLayers } from './attention-layers.js'
import { attentionRow } from './attention-row.js'

export const fpa = attentionRow({
  summary: 'positions scaled by what is seen of them at smaller and smaller sizes, and the mean of all added (Li and others 2018)',
  options: {
    kernels: option('of the convolutions at a half, a quarter, … of the size', listOf(integer({ min: 1 })), { default: [7, 5, 3] }),
  },
  add: ({ input, layers }, { kernels }) => {
    const filters = input.shape.at(-1)!
    const size = input.shape.slice(0, -1)
    const mean = layers.spread('mean/reshape', layers.pool('mean/gap', input), input)
    const global = layers.resize('mean/upsample', mixed(layers.at('mean'), mean, filters, 1), size)
    const middle = mixed(layers.at('middle'), input, filters, 1)
    const scaled = layers.scale('scale', middle, layers.resize('upsample', addLevel(layers, input, kernels, 0), size))
    return layers.sum('sum', scaled, global)
  },
})

/** What is seen at this size, and at all smaller ones: one channel. */
function addLevel(layers: AttentionLayers, input: Ref, kernels: readonly number[], level: number): Ref {
  const at = layers.at(`level-${level}`)
  const kernel = kernels[level]!
  const pooled = at.maxPool('pool', input)
  const down = mixed(at.at('down'), pooled, 1, kernel)
  const up = mixed(at.at('up'), down, 1, kernel)
  if (level === kernels.length - 1) return up
  return at.sum('sum', up, at.resize('upsample', addLevel(layers, down, kernels, level + 1), up.shape.slice(0, -1)))
}

function mixed(layers: AttentionLayers, input: Ref, filters: number, kernelSize: number): Ref {
  return layers.activation('activation', layers.norm('norm', layers.conv('conv', input, { filters, kernelSize })), 'relu')
}
