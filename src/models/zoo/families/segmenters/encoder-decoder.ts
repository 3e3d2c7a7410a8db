import { defineFamily } from '../../define-family.js'
import { segmenter } from '../../segmenter.js'
import { segmenterDefaults, voc } from './defaults.js'

const small = { shape: [32, 32, 3], classes: 3 }

const defaults = {
  ...segmenterDefaults,
  'encoder/num_blocks': [1, 1, 1],
  'encoder/filters': [32, 64, 128],
  'encoder/block/type': 'plain',
  'encoder/block/layout': 'cna',
  'encoder/downsample/layout': 'p',
  'encoder/downsample/place': 'after',
  'decoder/upsample/layout': 'b',
  'decoder/block/type': 'plain',
  'decoder/block/layout': 'cna',
}

/** The networks that return what they are fed: nothing goes around the embedding. */
const coder = { ...defaults, 'decoder/skip': null, loss: 'mse' }

/**
 * The bare shape: an encoder, an embedding, a decoder, a head, each as its keys say. BatchFlow: `EncoderDecoder`.
 *
 * @example
 * EncoderDecoder.describe({
 *   inputs: { images: { shape: [64, 64, 3] }, masks: { shape: [64, 64], classes: 5, name: 'targets' } },
 *   'encoder/model': 'MobileNetV2',
 *   embedding: { type: 'aspp', rates: [2, 4], filters: 64 },
 *   decoder: { upsample: { layout: 'X' }, block: { type: 'residual' } },
 * }).countParameters()
 */
export const { EncoderDecoder } = defineFamily({
  name: 'EncoderDecoder',
  summary: 'an encoder, an embedding, a decoder, a head, as their keys say',
  shape: segmenter,
  defaults,
  smallStem: {},
  published: voc,
  rows: { EncoderDecoder: { summary: 'an encoder and a decoder of three sizes; each part may be replaced' } },
})

/** Networks that learn to return their input through an embedding of few numbers. Their targets are the images. BatchFlow: `AutoEncoder`. */
export const { AutoEncoder } = defineFamily({
  name: 'AutoEncoder',
  summary: 'returns its input through a small embedding',
  shape: segmenter,
  defaults: { ...coder, 'embedding/type': 'plain', 'embedding/layout': 'cna', 'embedding/filters': 16 },
  smallStem: {},
  published: small,
  rows: { AutoEncoder: { summary: 'an auto-encoder of three sizes, 16 channels between its halves' } },
})

/**
 * Auto-encoders whose embedding is drawn from a normal distribution (Kingma and Welling 2013). Its divergence from N(0, 1) is part of the
 * loss. BatchFlow: `VariationalAutoEncoder`.
 */
export const { VariationalAutoEncoder } = defineFamily({
  name: 'VariationalAutoEncoder',
  summary: 'returns its input through normally distributed numbers (Kingma and Welling 2013)',
  shape: segmenter,
  defaults: { ...coder, 'embedding/type': 'gaussian', 'embedding/filters': 16 },
  smallStem: {},
  published: small,
  rows: { VariationalAutoEncoder: { summary: 'a variational auto-encoder of three sizes, 16 channels between its halves' } },
})
