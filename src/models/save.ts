/** Saves a model: tfjs's own two files, the optimizer's state, and what is needed to continue. The folder appears complete or not at all. */
import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import { fail } from '../errors/index.js'
import type { Tuned } from '../graph/tune/tune-cache.js'
import { tunedChoices } from '../graph/tune/tuner.js'
import { refuseForeignFiles, writeFlushed, writeFolder } from '../util/files/durable-folder.js'
import { allLayers } from './build/layer-graph.js'
import { withoutLive } from './config/live-values.js'
import type { ModelOrigin } from './model-types.js'
import { type OptimizerState, statePrefix, takeState } from './optimizer-state.js'
import { getLearningRate } from './optimizers.js'
import { classOf } from './own-optimizer.js'
import { type Network, toVariable } from './train/network.js'
import { updatersOf } from './train/updaters.js'

export const FORMAT_VERSION = 1

/** The files of a saved model. */
export const files = { topology: 'model.json', weights: 'weights.bin', optimizer: 'optimizer.bin', manifest: 'millrace.json' } as const

/** The contents of `millrace.json`. */
export interface Manifest {
  readonly format: 'millrace-model'
  readonly version: number
  readonly className: string
  /** True if the class is the user's own, not of the zoo. */
  readonly isOwn: boolean
  readonly config: Readonly<Record<string, unknown>>
  readonly seed: number
  readonly step: number
  /** SHA-256 of the other files, by name. */
  readonly sha256?: Readonly<Record<string, string>>
  /** Positions of the layers that are not trained, among all, those of nested models included. */
  readonly frozen?: readonly number[]
  /** The number of weights, each counted once; absent if no nested models share one. */
  readonly distinct?: number
  /** Ways to compute that were chosen by measurements, so that continuing computes the same bits. */
  readonly tuned?: Tuned
  /** Values of the config that only a program can pass, by key: `config` is without them. */
  readonly own?: Readonly<Record<string, string>>
  /** `weights` describes the state of all optimizers. */
  readonly optimizer: SavedOptimizer & { readonly weights: readonly object[] }
  /** Those of groups of weights, in order. */
  readonly groups?: readonly SavedOptimizer[]
}

interface SavedOptimizer {
  readonly name: string
  /** The rate of its next update, which a program may have changed. */
  readonly learningRate?: number
  /** The weight of the model that each slot belongs to. Default: the trained ones in order. */
  readonly slots?: readonly number[]
  /** The plain fields of one of the program's own class. */
  readonly values?: OptimizerState['values']
  readonly group?: string
}

type NamedTensor = OptimizerState['tensors'][number]

export async function saveModel(network: Network, origin: ModelOrigin, folder: string): Promise<void> {
  try {
    const own: readonly string[] = Object.values(files)
    await refuseForeignFiles(resolve(folder), 'a model', names => names.find(name => !own.includes(name)))
    const contents = await encode(network, origin)
    await writeFolder(folder, async partial => {
      for (const [name, data] of Object.entries(contents)) await writeFlushed(join(partial, name), data)
    })
  } catch (cause) {
    fail('model-save', { model: network.name, folder, why: explain(cause) }, {}, cause)
  }
}

async function encode(network: Network, { className, config, seed, isOwn }: ModelOrigin): Promise<Record<string, Uint8Array | string>> {
  const { tf, layersModel, clock } = network
  let topology = ''
  let weights = new Uint8Array()
  await layersModel.save(
    tf.io.withSaveHandler(async artifacts => {
      const { weightData, weightSpecs, ...rest } = artifacts
      topology = JSON.stringify({ ...rest, weightsManifest: [{ paths: [files.weights], weights: weightSpecs }] })
      weights = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData))
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
    }),
  )
  const { tensors, saved } = await takeStates(network)
  const state = await tf.io.encodeWeights([...tensors])
  const [optimizer, ...groups] = saved
  const { plain, own } = withoutLive(config)
  const contents = { [files.topology]: topology, [files.weights]: weights, [files.optimizer]: new Uint8Array(state.data) }
  const distinct = new Set(layersModel.weights).size
  const isTied = distinct < layersModel.weights.length
  const manifest: Manifest = {
    format: 'millrace-model',
    version: FORMAT_VERSION,
    className,
    isOwn,
    config: plain,
    ...(Object.keys(own).length > 0 && { own }),
    seed,
    step: clock.step,
    sha256: Object.fromEntries(Object.entries(contents).map(([name, data]) => [name, sha256(data)])),
    frozen: allLayers(layersModel).flatMap(({ layer }, i) => (layer.trainable ? [] : [i])),
    ...(isTied ? { distinct } : {}),
    tuned: tunedChoices(tf),
    optimizer: { ...optimizer!, weights: state.specs },
    ...(groups.length > 0 && { groups }),
  }
  return { ...contents, [files.manifest]: `${JSON.stringify(manifest, null, 2)}\n` }
}

export function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex')
}

/** The state of each optimizer, with names of tensors that say whose they are. */
async function takeStates(network: Network) {
  const { tf, layersModel } = network
  const positionOf = (name: string) => layersModel.weights.findIndex(weight => toVariable(weight).name === name)
  const tensors: NamedTensor[] = []
  const saved: SavedOptimizer[] = []
  for (const [i, updater] of updatersOf(network).entries()) {
    const state = await takeState(tf, updater)
    tensors.push(...state.tensors.map(({ name, tensor }) => ({ name: `${statePrefix(i)}${name}`, tensor })))
    saved.push({
      name: updater.optimizerName ?? classOf(updater.optimizer),
      learningRate: getLearningRate(updater.optimizer),
      slots: updater.slotNames.map(positionOf),
      ...(state.values && { values: state.values }),
      ...(updater.group !== undefined && { group: updater.group }),
    })
  }
  return { tensors, saved }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EACCES: 'the folder must not be written',
  EROFS: 'the disk is read-only',
  ENOTDIR: 'a part of the path is a file',
}

function explain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return (code !== undefined && reasons[code]) || message
}
