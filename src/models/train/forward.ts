/** The network as a function of tensors: loss, predictions and inner outputs of one pass. Eager or traced, it is the same function. */
import { penaltiesOf } from '../build/layer-graph.js'
import { targetsOf } from '../config/inputs.js'
import { INPUTS, inputName, lossName, predictions } from '../predictions.js'
import type { SymbolicTensor, Tensor, Tf } from '../tf-types.js'
import type { PartWeights } from './masses.js'
import { type Head, headsOf, type Network } from './network.js'
import { penaltyOf } from './penalties.js'
import { accuracyOf, encodeTarget } from './targets.js'

/** Tensors by input name; classes as numbers (int32) or already encoded. */
export type TensorFeed = ReadonlyMap<string, Tensor>

/**
 * The values of these names, in their order. The caller disposes or keeps them; call it within `tf.tidy` or `tf.variableGrads`. `weights`:
 * those of the part of a batch that is fed.
 */
export function forward(network: Network, feed: TensorFeed, names: readonly string[], training: boolean, weights?: PartWeights): Tensor[] {
  const { tf, layersModel, inputs, heads } = network
  const inner = names.filter(name => network.outputs.has(name))
  const own = heads ? layersModel.outputs : layersModel.outputs.slice(0, 1)
  const penalized = names.includes('loss') ? (network.penalties ?? []) : []
  const symbols = [...new Set([...own, ...inner.map(name => network.outputs.get(name)!), ...penalized.flatMap(({ inputs }) => inputs)])]
  const data = inputs.data.map(({ name }) => feed.get(name)!)
  const applied = submodel(network, symbols).apply(data.length === 1 ? data[0]! : data, { training })
  const values = [applied].flat() as Tensor[]
  const outputs = values[0]!
  const headLosses = () => headsOf(network).map((head, i) => computeLoss(network, feed, values[i]!, head, weights?.losses[i]))
  return names.map(name => {
    const symbol = network.outputs.get(name)
    if (symbol) return values[symbols.indexOf(symbol)]!
    if (name === INPUTS) return tf.clone(data[0]!)
    const input = inputs.data.find(input => inputName(input.name) === name)
    if (input) return tf.clone(feed.get(input.name)!)
    const encoded = targetsOf(inputs).find(target => inputName(target.name) === name)
    if (encoded) return tf.clone(encodeTarget(tf, feed.get(encoded.name)!, encoded).values)
    const head = heads?.findIndex(each => lossName(each.name) === name) ?? -1
    if (head >= 0) return headLosses()[head]!
    switch (name) {
      case 'loss':
        return withTerms(
          network,
          sum(tf, headLosses()),
          penalized.map(({ spec, inputs }) => {
            const tensors = inputs.map(symbol => values[symbols.indexOf(symbol)]!)
            return penaltyOf(tf, spec, tensors)
          }),
          training,
        )
      case 'predictions':
        return network.predictions ? predictions[network.predictions](outputs, tf) : outputs
      case 'proba':
        return network.outputKind === 'softmax' ? outputs : predictions.proba(outputs, tf)
      case 'sigmoid':
        return network.outputKind === 'sigmoid' ? outputs : predictions.sigmoid(outputs, tf)
      case 'labels':
        return predictions.labels(outputs, tf)
      case 'accuracy':
        return scaled(tf, accuracyOf(tf, outputs, feed.get(inputs.target!.name)!, inputs.target!), weights?.accuracy)
      default:
        throw new RangeError(`no value called ${name}`)
    }
  })
}

/** The losses of an output, added up. */
function computeLoss(
  network: Network,
  feed: TensorFeed,
  outputs: Tensor,
  { loss, outputKind, target }: Head,
  weights: PartWeights['losses'][number] = [],
): Tensor {
  const { tf } = network
  const { values, counts } = encodeTarget(tf, feed.get(target.name)!, target)
  const terms = loss.map(({ on, weight, compute }, i) => {
    const compared = on === 'predictions' && network.predictions ? predictions[network.predictions](outputs, tf) : outputs
    const term = scaled(tf, compute(values, compared, { tf, outputKind, counts }), weights[i])
    return weight === 1 ? term : tf.mul(term, weight)
  })
  return sum(tf, terms)
}

const sum = (tf: Tf, terms: Tensor[]): Tensor => (terms.length === 1 ? terms[0]! : tf.addN(terms))

const scaled = (tf: Tf, value: Tensor, factor: Tensor | undefined): Tensor => (factor ? tf.mul(value, factor) : value)

/** The loss with the network's own terms and, in training, the penalties of the layers' regularizers, as tfjs's `fit` and `evaluate` have it. */
function withTerms({ tf, layersModel }: Network, loss: Tensor, terms: readonly Tensor[], training: boolean): Tensor {
  const all = [...terms, ...(training ? penaltiesOf(layersModel) : [])]
  return all.reduce((sum, term) => tf.add(sum, term), loss)
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
