import { defineFamily } from '../define-family.js'
import { plainNetwork } from '../plain-network.js'

/**
 * A network of three layouts, for inputs of any shape: `initial_block`, `body`, `head`. BatchFlow: `TFModel`, and `ConvModel` of its
 * notebooks.
 *
 * @example
 * Network.describe({
 *   inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10, name: 'targets' } },
 *   body: { layout: 'cpa cpa', filters: [16, 32], kernel_size: [7, 5], strides: [2, 1] },
 *   head: { layout: 'fa f', units: [256] },
 * }).countParameters()
 */
export const { Network } = defineFamily({
  name: 'Network',
  summary: 'networks written as layouts',
  shape: plainNetwork,
  defaults: { 'head/layout': 'f', loss: 'ce' },
  published: { shape: [28, 28, 1], classes: 10 },
  rows: { Network: { summary: 'an initial block, a body and a head of one layout each; as it is, one dense layer' } },
})
