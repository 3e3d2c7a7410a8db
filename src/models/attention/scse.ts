/** Concurrent spatial and channel squeeze and excitation (Roy, Navab, Wachinger 2018). */
import { integer, option } from '../../options/index.js'
import { attentionRow } from './attention-row.js'
import { seGates, seUnits } from './se.js'

export const scse = attentionRow({
  summary: 'channels and positions scaled side by side, and added (Roy, Navab, Wachinger 2018)',
  options: { ratio: option('channels divided by this are the hidden units', integer({ min: 1 }), { default: 16 }) },
  add: ({ input, path, layers, widths }, options) => {
    const gates = seGates(layers.at('channels'), input, seUnits(options, input.shape.at(-1)!, widths, path), ['relu', 'sigmoid'])
    const byChannel = layers.scale('channels/scale', input, layers.spread('channels/reshape', gates, input))
    const positions = layers.activation('positions/activation', layers.conv('positions/conv', input, { filters: 1 }), 'sigmoid')
    return layers.sum('sum', byChannel, layers.scale('positions/scale', input, positions))
  },
})
