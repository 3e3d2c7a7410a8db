/** The gate of Attention U-Net (Oktay and others 2018): positions of the encoder scaled by what the decoder looks for. */
import { integer, option } from '../../options/index.js'
import { failShape } from '../plan/layer-rules.js'
import { attentionRow } from './attention-row.js'
import { hiddenUnits } from './hidden-units.js'

export const gate = attentionRow({
  summary: 'positions scaled by what the decoder looks for, in decoder/skip (Oktay and others 2018)',
  options: { ratio: option('channels divided by this are those of the comparison', integer({ min: 1 }), { default: 2 }) },
  add: ({ input, path, layers, gate: decoded }, { ratio }) => {
    if (!decoded) return failShape(path, 'gate compares two tensors', 'decoder/skip/attention: gate')
    const positions = ({ shape }: typeof input) => shape.slice(0, -1).join('×')
    if (positions(decoded) !== positions(input))
      failShape(path, `gate compares ${positions(input)} positions with ${positions(decoded)}`, 'order: [upsampling, combine, block]')
    const filters = hiddenUnits(input.shape.at(-1)!, ratio)
    const compared = layers.sum('sum', layers.conv('skip', input, { filters }), layers.conv('decoded', decoded, { filters }))
    const scores = layers.conv('conv', layers.activation('activation-0', compared, 'relu'), { filters: 1 })
    return layers.scale('scale', input, layers.activation('activation-1', scores, 'sigmoid'))
  },
})
