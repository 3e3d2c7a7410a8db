/** Batch normalisation that is not trained computes in training as in inference. */
import type { Layer, Tensor } from '../tf-types.js'
import { type Network, toVariable, trainedVariables } from '../train/network.js'
import { allLayers } from './layer-graph.js'
import { weightName } from './weight-variables.js'

type Call = (inputs: Tensor | Tensor[], kwargs: { readonly training?: boolean }) => Tensor | Tensor[]

/**
 * From now on, each batch normalisation of the network whose scale and shift are frozen uses its moving averages and does not move them.
 * Config: `freeze_statistics`.
 */
export function freezeStatistics(network: Network): void {
  for (const { layer } of allLayers(network.layersModel)) {
    if (layer.getClassName() === 'BatchNormalization') freezeOf(network, layer)
  }
}

function freezeOf(network: Network, layer: Layer): void {
  // Looked up at each call: tracing replaces the prototype's method.
  const prototype = Object.getPrototypeOf(layer) as { readonly call: Call }
  const own = new Set(layer.weights.filter(weight => /^(gamma|beta)$/.test(weightName(weight))).map(toVariable))
  const isFrozen = () => own.size > 0 && !trainedVariables(network).some(variable => own.has(variable))
  const frozen: Call = (inputs, kwargs) => prototype.call.call(layer, inputs, isFrozen() ? { ...kwargs, training: false } : kwargs)
  Object.assign(layer, { call: frozen })
}
