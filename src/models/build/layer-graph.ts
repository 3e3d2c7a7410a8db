/** A model of tfjs as a graph: which layer made which tensor, in this model and in the models that are its layers. */
import { isOfTfjs } from '../../graph/tensorflow.js'
import type { Layer, LayersModel, SymbolicTensor, Tensor } from '../tf-types.js'

/** One use of a layer: what it takes, and what it returns. */
export interface LayerUse {
  readonly layer: Layer
  readonly inputs: readonly SymbolicTensor[]
  readonly outputs: readonly SymbolicTensor[]
}

/** tfjs's nodes, which its types do not show. */
interface Noded {
  readonly inboundNodes: readonly { readonly inputTensors: readonly SymbolicTensor[]; readonly outputTensors: readonly SymbolicTensor[] }[]
}

/** The use of a layer that returned a tensor. */
export function useOf(symbol: SymbolicTensor): LayerUse {
  const { sourceLayer, nodeIndex } = symbol as SymbolicTensor & { readonly nodeIndex: number }
  const { inputTensors, outputTensors } = (sourceLayer as unknown as Noded).inboundNodes[nodeIndex]!
  // An input's node names the tensor as its own input.
  return { layer: sourceLayer, inputs: inputTensors.filter(input => input !== symbol), outputs: outputTensors }
}

/** Every use of a layer that the model's outputs need. A layer may be shared: with other models, or in several places of this one. */
export function usesIn(model: LayersModel): readonly LayerUse[] {
  const uses = new Map<readonly SymbolicTensor[], LayerUse>()
  const open = [...model.outputs]
  for (let symbol = open.pop(); symbol; symbol = open.pop()) {
    const use = useOf(symbol)
    if (uses.has(use.outputs)) continue
    uses.set(use.outputs, use)
    open.push(...use.inputs)
  }
  return [...uses.values()]
}

/** The model that a layer is; undefined for a plain layer. */
export function asModel(layer: Layer): LayersModel | undefined {
  return Array.isArray((layer as Partial<LayersModel>).layers) ? (layer as unknown as LayersModel) : undefined
}

/** A layer of a model, or of a model inside it. */
export interface PlacedLayer {
  /** Its name after those of the models it is in: `head/dense`. */
  readonly path: string
  readonly layer: Layer
}

/** True if every layer, wrapped ones and cells included, is tfjs's: such layers compute the same each time. */
export function isOfKnownLayers(model: LayersModel): boolean {
  const parts = (layer: Layer): object[] => {
    const { layer: wrapped, cell } = layer as { readonly layer?: Layer; readonly cell?: object }
    return [layer, ...(wrapped ? parts(wrapped) : []), ...(cell ? [cell] : [])]
  }
  return allLayers(model).every(({ layer }) => parts(layer).every(isOfTfjs))
}

/** The penalties of the model's regularizers: scalars, one for each use of their layer. */
export function penaltiesOf(model: LayersModel): readonly Tensor[] {
  // `tf.sequential()` keeps its graph in a model inside.
  const { model: inner } = model as LayersModel & { readonly model?: LayersModel }
  return (inner ?? model).calculateLosses()
}

/** Every layer once, models among them, each followed by its own layers. */
export function allLayers(model: LayersModel, path = '', seen = new Set<Layer>()): readonly PlacedLayer[] {
  return model.layers.flatMap(layer => {
    if (seen.has(layer)) return []
    seen.add(layer)
    const own = path === '' ? layer.name : `${path}/${layer.name}`
    const nested = asModel(layer)
    return [{ path: own, layer }, ...(nested ? allLayers(nested, own, seen) : [])]
  })
}
