/** The layers of a user's own model as rows of a table. */
import type { Kind } from '../plan/layer-spec.js'
import type { LayerRow } from '../plan/layer-table.js'
import type { Layer, LayersModel } from '../tf-types.js'
import { allLayers, asModel, usesIn } from './layer-graph.js'
import { weightName } from './weight-variables.js'

type Shape = readonly (number | null)[]

const kinds: readonly (readonly [RegExp, Kind])[] = [
  [/^InputLayer$/, 'input'],
  [/^ChannelConv$/, 'channel-conv'],
  [/Conv/, 'conv'],
  [/(Batch|Group|Layer)Norm/, 'norm'],
  [/^(Activation|ReLU|LeakyReLU|ELU|Softmax|PReLU|HardSigmoid|HardSwish)$/, 'activation'],
  [/^GlobalMax/, 'gmp'],
  [/^GlobalAverage/, 'gap'],
  [/^Max/, 'pool'],
  [/^(Adaptive)?Average(Pooling)/, 'mean-pool'],
  [/^ChannelPooling$/, 'channel-pool'],
  [/^(UpSampling|Resize)/, 'upsample'],
  [/^DepthToSpace$/, 'subpixel'],
  [/^ZeroPadding/, 'pad'],
  [/^Crop/, 'crop'],
  [/^Dense$/, 'dense'],
  [/^Flatten$/, 'flatten'],
  [/Dropout/, 'dropout'],
  [/^Add$/, 'sum'],
  [/^Concatenate$/, 'concat'],
  [/^Reshape$/, 'reshape'],
  [/^Multiply$/, 'scale'],
  [/^DropPath$/, 'drop-path'],
  [/^LayerScale$/, 'layer-scale'],
  [/^Tokens$/, 'tokens'],
  [/^Token$/, 'token'],
  [/^(Self|Linear)Attention$/, 'attention'],
  [/^GaussianSample$/, 'sample'],
]

/** One row per layer, also of models inside the model; a layer that is used in several places counts once. */
export function toRows(layersModel: LayersModel): readonly LayerRow[] {
  const shapes = shapesIn(layersModel)
  const trained: ReadonlySet<unknown> = new Set(layersModel.trainableWeights)
  const plain = allLayers(layersModel).filter(({ layer }) => !asModel(layer))
  return plain.map(({ path, layer }): LayerRow => {
    const className = layer.getClassName()
    return {
      path,
      kind: kinds.find(([pattern]) => pattern.test(className))?.[1] ?? 'other',
      shape: commonShape(shapes.get(layer) ?? []),
      weights: layer.weights.map(weight => ({
        name: weightName(weight),
        shape: weight.shape as number[],
        trainable: trained.has(weight),
      })),
    }
  })
}

/** The shapes that each layer returns, without the batch axis. */
function shapesIn(model: LayersModel, shapes = new Map<Layer, Shape[]>()): ReadonlyMap<Layer, readonly Shape[]> {
  for (const { layer, outputs } of usesIn(model)) {
    const nested = asModel(layer)
    if (nested) shapesIn(nested, shapes)
    shapes.set(layer, [...(shapes.get(layer) ?? []), outputs[0]!.shape.slice(1)])
  }
  return shapes
}

/** The shape of every use; null for an axis in which they differ. */
function commonShape(shapes: readonly Shape[]): Shape {
  const [first = [], ...others] = shapes
  const alike = others.filter(({ length }) => length === first.length)
  return first.map((size, axis) => (alike.every(shape => shape[axis] === size) ? size : null))
}
