/** Loads a saved model, to predict or to continue training where it stopped. */
import { fail, listNames } from '../errors/index.js'
import { Config } from '../util/config.js'
import { readSaved, restore, type Saved } from './restore.js'
import type { TfModel } from './tf-model.js'
import { models } from './zoo/models.js'

export interface LoadOptions {
  /** The model's name in its pipeline. Default: the name of its class. */
  readonly name?: string
  /**
   * Keys of its config that hold functions or objects of the program, which its files cannot contain: a loss, a schedule, an optimizer.
   * They must be passed again. Other keys replace those it was trained with.
   */
  readonly config?: Readonly<Record<string, unknown>>
}

/**
 * The model that `model.save(folder)` wrote: weights, optimizer, step and seed. Training continues with exactly the same numbers.
 * BatchFlow: `load_model`.
 *
 * @throws MillraceError `model-load` if the folder has no model of this format, one whose files do not fit together, or one that was
 *   trained with functions or objects of a program that are not passed again.
 * @example
 * const model = await loadModel('checkpoints/resnet', { name: 'resnet' })
 */
export async function loadModel(folder: string, options: LoadOptions = {}): Promise<TfModel> {
  const saved = await readSaved(folder)
  const name = options.name ?? saved.manifest.className
  const model = await build(saved, name, completeConfig(saved, options.config))
  try {
    await restore(model, saved)
  } catch (error) {
    model.dispose()
    throw error
  }
  return model
}

function completeConfig({ folder, manifest }: Saved, given: LoadOptions['config'] = {}): Config {
  const config = new Config(manifest.config).merge(given)
  const missing = Object.entries(manifest.own ?? {}).filter(([key]) => !config.has(key))
  if (missing.length === 0) return config
  const why = `files cannot contain what it was trained with: ${missing.map(([key, value]) => `${key} (${value})`).join(', ')}`
  const fix = `Pass it again: loadModel(folder, { config: { ${missing.map(([key]) => `${key}: …`).join(', ')} } }).`
  return fail('model-load', { folder, why, fix })
}

async function build({ folder, manifest, topology }: Saved, name: string, config: Config): Promise<TfModel> {
  const { className, seed, isOwn } = manifest
  if (!isOwn) {
    const row = Object.hasOwn(models, className) ? models[className as keyof typeof models] : undefined
    return (
      row ?? fail('model-load', { folder, why: `its class is ${className}`, fix: `The zoo has ${listNames(Object.keys(models))}.` })
    ).build(config.toJSON(), { name, seed })
  }
  const { loadTensorflow } = await import('../graph/tensorflow.js')
  const { buildOwnModel } = await import('./build/build-own-model.js')
  const { registerLayers } = await import('./build/own/own-layers.js')
  const tf = await loadTensorflow()
  registerLayers(tf)
  const layersModel = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology: topology.modelTopology }))
  return buildOwnModel(layersModel, config, { name, seed }, { className, isOwn, ownsLayers: true })
}
