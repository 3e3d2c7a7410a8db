/** The bottleneck attention module (Park and others 2018): a factor for each channel at each position. */
import { integer, option } from '../../options/index.js'
import type { Ref } from '../plan/plan.js'
import type { AttentionLayers } from './attention-layers.js'
import { attentionRow } from './attention-row.js'
import { hiddenUnits } from './hidden-units.js'

const count = integer({ min: 1 })

export const bam = attentionRow({
  summary: 'x · (1 + factors), by a branch of channels and one of positions (Park and others 2018), at best after groups',
  options: {
    ratio: option('channels divided by this are the hidden units and filters', count, { default: 16 }),
    dilation: option('of the convolutions over positions', count, { default: 4 }),
  },
  add: ({ input, layers }, { ratio, dilation }) => {
    const hidden = hiddenUnits(input.shape.at(-1)!, ratio)
    const positions = positionBranch(layers.at('positions'), input, hidden, dilation)
    const both = layers.sum('sum-0', positions, channelBranch(layers.at('channels'), input, hidden))
    return layers.sum('sum-1', input, layers.scale('scale', input, layers.activation('activation', both, 'sigmoid')))
  },
})

function channelBranch(layers: AttentionLayers, input: Ref, hidden: number): Ref {
  const squeezed = layers.norm('norm', layers.dense('dense-0', layers.pool('gap', input), hidden))
  const channels = layers.dense('dense-1', layers.activation('activation', squeezed, 'relu'), input.shape.at(-1)!)
  return layers.spread('reshape', channels, input)
}

function positionBranch(layers: AttentionLayers, input: Ref, hidden: number, dilation: number): Ref {
  const convolutions = [{}, { kernelSize: 3, dilation }, { kernelSize: 3, dilation }]
  const seen = convolutions.reduce<Ref>((last, convolution, i) => {
    const mixed = layers.conv(`conv-${i}`, last, { filters: hidden, ...convolution })
    return layers.activation(`activation-${i}`, layers.norm(`norm-${i}`, mixed), 'relu')
  }, input)
  return layers.conv(`conv-${convolutions.length}`, seen, { filters: 1 })
}
