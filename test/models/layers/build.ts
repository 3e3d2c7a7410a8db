/** A model of one layer. */
import { ownClasses } from '../../../src/models/build/own/own-layers.js'
import { createStockLayers } from '../../../src/models/build/own/stock-layers.js'
import type { Clock } from '../../../src/models/build/stateless-draws.js'
import { applyLayer } from '../../../src/models/build/tf-layers.js'
import type { Shape } from '../../../src/models/plan/layer-rules.js'
import type { Layer, LayersModel, SymbolicTensor, Tf } from '../../../src/models/tf-types.js'
import type { Sample } from './rows.js'

export interface Built {
  readonly model: LayersModel
  readonly layer: Layer
}

export async function buildLayer(
  tf: Tf,
  spec: Sample['spec'],
  shapes: readonly Shape[],
  clock: Clock = { step: 0 },
  seed = 7,
): Promise<Built> {
  const inputs = shapes.map((shape, i) => tf.input({ shape: [...shape], name: `input-${i}` }))
  const context = { tf, stock: createStockLayers(tf), own: ownClasses(tf), seed, clock }
  const output: SymbolicTensor = applyLayer(spec, 'layer', inputs, context)
  return { model: tf.model({ inputs, outputs: output }), layer: output.sourceLayer }
}
