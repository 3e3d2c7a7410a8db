/** Squeeze and excitation (Hu, Shen, Sun 2018): each channel scaled by a small network of all channels' means. BatchFlow: `se_block`. */
import { boolean, integer, oneOf, option, tuple } from '../../options/index.js'
import { activation } from '../config/value-types.js'
import { failShape } from '../plan/layer-rules.js'
import type { Ref } from '../plan/plan.js'
import { roundWidth } from '../plan/round-width.js'
import type { AttentionLayers } from './attention-layers.js'
import { attentionRow, type Widths } from './attention-row.js'
import { hiddenUnits } from './hidden-units.js'

const count = integer({ min: 1 })

/** The options of squeeze and excitation, also those of `body/block/se_block`. */
export const seTable = {
  ratio: option('channels divided by this are the hidden units', count, { default: 16 }),
  units: option('the hidden units themselves', count, { optional: true }),
}

interface SeOptions {
  readonly ratio: number
  readonly units?: number
  readonly units_of?: 'output' | 'block' | 'hidden'
  readonly divisor?: number | undefined
}

/** The width of the hidden layer for a number of channels. */
export function seUnits({ ratio, units, units_of = 'output', divisor }: SeOptions, channels: number, widths: Widths, path: string): number {
  if (units !== undefined) return units
  const from = units_of === 'output' ? channels : widths[units_of]
  if (from === undefined) return failShape(path, `there is no width called ${units_of} here`, 'units_of: output')
  return divisor === undefined ? hiddenUnits(from, ratio) : roundWidth(from / ratio, divisor)
}

/** `[C]`, each in 0 … 1. */
export function seGates(
  layers: AttentionLayers,
  input: Ref,
  units: number,
  [first, last]: readonly [SeActivation, SeActivation],
  useBias = true,
): Ref {
  const hidden = layers.activation('activation-0', layers.dense('dense-0', layers.pool('gap', input), units, useBias), first)
  return layers.activation('activation-1', layers.dense('dense-1', hidden, input.shape.at(-1)!, useBias), last)
}

type SeActivation = Parameters<AttentionLayers['activation']>[2]

export const se = attentionRow({
  summary: 'squeeze and excitation (Hu, Shen, Sun 2018): channels scaled by a small network of their means',
  options: {
    ...seTable,
    units_of: option(
      'the width that ratio divides: of the output, of what goes into the block, or inside it',
      oneOf(['output', 'block', 'hidden']),
      {
        default: 'output',
      },
    ),
    divisor: option('what the hidden units are rounded to a multiple of', count, { optional: true }),
    activation: option('of the hidden layer, and of the factors', tuple([activation, activation]), { default: ['relu', 'sigmoid'] }),
    use_bias: option('true if the dense layers have biases', boolean, { default: true }),
  },
  add: ({ input, path, layers, widths }, options) => {
    const units = seUnits(options, input.shape.at(-1)!, widths, path)
    const gates = seGates(layers, input, units, options.activation as [SeActivation, SeActivation], options.use_bias)
    return layers.scale('scale', input, layers.spread('reshape', gates, input))
  },
})
