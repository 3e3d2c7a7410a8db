/** The network as a function of tensors: loss, predictions and inner outputs of one pass. Eager or traced, it is the same function. */
import { penaltiesOf } from '../build/layer-graph.js'
import type { InputSpec } from '../config/inputs.js'
import { lossName, predictions } from '../predictions.js'
import type { SymbolicTensor, Tensor } from '../tf-types.js'
import type { Network } from './network.js'

/** Tensors by input name; labels as class numbers (int32, rank 1) or already encoded. */
export type TensorFeed = ReadonlyMap<string, Tensor>

/** The values of these names, in their order. The caller disposes or keeps them; call it within `tf.tidy` or `tf.variableGrads`. */
export function forward(network: Network, feed: TensorFeed, names: readonly string[], training: boolean): Tensor[] {
  const { tf, layersModel, inputs, heads } = network
  const inner = names.filter(name => network.outputs.has(name))
  const own = heads ? layersModel.outputs : layersModel.outputs.slice(0, 1)
  const symbols = [...new Set([...own, ...inner.map(name => network.outputs.get(name)!)])]
  const data = inputs.data.map(({ name }) => feed.get(name)!)
  const applied = submodel(network, symbols).apply(data.length === 1 ? data[0]! : data, { training })
  const values = [applied].flat() as Tensor[]
  const outputs = values[0]!
  const target = () => encodeTarget(network, feed, inputs.target!)
  const headLosses = () => heads!.map((head, i) => computeLoss(network, encodeTarget(network, feed, head.target), values[i]!, head))
  return names.map(name => {
    const symbol = network.outputs.get(name)
    if (symbol) return values[symbols.indexOf(symbol)]!
    const head = heads?.findIndex(each => lossName(each.name) === name) ?? -1
    if (head >= 0) return headLosses()[head]!
    switch (name) {
      case 'loss':
        return withPenalties(network, heads ? tf.addN(headLosses()) : computeLoss(network, target(), outputs, network), training)
      case 'predictions':
        return network.predictions ? predictions[network.predictions](outputs, tf) : outputs
      case 'proba':
        return network.outputKind === 'softmax' ? outputs : predictions.proba(outputs, tf)
      case 'sigmoid':
        return network.outputKind === 'sigmoid' ? outputs : predictions.sigmoid(outputs, tf)
      case 'labels':
        return predictions.labels(outputs, tf)
      case 'accuracy':
        return tf.mean(tf.cast(tf.equal(tf.argMax(outputs, -1), tf.argMax(target(), -1)), 'float32'))
      default:
        throw new RangeError(`no value called ${name}`)
    }
  })
}

function computeLoss(
  network: Network,
  target: Tensor,
  outputs: Tensor,
  { loss, outputKind }: Pick<Network, 'loss' | 'outputKind'>,
): Tensor {
  const { tf } = network
  const compared = loss!.on === 'predictions' && network.predictions ? predictions[network.predictions](outputs, tf) : outputs
  return loss!.compute(target, compared, { tf, outputKind })
}

/** In training, the loss includes the penalties of the layers' regularizers, as tfjs's `fit` and `evaluate` have it. */
function withPenalties({ tf, layersModel }: Network, loss: Tensor, training: boolean): Tensor {
  return training ? penaltiesOf(layersModel).reduce<Tensor>((sum, penalty) => tf.add(sum, penalty), loss) : loss
}

/** Class numbers become one-hot vectors; encoded targets stay. */
function encodeTarget({ tf }: Network, feed: TensorFeed, { name, classes }: InputSpec): Tensor {
  const value = feed.get(name)!
  return classes && value.rank === 1 ? tf.cast(tf.oneHot(tf.cast(value, 'int32') as never, classes.length), 'float32') : value
}

type Applied = { apply(inputs: Tensor | Tensor[], kwargs: { training: boolean }): Tensor | Tensor[] }
const submodels = new WeakMap<object, Map<string, Applied>>()

/** A model with the same layers and these outputs; made once per set of outputs. */
function submodel({ tf, layersModel, heads }: Network, symbols: readonly SymbolicTensor[]): Applied {
  if (symbols.length === (heads?.length ?? 1)) return layersModel as unknown as Applied
  const known = submodels.get(layersModel) ?? new Map<string, Applied>()
  submodels.set(layersModel, known)
  const key = symbols.map(symbol => symbol.id).join()
  const model = known.get(key) ?? (tf.model({ inputs: layersModel.inputs, outputs: [...symbols] }) as unknown as Applied)
  known.set(key, model)
  return model
}
