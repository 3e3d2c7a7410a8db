/** Makes tfjs's layer from a layer's description. */
import type { LayerSpec, LayerType } from '../plan/layer-spec.js'
import type { SymbolicTensor } from '../tf-types.js'
import { convolutions } from './layers/convolutions.js'
import { elementwise } from './layers/elementwise.js'
import type { LayerContext, Make, Makers } from './layers/make.js'
import { ownMakers } from './layers/own.js'
import { positions } from './layers/positions.js'

const makers: Makers<Exclude<LayerType, 'input'>> = { ...convolutions, ...elementwise, ...positions, ...ownMakers }

/** Makes a layer and applies it. */
export function applyLayer(
  spec: Exclude<LayerSpec, { type: 'input' }>,
  name: string,
  inputs: SymbolicTensor[],
  context: LayerContext,
): SymbolicTensor {
  const make = makers[spec.type] as Make<LayerType>
  const shapes = inputs.map(({ shape }) => shape.slice(1) as number[])
  const layer = make(spec as never, name, context, shapes)
  return layer.apply(inputs.length === 1 ? inputs[0]! : inputs) as SymbolicTensor
}
