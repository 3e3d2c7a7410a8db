/** Builds a model of the zoo: tfjs layers from the plan, loss and optimizer from the config, the step from the engine. */
import { loadTensorflow } from '../../graph/tensorflow.js'
import type { BuildContext } from '../model-types.js'
import type { Plan } from '../plan/plan.js'
import { TfModel } from '../tf-model.js'
import type { LayersModel, SymbolicTensor, Tf } from '../tf-types.js'
import type { Network } from '../train/network.js'
import type { Description } from '../zoo/describe.js'
import { freezeStatistics } from './freeze-statistics.js'
import { ownClasses } from './own/own-layers.js'
import { createStockLayers } from './own/stock-layers.js'
import { isOfProgram, loadEngine, readLosses, readSettings } from './settings.js'
import { type Clock, NetworkClock } from './stateless-draws.js'
import { applyLayer } from './tf-layers.js'

export async function buildZooModel(className: string, description: Description, { name, seed }: BuildContext): Promise<TfModel> {
  const { config, inputs, plan, training } = description
  const tf = await loadTensorflow()
  const clock = new NetworkClock()
  const { layersModel, outputs } = buildLayers(tf, plan, seed, clock)
  const penalties = plan.penalties.map(({ spec, inputs: from }) => ({ spec, inputs: from.map(path => outputs.get(path)!) }))
  const settings = {
    loss: readLosses(config, [{ name: 'predictions', classes: layersModel.outputs[0]!.shape.at(-1) }], name)?.[0],
    ...readSettings(tf, config, name, layersModel, training),
  }
  const network: Network = {
    name,
    tf,
    layersModel,
    inputs,
    outputs,
    penalties,
    clock,
    isPure: !isOfProgram(config),
    drawSeed: seed,
    outputKind: 'linear',
    ...settings,
  }
  if (training.freezesStatistics) freezeStatistics(network)
  const createStep = await loadEngine(config)
  return new TfModel(network, createStep(network), { className, config: config.toJSON(), seed, isOwn: false, ownsLayers: true }, plan.nodes)
}

function buildLayers(tf: Tf, plan: Plan, seed: number, clock: Clock): { layersModel: LayersModel; outputs: Map<string, SymbolicTensor> } {
  const context = { tf, stock: createStockLayers(tf), own: ownClasses(tf), seed, clock }
  const symbols = new Map<string, SymbolicTensor>()
  for (const { path, spec, inputs, shape } of plan.nodes) {
    const symbol =
      spec.type === 'input'
        ? tf.input({ name: path, shape: [...shape] })
        : applyLayer(
            spec,
            path,
            inputs.map(input => symbols.get(input)!),
            context,
          )
    symbols.set(path, symbol)
  }
  const layersModel = tf.model({ inputs: plan.inputs.map(path => symbols.get(path)!), outputs: symbols.get(plan.output)! })
  const outputs = new Map([...plan.blocks].map(([block, path]) => [block, symbols.get(path)!]))
  for (const node of plan.nodes) if (node.kind !== 'input') outputs.set(node.path, symbols.get(node.path)!)
  return { layersModel, outputs }
}
