/** The keys of a decoder. */
import { anyOf, boolean, integer, listOf, nullable, number, oneOf, option, options } from '../../options/index.js'
import { attention } from '../config/attention.js'
import { convolutionKeys, layerKeys, layoutKeys } from '../config/layout-keys.js'
import { layout } from '../config/layout-type.js'
import { blockKeys, blockRules } from '../trunk/block-keys.js'

const optional = { optional: true } as const
const count = integer({ min: 1 })
const strides = listOf(count, { min: 0 })

export const decoderTypes = {
  steps: 'step by step to the size of the input, each step with what the encoder has at that size (UNet, LinkNet)',
  nested: 'steps from every size of the encoder, each with all before it at that size (UNet++)',
  pyramid: 'a pyramid of equal widths, its levels brought to one size and added (FPN)',
  scores: 'outputs made at several sizes, the coarser ones brought to the finer ones and added (FCN)',
} as const

export type DecoderTypeName = keyof typeof decoderTypes
const typeNames = Object.keys(decoderTypes) as DecoderTypeName[]

export const stages = ['upsampling', 'combine', 'block'] as const
export type Stage = (typeof stages)[number]

const upsample = options({
  ...convolutionKeys,
  ...layerKeys,
  layout: option('the layers that make positions: t, b, N or X, and others around it', layout, { default: 'b' }),
  factor: option('how many times more positions a step has, per axis', count, { default: 2 }),
  reduction: option(
    'filters of its convolutions but the last are this share of the channels before it; without it, all have those of the step',
    number({ above: 0, max: 1 }),
    optional,
  ),
})

const combine = options({
  op: option('how a step joins what the encoder has at its size', oneOf(['concat', 'sum']), { default: 'concat' }),
  resize: option('how the positions of a step become as many as the encoder has there', oneOf(['crop', 'bilinear', 'error']), {
    default: 'crop',
  }),
  attention: option('the attention of what is joined', attention, { default: null }),
})

const skip = options({
  ...convolutionKeys,
  ...layerKeys,
  layout: option('the layers between encoder and decoder', nullable(layout, 'for none'), { default: null }),
  attention: option('the attention of what the encoder has; gate looks at the decoder, too', attention, { default: null }),
  at: option('the strides at which the decoder takes what the encoder has; null: all', nullable(strides), { default: null }),
})

export const decoderKeys = {
  type: option(`the kind of decoder: ${typeNames.map(name => `${name}: ${decoderTypes[name]}`).join('; ')}`, oneOf(typeNames), {
    default: 'steps',
  }),
  filters: option(
    "of each step; of the pyramid; default: the encoder's channels at each size, half as many where it has none",
    anyOf(count, listOf(count)),
    optional,
  ),
  order: option('what a step does, in this order', listOf(oneOf(stages)), { default: stages }),
  upsample: option('the layers that make positions', upsample, optional),
  combine: option('how encoder and decoder are joined', combine, optional),
  skip: option('what the decoder takes of the encoder; null for nothing', nullable(skip, 'for nothing'), optional),
  block: option('the block of each step', nullable(options(blockKeys, blockRules), 'for none'), optional),
  attention: option('the attention at the end of each step', attention, { default: null }),
}

export const decoderOptions = options(decoderKeys)

/** The keys that each kind takes. */
export const keysOfType: Readonly<Record<DecoderTypeName, readonly (keyof typeof decoderKeys)[]>> = {
  steps: ['filters', 'order', 'upsample', 'combine', 'skip', 'block', 'attention'],
  nested: ['filters', 'upsample', 'combine', 'skip', 'block', 'attention'],
  pyramid: ['filters', 'upsample', 'combine', 'skip', 'block', 'attention'],
  scores: ['upsample', 'combine', 'skip'],
}

/** Keys of the head of a segmenter. */
export const headKeys = {
  ...layoutKeys,
  resize: option('true: its outputs are brought to the size of the masks (bilinear)', boolean, { default: true }),
}

export const upsampleOptions = upsample
export const combineOptions = combine
export const skipOptions = skip
