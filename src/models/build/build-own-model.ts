/** Builds a model around a user's `tf.LayersModel`. */
import { fail } from '../../errors/index.js'
import { loadTensorflow } from '../../graph/tensorflow.js'
import type { Config } from '../../util/config.js'
import { type InputSpec, type InputsSpec, inferTarget, targetRule, typeOf, type Written } from '../config/inputs.js'
import type { BuildContext, ModelOrigin } from '../model-types.js'
import { TfModel } from '../tf-model.js'
import type { LayersModel, SymbolicTensor } from '../tf-types.js'
import type { Network } from '../train/network.js'
import { allLayers, asModel, isOfKnownLayers, usesIn } from './layer-graph.js'
import { outputKindOf } from './output-kind.js'
import { toRows } from './own-rows.js'
import { loadEngine, readSettings } from './settings.js'

type Identity = Pick<ModelOrigin, 'className' | 'isOwn' | 'ownsLayers'>

export async function buildOwnModel(layersModel: LayersModel, config: Config, context: BuildContext, identity: Identity): Promise<TfModel> {
  const tf = await loadTensorflow()
  checkOutputs(layersModel, config, context.name)
  const network: Network = {
    name: context.name,
    tf,
    layersModel,
    inputs: readInputs(layersModel, config, context.name),
    outputs: readOutputs(layersModel),
    outputKind: outputKindOf(tf, layersModel.outputs[0]!),
    clock: { step: 0 },
    isPure: isOfKnownLayers(layersModel),
    drawSeed: context.seed,
    ...readSettings(tf, config),
  }
  const createStep = await loadEngine(config)
  const origin = { ...identity, config: config.toJSON(), seed: context.seed }
  return new TfModel(network, createStep(network), origin, toRows(layersModel))
}

/** A loss compares one output with one target: the others would not be trained. */
function checkOutputs({ outputs }: LayersModel, config: Config, model: string): void {
  const names = outputs.map(({ sourceLayer }) => sourceLayer.name)
  if (names.length === 1 || !config.get('loss')) return
  fail('model-config', {
    model,
    problems: [
      {
        path: ['loss'],
        what: `the model has ${names.length} outputs (${names.join(', ')}), and a loss trains one`,
        allowed: 'a model of one output; or no loss, for predictions only',
        fix: 'Concatenate the outputs, or train the model with its own fit after compileModel of millrace/graph',
      },
    ],
  })
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

/** What each layer returns, by its path; a layer used in several places has no single output. */
function readOutputs(layersModel: LayersModel): Map<string, SymbolicTensor> {
  const outputs = new Map<string, SymbolicTensor>()
  const uses = usesIn(layersModel)
  for (const { path, layer } of allLayers(layersModel)) {
    if (layer.getClassName() === 'InputLayer') continue
    const [use, another] = uses.filter(each => each.layer === layer)
    // A `tf.sequential()` that comes first is dissolved into its layers.
    const last = use ?? uses.find(each => each.outputs[0] === asModel(layer)?.outputs[0])
    if (last && !another && last.outputs.length === 1) outputs.set(path, last.outputs[0]!)
  }
  return outputs
}
