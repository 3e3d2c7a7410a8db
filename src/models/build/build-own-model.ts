/** Builds a model around a user's `tf.LayersModel`. */
import { fail } from '../../errors/index.js'
import { loadTensorflow } from '../../graph/tensorflow.js'
import type { Config } from '../../util/config.js'
import { type InputSpec, type InputsSpec, inferTarget, targetRule, typeOf, type Written } from '../config/inputs.js'
import type { BuildContext, ModelOrigin } from '../model-types.js'
import type { Kind } from '../plan/layer-spec.js'
import type { LayerRow } from '../plan/layer-table.js'
import { TfModel } from '../tf-model.js'
import type { Layer, LayersModel, SymbolicTensor } from '../tf-types.js'
import type { Network } from '../train/network.js'
import { loadEngine, readSettings } from './settings.js'

type Identity = Pick<ModelOrigin, 'className' | 'isOwn' | 'ownsLayers'>

export async function buildOwnModel(layersModel: LayersModel, config: Config, context: BuildContext, identity: Identity): Promise<TfModel> {
  const tf = await loadTensorflow()
  const network: Network = {
    name: context.name,
    tf,
    layersModel,
    inputs: readInputs(layersModel, config, context.name),
    outputs: readOutputs(layersModel),
    outputKind: readOutputKind(layersModel),
    clock: { step: 0 },
    ...readSettings(tf, config),
  }
  const createStep = await loadEngine(config)
  const origin = { ...identity, config: config.toJSON(), seed: context.seed }
  return new TfModel(network, createStep(network), origin, layersModel.layers.map(toRow))
}

/** The config's names for the model's inputs, in order; by default the model's own, where a single input takes any name. */
function readInputs(layersModel: LayersModel, config: Config, model: string): InputsSpec {
  const symbols = layersModel.inputs
  const written = (config.get<Config | null>('inputs')?.toJSON() ?? {}) as Record<string, Written>
  const described = inferTarget(written)
  const names = Object.keys(written).filter(name => name !== described?.name)
  if (names.length > 0 && names.length !== symbols.length) {
    const what = `${names.length} inputs for a model that takes ${symbols.length}`
    fail('model-config', {
      model,
      problems: [
        { path: ['inputs'], what, allowed: `${symbols.length} inputs, and the targets`, ...(described ? {} : { fix: targetRule }) },
      ],
    })
  }
  const data = symbols.map((symbol, i): InputSpec => {
    const isSole = names.length === 0 && symbols.length === 1
    const name = names[i] ?? symbol.name
    return { name, shape: symbol.shape.slice(1), ...typeOf(written[name] ?? {}), ...(isSole ? { takesAnyName: true } : {}) }
  })
  return { data, target: described ?? defaultTarget(layersModel, config) }
}

/** `labels`, also fed as `targets`: class numbers where the loss compares classes, the output's shape otherwise. */
function defaultTarget(layersModel: LayersModel, config: Config): InputSpec {
  const shape = layersModel.outputs[0]!.shape.slice(1)
  const count = shape.at(-1)
  const hasClasses = shape.length === 1 && typeof count === 'number' && count > 1
  const comparesClasses = ['ce', 'crossentropy', 'hinge', 'logloss'].includes(String(config.get('loss')).toLowerCase())
  const classes = hasClasses && comparesClasses ? Array.from({ length: count }, (_, i) => i) : undefined
  return { name: 'labels', aliases: ['targets'], shape, ...(classes ? { classes } : {}) }
}

function readOutputs(layersModel: LayersModel): Map<string, SymbolicTensor> {
  const outputs = new Map<string, SymbolicTensor>()
  for (const layer of layersModel.layers) {
    // A layer used in several places has no single output.
    const isUsedOnce = (layer as unknown as { inboundNodes: unknown[] }).inboundNodes.length === 1
    if (layer.getClassName() !== 'InputLayer' && isUsedOnce && !Array.isArray(layer.output)) outputs.set(layer.name, layer.output)
  }
  return outputs
}

function readOutputKind(layersModel: LayersModel): Network['outputKind'] {
  const last = layersModel.layers.at(-1)!
  const activation = last.getClassName() === 'Softmax' ? 'softmax' : last.getConfig().activation
  return activation === 'softmax' || activation === 'sigmoid' ? activation : 'linear'
}

const kinds: readonly (readonly [RegExp, Kind])[] = [
  [/^InputLayer$/, 'input'],
  [/Conv/, 'conv'],
  [/BatchNorm/, 'norm'],
  [/^(Activation|ReLU|LeakyReLU|ELU|Softmax|PReLU)$/, 'activation'],
  [/^GlobalMax/, 'gmp'],
  [/^GlobalAverage/, 'gap'],
  [/^Max/, 'pool'],
  [/^Average(Pooling)/, 'mean-pool'],
  [/^Dense$/, 'dense'],
  [/^Flatten$/, 'flatten'],
  [/Dropout/, 'dropout'],
  [/^Add$/, 'sum'],
  [/^Concatenate$/, 'concat'],
  [/^Reshape$/, 'reshape'],
  [/^Multiply$/, 'scale'],
]

function toRow(layer: Layer): LayerRow {
  const className = layer.getClassName()
  const shape = (Array.isArray(layer.outputShape[0]) ? layer.outputShape[0] : layer.outputShape) as (number | null)[]
  return {
    path: layer.name,
    kind: kinds.find(([pattern]) => pattern.test(className))?.[1] ?? 'other',
    shape: shape.slice(1),
    weights: layer.weights.map(weight => ({
      name: weight.originalName.split('/').at(-1)!,
      shape: weight.shape as number[],
      trainable: layer.trainableWeights.includes(weight),
    })),
  }
}
