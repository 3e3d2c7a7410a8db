export { Normalizer, type NormalizerOptions, normalizerOptions, type OwnNormalization } from './normalizer.js'
export { Quantizer, type QuantizerOptions, quantizerOptions } from './quantizer.js'
export type { NormalizationStats } from './statistics.js'
export type { Values } from './values.js'
