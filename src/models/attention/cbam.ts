/** The convolutional block attention module (Woo and others 2018): channels first, then positions. */
import { integer, option } from '../../options/index.js'
import type { Ref } from '../plan/plan.js'
import type { AttentionLayers } from './attention-layers.js'
import { attentionRow } from './attention-row.js'
import { hiddenUnits } from './hidden-units.js'

const count = integer({ min: 1 })

export const cbam = attentionRow({
  summary: 'channels scaled, by their means and maxima, then positions (Woo and others 2018)',
  options: {
    ratio: option('channels divided by this are the hidden units', count, { default: 16 }),
    kernel_size: option('of the convolution over positions', count, { default: 7 }),
  },
  add: ({ input, layers }, { ratio, kernel_size: kernelSize }) => {
    const channels = scaleChannels(layers.at('channels'), input, ratio)
    const positions = layers.at('positions')
    const pooled = positions.concat('concat', channelPool(positions, channels, 'mean'), channelPool(positions, channels, 'max'))
    const mixed = positions.norm('norm', positions.conv('conv', pooled, { filters: 1, kernelSize, useBias: false }))
    return layers.scale('scale', channels, positions.activation('activation', mixed, 'sigmoid'))
  },
})

/** Means and maxima go through the same dense layers, as two tokens; what comes of them is added. */
function scaleChannels(layers: AttentionLayers, input: Ref, ratio: number): Ref {
  const channels = input.shape.at(-1)!
  const pooled = layers.concat('concat', layers.pool('gap', input), layers.pool('gmp', input, 'max'))
  const both = layers.reshape('reshape-0', pooled, [2, channels])
  const hidden = layers.activation('activation-0', layers.dense('dense-0', both, hiddenUnits(channels, ratio)), 'relu')
  const mean = layers.pool('mean', layers.dense('dense-1', hidden, channels))
  const sum = layers.plan.layer(`${layers.path}/sum`, 'scale', { type: 'scaleBy', factor: 2 }, mean)
  const gates = layers.activation('activation-1', sum, 'sigmoid')
  return layers.scale('scale', input, layers.spread('reshape-1', gates, input))
}

function channelPool(layers: AttentionLayers, input: Ref, op: 'max' | 'mean'): Ref {
  return layers.plan.layer(`${layers.path}/${op}`, 'channel-pool', { type: 'channelPool', op }, input)
}
