/** Loads a saved model, to predict or to go on training where it stopped. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, listNames } from '../errors/index.js'
import { takeOverChoices } from '../graph/tune/tuner.js'
import { Config } from '../util/config.js'
import { type OptimizerName, type OptimizerRow, optimizers, setLearningRate } from './optimizers.js'
import type { Manifest } from './save.js'
import type { TfModel } from './tf-model.js'
import type { Optimizer, Tensor, Variable } from './tf-types.js'
import { toVariable } from './train/network.js'
import { models } from './zoo/models.js'

export interface LoadOptions {
  /** The model's name in its pipeline. Default: the name of its class. */
  readonly name?: string
}

interface Saved {
  readonly folder: string
  readonly manifest: Manifest
  readonly topology: { readonly modelTopology: object; readonly weightsManifest: readonly [{ readonly weights: object[] }] }
}

/**
 * The model that `model.save(folder)` wrote: weights, optimizer, step and seed. Training goes on with the very same numbers.
 * BatchFlow: `load_model`.
 *
 * @throws MillraceError `model-load` where the folder holds no model of this format, or one whose files do not fit together.
 * @example
 * const model = await loadModel('checkpoints/resnet', { name: 'resnet' })
 */
export async function loadModel(folder: string, options: LoadOptions = {}): Promise<TfModel> {
  const saved = await readSaved(folder)
  const name = options.name ?? saved.manifest.className
  const model = await build(saved, name)
  try {
    await restore(model, saved)
  } catch (error) {
    model.dispose()
    throw error
  }
  return model
}

/**
 * Gives a model the weights, optimizer's state and step that `model.save(folder)` wrote: it goes on from there with the very same numbers.
 *
 * @throws MillraceError `model-load` where the folder holds no model of this format, or one of other layers.
 */
export async function restoreModel(model: TfModel, folder: string): Promise<void> {
  await restore(model, await readSaved(folder))
}

async function restore(model: TfModel, saved: Saved): Promise<void> {
  const { network } = model
  const { folder, manifest } = saved
  try {
    for (const [i, layer] of network.layersModel.layers.entries()) layer.trainable = !manifest.frozen?.includes(i)
    await restoreWeights(model, saved)
    await restoreOptimizer(model, saved)
  } catch (cause) {
    fail('model-load', { folder, why: messageOf(cause) }, {}, cause)
  }
  network.clock.step = manifest.step
  if (manifest.tuned) takeOverChoices(network.tf, manifest.tuned)
}

async function readSaved(folder: string): Promise<Saved> {
  const { FORMAT_VERSION, files } = await import('./save.js')
  const read = async (file: string) => {
    try {
      return JSON.parse(await readFile(join(folder, file), 'utf8'))
    } catch (cause) {
      return fail('model-load', { folder, why: `${file}: ${messageOf(cause)}` }, {}, cause)
    }
  }
  const manifest: Saved['manifest'] = await read(files.manifest)
  if (manifest.format !== 'millrace-model' || manifest.version !== FORMAT_VERSION) {
    const why = `${files.manifest} says ${manifest.format} version ${manifest.version}`
    fail('model-load', { folder, why, fix: `This version reads millrace-model version ${FORMAT_VERSION}.` })
  }
  return { folder, manifest, topology: await read(files.topology) }
}

async function build({ folder, manifest, topology }: Saved, name: string): Promise<TfModel> {
  const { className, config, seed, isOwn } = manifest
  if (!isOwn) {
    const row = Object.hasOwn(models, className) ? models[className as keyof typeof models] : undefined
    return (
      row ?? fail('model-load', { folder, why: `its class is ${className}`, fix: `The zoo has ${listNames(Object.keys(models))}.` })
    ).build(config, { name, seed })
  }
  const { loadTensorflow } = await import('../graph/tensorflow.js')
  const { buildOwnModel } = await import('./build/build-own-model.js')
  const tf = await loadTensorflow()
  const layersModel = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology: topology.modelTopology }))
  return buildOwnModel(layersModel, new Config(config), { name, seed }, { className, isOwn, ownsLayers: true })
}

/** By position: layers without names of their own are called otherwise in each process. */
async function restoreWeights({ network: { tf, layersModel } }: TfModel, { folder, topology }: Saved): Promise<void> {
  const { files } = await import('./save.js')
  const weights = Object.values(
    tf.io.decodeWeights(await readBuffer(join(folder, files.weights)), topology.weightsManifest[0].weights as never),
  )
  const present = layersModel.weights.map(toVariable)
  try {
    if (weights.length !== present.length) throw new Error(`it has ${weights.length} weights, the model ${present.length}`)
    for (const [i, weight] of weights.entries()) {
      const { name, shape } = present[i]!
      if (`${weight.shape}` !== `${shape}`) throw new Error(`its ${name} has the shape [${weight.shape}], the model's [${shape}]`)
    }
    for (const [i, weight] of weights.entries()) present[i]!.assign(weight as never)
  } finally {
    tf.dispose(weights)
  }
}

async function restoreOptimizer({ network }: TfModel, { folder, manifest }: Saved): Promise<void> {
  const { tf, layersModel, optimizer, optimizerName } = network
  const { files } = await import('./save.js')
  if (manifest.optimizer.name !== optimizerName) throw new Error(`the optimizer's state is that of ${manifest.optimizer.name}`)
  const state = tf.io.decodeWeights(await readBuffer(join(folder, files.optimizer)), manifest.optimizer.weights as never)
  assignState(optimizer, optimizerName, state)
  const { name, learningRate, slots = [] } = manifest.optimizer
  if (learningRate !== undefined) setLearningRate(optimizer, learningRate)
  network.slotNames.splice(0, Infinity, ...slots.map(i => toVariable(layersModel.weights[i] ?? unfit(name)).name))
  ;(optimizer as unknown as { iterations_: number }).iterations_ = manifest.step
  tf.dispose(state)
}

type Slot = { readonly originalName: string; readonly variable: Variable } | undefined

/** New variables for the slots: those of before are disposed, and what was compiled with them is compiled anew. */
function assignState(optimizer: Optimizer, name: OptimizerName, state: Readonly<Record<string, Tensor>>): void {
  const row: OptimizerRow = optimizers[name]
  const fields = optimizer as unknown as Record<string, Variable | Slot[] | undefined>
  for (const field of row.slots) {
    for (const slot of (fields[field] ?? []) as Slot[]) slot?.variable.dispose()
    const names = Object.keys(state).filter(key => key.startsWith(`${field}/`))
    fields[field] = names.map(key => ({ originalName: key, variable: state[key]!.variable(false) }))
  }
  for (const field of row.scalars) (fields[field] as Variable).assign(state[field]! as never)
}

function unfit(optimizer: string): never {
  throw new Error(`the state of ${optimizer} belongs to another model`)
}

async function readBuffer(path: string): Promise<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = await readFile(path)
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
