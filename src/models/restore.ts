/** Reads a saved model's files and restores a model from them. */
import { join } from 'node:path'
import { fail } from '../errors/index.js'
import { takeOverChoices } from '../graph/tune/tuner.js'
import { recoverFolder } from '../util/files/durable-folder.js'
import { readRegular } from '../util/files/read-file.js'
import { allLayers } from './build/layer-graph.js'
import { type OptimizerState, putState, statePrefix } from './optimizer-state.js'
import { setLearningRate } from './optimizers.js'
import { classOf } from './own-optimizer.js'
import type { Manifest } from './save.js'
import type { Tensor } from './tf-types.js'
import { type Network, toVariable } from './train/network.js'
import { updatersOf } from './train/updaters.js'

/** What a saved model is restored into. */
interface Restorable {
  readonly network: Network
}

/** The contents of a saved model's folder. */
export interface Saved {
  readonly folder: string
  readonly manifest: Manifest
  readonly topology: { readonly modelTopology: object; readonly weightsManifest: readonly [{ readonly weights: object[] }] }
  readonly weights: ArrayBuffer
  readonly optimizer: ArrayBuffer
}

/**
 * Restores a model's weights, optimizer state and step from `model.save(folder)`: it continues from there with exactly the same numbers.
 *
 * @throws MillraceError `model-load` if the folder has no model of this format, or one with other layers.
 */
export async function restoreModel(model: Restorable, folder: string): Promise<void> {
  await restore(model, await readSaved(folder))
}

/** Restores everything. @throws MillraceError `model-load` if it does not fit the model */
export async function restore(model: Restorable, saved: Saved): Promise<void> {
  const { network } = model
  const { folder, manifest } = saved
  try {
    for (const [i, { layer }] of allLayers(network.layersModel).entries()) {
      const trainable = !manifest.frozen?.includes(i)
      // A nested model passes it on to its layers, which may differ.
      if (layer.trainable !== trainable) layer.trainable = trainable
    }
    restoreWeights(model, saved)
    await restoreOptimizers(model, saved)
  } catch (cause) {
    fail('model-load', { folder, why: messageOf(cause) }, {}, cause)
  }
  network.clock.step = manifest.step
  if (manifest.tuned) takeOverChoices(network.tf, manifest.tuned)
}

/** Everything is read and verified before a model is changed. */
export async function readSaved(from: string): Promise<Saved> {
  const { FORMAT_VERSION, files, sha256 } = await import('./save.js')
  const folder = await recoverFolder(from)
  const read = async <T>(file: string, decode: (bytes: Buffer) => T, bytes?: number): Promise<T> => {
    try {
      return decode(await readRegular(join(folder, file), { bytes }))
    } catch (cause) {
      return fail('model-load', { folder, why: `${file}: ${messageOf(cause)}` }, {}, cause)
    }
  }
  const parse = (bytes: Buffer) => JSON.parse(bytes.toString('utf8'))
  const manifest: Manifest = await read(files.manifest, parse)
  if (manifest?.format !== 'millrace-model' || manifest.version !== FORMAT_VERSION) {
    const why = `${files.manifest} says ${manifest?.format} version ${manifest?.version}`
    fail('model-load', { folder, why, fix: `This version reads millrace-model version ${FORMAT_VERSION}.` })
  }
  const verified = <T>(file: string, decode: (bytes: Buffer) => T, size?: number) =>
    read(
      file,
      bytes => {
        const wanted = manifest.sha256?.[file]
        if (wanted !== undefined && sha256(bytes) !== wanted) throw new Error('it is not as it was written')
        return decode(bytes)
      },
      size,
    )
  const topology: Saved['topology'] = await verified(files.topology, parse)
  return {
    folder,
    manifest,
    topology,
    weights: await verified(files.weights, toBuffer, bytesOf(topology?.weightsManifest?.[0]?.weights)),
    optimizer: await verified(files.optimizer, toBuffer, bytesOf(manifest.optimizer?.weights)),
  }
}

const weightBytes: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1 }

/** The bytes that a list of weights says; undefined if it does not say them. */
function bytesOf(weights: unknown): number | undefined {
  if (!Array.isArray(weights)) return undefined
  const bytes = weights.reduce((total: number, weight) => {
    const shape: unknown = weight?.shape
    return Array.isArray(shape) ? total + shape.reduce((size, axis) => size * axis, weightBytes[weight.dtype] ?? Number.NaN) : Number.NaN
  }, 0)
  return Number.isNaN(bytes) ? undefined : bytes
}

/** By position: layers without their own names are named differently in each process. */
function restoreWeights({ network: { tf, layersModel } }: Restorable, saved: Saved): void {
  // Layers of two nested models may have the same name.
  const specs = saved.topology.weightsManifest[0].weights.map((spec, i) => ({ ...spec, name: `${i}` }))
  const weights = Object.values(tf.io.decodeWeights(saved.weights, specs as never))
  const present = layersModel.weights.map(toVariable)
  try {
    if (weights.length !== present.length) throw new Error(`it has ${weights.length} weights, the model ${present.length}`)
    if (new Set(present).size !== (saved.manifest.distinct ?? present.length)) throw new Error(untied)
    for (const [i, weight] of weights.entries()) {
      const { name, shape } = present[i]!
      if (`${weight.shape}` !== `${shape}`) throw new Error(`its ${name} has the shape [${weight.shape}], the model's [${shape}]`)
    }
    for (const [i, weight] of weights.entries()) present[i]!.assign(weight as never)
  } finally {
    tf.dispose(weights)
  }
}

const untied = 'nested models share a layer, which its files cannot say: build the model by its function, then restore it from the folder'

async function restoreOptimizers({ network }: Restorable, { manifest, optimizer: bytes }: Saved): Promise<void> {
  const { tf, layersModel } = network
  const saved = [manifest.optimizer, ...(manifest.groups ?? [])]
  const updaters = updatersOf(network)
  const named = (group: string | undefined) => group ?? 'none'
  const wanted = updaters.map(({ group }) => named(group)).join(', ')
  const seen = saved.map(({ group }) => named(group)).join(', ')
  if (wanted !== seen) throw new Error(`its groups of weights are ${seen}, the model's are ${wanted}`)
  const state = tf.io.decodeWeights(bytes, manifest.optimizer.weights as never)
  try {
    for (const [i, updater] of updaters.entries()) {
      const { name, learningRate, slots = [], values } = saved[i]!
      const { optimizer, optimizerName, slotNames } = updater
      if (name !== (optimizerName ?? classOf(optimizer))) throw new Error(`the optimizer's state is that of ${name}`)
      await putState(tf, updater, { tensors: tensorsOf(state, i), ...(values && { values }) })
      if (learningRate !== undefined) setLearningRate(optimizer, learningRate)
      slotNames.splice(0, Infinity, ...slots.map(i => toVariable(layersModel.weights[i] ?? unfit(name)).name))
      if (optimizerName) (optimizer as unknown as { iterations_: number }).iterations_ = manifest.step
    }
  } finally {
    tf.dispose(state)
  }
}

/** The tensors of the optimizer number `i`, by their own names. */
function tensorsOf(state: Readonly<Record<string, Tensor>>, i: number): OptimizerState['tensors'] {
  const prefix = statePrefix(i)
  const own = Object.entries(state).filter(([name]) => (i === 0 ? !/^group \d+: /.test(name) : name.startsWith(prefix)))
  return own.map(([name, tensor]) => ({ name: name.slice(prefix.length), tensor }))
}

function unfit(optimizer: string): never {
  throw new Error(`the state of ${optimizer} belongs to another model`)
}

function toBuffer({ buffer, byteOffset, byteLength }: Buffer): ArrayBuffer {
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
