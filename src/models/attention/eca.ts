/** Efficient channel attention (Wang and others 2020): a convolution along the channels' means. */
import { integer, nullable, option } from '../../options/index.js'
import { attentionRow } from './attention-row.js'

/** ⌊(log₂ C + 1) / 2⌋, made odd upwards. */
export function ecaKernel(channels: number): number {
  const size = Math.floor((Math.log2(channels) + 1) / 2)
  return size % 2 === 1 ? size : size + 1
}

export const eca = attentionRow({
  summary: "efficient channel attention (Wang and others 2020): a convolution along the channels' means",
  options: { kernel: option('its length; null: by the number of channels', nullable(integer({ min: 1 })), { default: null }) },
  add: ({ input, path, layers }, { kernel }) => {
    const kernelSize = kernel ?? ecaKernel(input.shape.at(-1)!)
    const mixed = layers.plan.layer(`${path}/conv`, 'channel-conv', { type: 'channelConv', kernelSize }, layers.pool('gap', input))
    const gates = layers.activation('activation', mixed, 'sigmoid')
    return layers.scale('scale', input, layers.spread('reshape', gates, input))
  },
})
