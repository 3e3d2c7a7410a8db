/** Builds a model around a user's `tf.LayersModel`. */
import { fail } from '../../errors/index.js'
import { loadTensorflow } from '../../graph/tensorflow.js'
import type { Config } from '../../util/config.js'
import {
  type InputSpec,
  type InputsSpec,
  inferTarget,
  onlyTargetsIgnore,
  targetRule,
  targetsOf,
  toTarget,
  typeOf,
  type Written,
} from '../config/inputs.js'
import { planTraining } from '../groups/plan-training.js'
import { freezeRows } from '../groups/weight-paths.js'
import type { Loss } from '../losses/index.js'
import type { BuildContext, ModelOrigin } from '../model-types.js'
import { TfModel } from '../tf-model.js'
import type { LayersModel, SymbolicTensor } from '../tf-types.js'
import type { Network } from '../train/network.js'
import { freezeStatistics } from './freeze-statistics.js'
import { allLayers, asModel, isOfKnownLayers, usesIn } from './layer-graph.js'
import { outputKindOf } from './output-kind.js'
import { toRows } from './own-rows.js'
import { isOfProgram, loadEngine, readLosses, readSettings } from './settings.js'
import { NetworkClock } from './stateless-draws.js'

type Identity = Pick<ModelOrigin, 'className' | 'isOwn' | 'ownsLayers'>

export async function buildOwnModel(layersModel: LayersModel, config: Config, context: BuildContext, identity: Identity): Promise<TfModel> {
  const tf = await loadTensorflow()
  const { name } = context
  const rows = toRows(layersModel)
  const planned = planTraining(rows, config)
  if ('problems' in planned) return fail('model-config', { model: name, problems: planned.problems })
  const { plan: training } = planned
  const names = outputNames(layersModel)
  const outputs = names.map((output, i) => ({ name: output, classes: layersModel.outputs[i]!.shape.at(-1) }))
  const chosen = readLosses(config, outputs, name)
  const inputs = readInputs(layersModel, config, name, chosen)
  const kinds = layersModel.outputs.map(symbol => outputKindOf(tf, symbol))
  const targets = targetsOf(inputs)
  const heads = chosen?.map((loss, i) => ({ name: names[i]!, loss, outputKind: kinds[i]!, target: targets[i]! }))
  const network: Network = {
    name,
    tf,
    layersModel,
    inputs,
    outputs: readOutputs(layersModel),
    loss: chosen?.[0],
    outputKind: kinds[0]!,
    ...(heads && heads.length > 1 ? { heads } : {}),
    clock: new NetworkClock(),
    isPure: isOfKnownLayers(layersModel) && !isOfProgram(config),
    drawSeed: context.seed,
    ...readSettings(tf, config, name, layersModel, training),
  }
  if (training.freezesStatistics) freezeStatistics(network)
  const createStep = await loadEngine(config)
  const origin = { ...identity, config: config.toJSON(), seed: context.seed }
  return new TfModel(network, createStep(network), origin, freezeRows(rows, training.frozen))
}

/** The names of the layers that the outputs come from; numbered where several come from one. */
function outputNames({ outputs }: LayersModel): string[] {
  const names = outputs.map(({ sourceLayer }) => sourceLayer.name)
  return names.map((name, i) => (names.indexOf(name) === i ? name : `${name}-${i}`))
}

/** The config's names for the model's inputs, in order; by default the model's own, where a single input takes any name. */
function readInputs(layersModel: LayersModel, config: Config, model: string, chosen: readonly (readonly Loss[])[] | undefined): InputsSpec {
  const symbols = layersModel.inputs
  const written = (config.get<Config | null>('inputs')?.toJSON() ?? {}) as Record<string, Written>
  const outputs = outputNames(layersModel)
  const isSingle = outputs.length === 1 || !chosen
  const shapes = layersModel.outputs.map(({ shape }) => shape.slice(1))
  const described = isSingle ? inferTarget(written, shapes[0]!.slice(0, -1)) : undefined
  const names = Object.keys(written).filter(name => name !== described?.name && (isSingle || !outputs.includes(name)))
  if (names.length > 0 && names.length !== symbols.length) {
    const what = `${names.length} inputs for a model that takes ${symbols.length}`
    fail('model-config', {
      model,
      problems: [
        { path: ['inputs'], what, allowed: `${symbols.length} inputs, and the targets`, ...(described ? {} : { fix: targetRule }) },
      ],
    })
  }
  const ignoring = names.find(name => written[name]!.ignore !== undefined)
  if (ignoring !== undefined) fail('model-config', { model, problems: [onlyTargetsIgnore(ignoring)] })
  const data = symbols.map((symbol, i): InputSpec => {
    const isSole = names.length === 0 && symbols.length === 1
    const name = names[i] ?? symbol.name
    return { name, shape: symbol.shape.slice(1), ...typeOf(written[name] ?? {}), ...(isSole ? { takesAnyName: true } : {}) }
  })
  if (isSingle) return { data, target: described ?? defaultTarget({ name: 'labels', aliases: ['targets'] }, shapes[0]!, chosen?.[0]) }
  // Of several outputs, each is compared with what is fed under its name.
  const [target, ...moreTargets] = outputs.map(
    (name, i) =>
      (written[name] && toTarget([name, written[name]], shapes[i]!.slice(0, -1))) ?? defaultTarget({ name }, shapes[i]!, chosen[i]),
  )
  return { data, target, moreTargets }
}

/** Class numbers where a loss compares classes, the output's shape otherwise. */
function defaultTarget(names: Pick<InputSpec, 'name' | 'aliases'>, shape: InputSpec['shape'], loss: readonly Loss[] = []): InputSpec {
  const count = shape.at(-1)
  const hasClasses = typeof count === 'number' && count > 1 && loss.some(({ comparesClasses }) => comparesClasses)
  const classes = hasClasses ? Array.from({ length: count }, (_, i) => i) : undefined
  return { ...names, shape, ...(classes ? { classes } : {}) }
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
