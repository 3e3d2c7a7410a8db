/** What a model returns: plain numbers, or probabilities by softmax or sigmoid, found from where its output comes from. */
import { attribute } from '../../graph/ir/attributes.js'
import type { Value } from '../../graph/ir/graph.js'
import { trace } from '../../graph/record/trace-function.js'
import type { Layer, SymbolicTensor, Tensor, Tf } from '../tf-types.js'
import { asModel, useOf } from './layer-graph.js'

export type OutputKind = 'linear' | 'softmax' | 'sigmoid'
/** That of a layer: its own, or that of what it takes, which it only passes on or rearranges. */
type LayerKind = OutputKind | 'input'

/** Layers whose result has the kind of what they take, if all of that has the same. */
const passing = new Set([
  'Average',
  'Concatenate',
  'Cropping2D',
  'Dropout',
  'Flatten',
  'Masking',
  'Permute',
  'RepeatVector',
  'Reshape',
  'SpatialDropout1D',
  'UpSampling2D',
])
/** Layers that multiply the result of their activation by gates. */
const gated = new Set(['LSTM', 'GRU', 'ConvLSTM2D', 'Bidirectional', 'RNN'])

/** The kind of a symbolic output. */
export function outputKindOf(tf: Tf, symbol: SymbolicTensor): OutputKind {
  const { layer, inputs, outputs } = useOf(symbol)
  const kind = layerKind(tf, layer, inputs, outputs.indexOf(symbol))
  if (kind !== 'input') return kind
  const kinds = new Set(inputs.map(input => outputKindOf(tf, input)))
  return kinds.size === 1 ? [...kinds][0]! : 'linear'
}

function layerKind(tf: Tf, layer: Layer, inputs: readonly SymbolicTensor[], index: number): LayerKind {
  const className = layer.getClassName()
  const nested = asModel(layer)
  if (nested) return outputKindOf(tf, nested.outputs[index]!)
  if (className === 'Softmax') return 'softmax'
  if (className === 'TimeDistributed') return layerKind(tf, (layer as unknown as { layer: Layer }).layer, inputs, index)
  if (passing.has(className)) return 'input'
  if (gated.has(className)) return 'linear'
  const { activation } = layer.getConfig()
  if (activation === 'softmax' || activation === 'sigmoid') return activation
  if (className === 'Activation') return activation === 'linear' ? 'input' : 'linear'
  return activation === undefined ? tracedKind(tf, layer, inputs, index) : 'linear'
}

/** Operations that rearrange the elements of their first input. */
const rearranging = new Set(['Identity', 'Reshape', 'Squeeze', 'ExpandDims', 'Transpose'])

/** The kind of a layer that does not state it, by the operation its result comes from. */
function tracedKind(tf: Tf, layer: Layer, inputs: readonly SymbolicTensor[], index: number): LayerKind {
  if (tf.getBackend() !== 'tensorflow' || inputs.length === 0) return 'linear'
  const call = (...given: Tensor[]) => [layer.call(given.length === 1 ? given[0]! : given, { training: false })].flat()[index]!
  const types = inputs.map(({ shape, dtype }, i) => ({ name: `input${i}`, shape: shape.map(n => n ?? 2), dtype: dtype as 'float32' }))
  try {
    const { graph } = trace(tf, (...given) => ({ result: call(...given) }), types, { seed: 0, step: () => 0 })
    return kindOfValue(graph.outputs[0]!.value)
  } catch {
    return 'linear'
  }
}

function kindOfValue({ node }: Value): LayerKind {
  if (node.op === 'Softmax') return 'softmax'
  if (node.op === 'Sigmoid') return 'sigmoid'
  if (node.op === 'Placeholder') return attribute(node, 'name', 'string').startsWith('input') ? 'input' : 'linear'
  return rearranging.has(node.op) ? kindOfValue(node.inputs[0]!) : 'linear'
}
