/** Simple self-attention (Wang and others 2019): products of all positions without a softmax, in time that grows with their number. */
import { integer, option } from '../../options/index.js'
import { attentionRow } from './attention-row.js'
import { hiddenUnits } from './hidden-units.js'

export const ssa = attentionRow({
  summary: 'simple self-attention (Wang and others 2019), added to its input by a learned factor that starts at 0',
  options: { ratio: option('channels divided by this are those of queries and keys', integer({ min: 1 }), { default: 8 }) },
  add: ({ input, path, layers }, { ratio }) => {
    const channels = input.shape.at(-1)!
    const branch = (name: string, filters: number) => {
      const at = layers.at(name)
      return at.activation('activation', at.norm('norm', at.conv('conv', input, { filters, useBias: false })), 'relu')
    }
    const [queries, keys] = [branch('queries', hiddenUnits(channels, ratio)), branch('keys', hiddenUnits(channels, ratio))]
    const { plan } = layers
    const mixed = plan.layer(`${path}/heads`, 'attention', { type: 'linearAttention' }, queries, keys, branch('values', channels))
    const scaled = plan.layer(`${path}/layer-scale`, 'layer-scale', { type: 'layerScale', initial: 0, shared: true }, mixed)
    return layers.sum('sum', input, scaled)
  },
})
