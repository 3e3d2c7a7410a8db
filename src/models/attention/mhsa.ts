/** Multi-head self-attention (Vaswani and others 2017) over the positions of images or lines. */
import { boolean, integer, oneOf, option } from '../../options/index.js'
import { failShape } from '../plan/layer-rules.js'
import { attentionRow } from './attention-row.js'

const count = integer({ min: 1 })

export const mhsa = attentionRow({
  summary: 'multi-head self-attention over all positions (Vaswani and others 2017), added to its input',
  options: {
    heads: option('parts of the channels that attend apart', count, { default: 4 }),
    position: option('relative: vectors are learned for each distance between positions', oneOf(['relative', 'none']), { default: 'none' }),
    use_bias: option('true if its dense layers have biases', boolean, { default: true }),
    max_positions: option('the most positions that it takes: memory grows with their square', count, { default: 1024 }),
  },
  add: ({ input, path, layers }, { heads, position, use_bias, max_positions }) => {
    const channels = input.shape.at(-1)!
    const positions = input.shape.slice(0, -1).reduce((product, length) => product * length, 1)
    if (positions > max_positions) {
      const allowed = `at most ${max_positions}: fewer groups by attention_groups, or a larger max_positions`
      failShape(path, `mhsa over the ${positions} positions of the shape [${input.shape.join(', ')}]`, allowed)
    }
    if (channels % heads !== 0) failShape(path, `${heads} heads do not divide ${channels} channels`, 'heads: a divisor of the channels')
    const all = layers.dense('dense-0', input, 3 * channels, use_bias)
    const mixed = layers.plan.layer(`${path}/heads`, 'attention', { type: 'attention', heads, position }, all)
    return layers.sum('sum', input, layers.dense('dense-1', mixed, channels, use_bias))
  },
})
