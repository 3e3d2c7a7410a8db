/** Segmenters: an initial block, an encoder of groups of blocks, an embedding, a decoder, a head. BatchFlow: `EncoderDecoder`. */
import { type ConfigOf, integer, listOf, nullable, option, options } from '../../options/index.js'
import { sharedKeys } from '../config/keys.js'
import { commonKeys, initialBlockKeys } from '../config/layout-keys.js'
import { addDecoder } from '../decoders/add-decoder.js'
import { decoderOptions, headKeys } from '../decoders/keys.js'
import { strideOf } from '../plan/stride-of.js'
import { blockKeys, blockRules } from '../trunk/block-keys.js'
import { trunkKeys, trunkOptions } from '../trunk/keys.js'
import { partKeys, presetKeys } from './classifier.js'
import { addEmbedding } from './embedding.js'
import { addEncoder } from './encoder.js'
import { encoderModel, resolveEncoder } from './encoder-model.js'
import { addSegmenterHead } from './segmenter-head.js'
import type { NetworkShape } from './zoo-row.js'

const optional = { optional: true } as const

const encoderKeys = {
  model: option('a classifier, of which this part and the initial block are taken', encoderModel, { default: null }),
  at: option('the strides of the sizes that are handed on, and the end; null: all', nullable(listOf(integer({ min: 1 }))), {
    default: null,
  }),
  common: option('parameters of the initial block and the encoder', options(commonKeys), optional),
  initial_block: option("what the model's initial block does otherwise", options(initialBlockKeys), optional),
  body: option("what the model's body does otherwise", trunkOptions, optional),
  ...trunkKeys,
}

const keys = options({
  ...sharedKeys,
  ...presetKeys,
  initial_block: partKeys.initial_block,
  encoder: option('groups of blocks, to smaller and smaller sizes', options(encoderKeys), optional),
  embedding: option('the block between encoder and decoder', nullable(options(blockKeys, blockRules), 'for none'), optional),
  decoder: option('back to the size of the input', nullable(decoderOptions, 'for none'), optional),
  head: option('the layers after the decoder', options(headKeys), optional),
  common: partKeys.common,
})

/** The config of a segmenter. */
export interface SegmenterConfig extends ConfigOf<typeof keys.table> {}

/** The shape of segmenters. */
export const segmenter: NetworkShape<SegmenterConfig> = {
  keys,
  trunks: ['encoder', 'decoder'],
  oldKeys: {
    'body/encoder/base_class': 'encoder/model',
    'body/encoder': 'encoder',
    'body/embedding': 'embedding',
    'body/decoder': 'decoder',
    'initial_block/base_network': 'encoder/model',
  },
  resolve: resolveEncoder,
  add: context => {
    const { plan, inputs, config, common, section } = context
    const { output, taps } = addEncoder(context)
    const embedded = addEmbedding(context, output)
    const hasDecoder = config.get('decoder', {}) !== null
    const outputs = inputs.target?.shape.at(-1) ?? undefined
    const site = { plan, input: embedded, stride: strideOf(plan, embedded), taps, common, outputs }
    return addSegmenterHead(context, hasDecoder ? addDecoder(site, section('decoder')) : embedded)
  },
}
