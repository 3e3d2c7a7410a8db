/** A user's own models as model classes: a `tf.LayersModel`, or a function that builds one. */
import { didYouMean, fail } from '../errors/index.js'
import { options } from '../options/index.js'
import { Config } from '../util/config.js'
import { deriveSeed } from '../util/seeds.js'
import { checkConfig } from './config/check-config.js'
import { ownKeys } from './config/keys.js'
import type { BuildContext, ConfigCheck } from './model-types.js'
import type { TfModel } from './tf-model.js'
import type { LayersModel, Tf } from './tf-types.js'

/** Builds a model from its config. */
export type ModelBuilder = (config: Readonly<Record<string, unknown>>, tf: Tf) => LayersModel | Promise<LayersModel>

/** Anything `initModel` takes. */
export interface AnyModelClass {
  readonly name: string
  checkConfig?(config: Readonly<Record<string, unknown>>): ConfigCheck
  build(config: Readonly<Record<string, unknown>>, context: BuildContext): Promise<unknown>
}

const keys = options(ownKeys)

/**
 * A model class around a user's own model. Its config takes `inputs`, `predictions`, `loss`, `optimizer`, `decay`,
 * `gradient_clipping`, `microbatch_size`, `engine`, `trainable`, `freeze_statistics`, `parameter_groups`, `freeze_out`.
 */
export class OwnModelClass {
  constructor(
    readonly name: string,
    /** The model itself, or how to build it. A function's config may have keys of its own. */
    readonly source: LayersModel | ModelBuilder,
  ) {}

  /** Every problem of a config. */
  checkConfig(config: Readonly<Record<string, unknown>>): ConfigCheck {
    const { errors, notes } = checkConfig(keys, config)
    if (typeof this.source !== 'function') return { errors, notes }
    const known = Object.keys(ownKeys)
    return { errors: errors.filter(({ path }) => known.includes(String(path[0]).split('/')[0]!)), notes }
  }

  /** The model in memory. A `tf.LayersModel` passed as it is remains the user's: its weights are trained, and are not disposed. */
  async build(written: Readonly<Record<string, unknown>>, context: BuildContext): Promise<TfModel> {
    const { errors } = this.checkConfig(written)
    const { model: _, ...config } = written
    if (errors.length > 0) fail('model-config', { model: this.name, problems: errors })
    const { buildOwnModel } = await import('./build/build-own-model.js')
    const isBuilder = typeof this.source === 'function'
    const seed = deriveSeed(context.seed, context.name)
    const layersModel = isBuilder ? await this.#call(config, seed) : (this.source as LayersModel)
    if (!isLayersModel(layersModel)) fail('not-a-model', { seen: `what ${this.name} gave: ${typeof layersModel}` })
    return buildOwnModel(
      layersModel,
      new Config(config),
      { ...context, seed },
      { className: this.name, isOwn: true, ownsLayers: isBuilder },
    )
  }

  /** Calls the user's function. A key it does not read, and that resembles one of the shared keys, is a typo: it would have no effect. */
  async #call(config: Readonly<Record<string, unknown>>, seed: number): Promise<LayersModel> {
    const { loadTensorflow } = await import('../graph/tensorflow.js')
    const { buildSeeded } = await import('./build/seeded-build.js')
    const tf = await loadTensorflow()
    const unread = new Set(Object.keys(config))
    const watched = {}
    for (const key of unread) {
      const get = () => {
        unread.delete(key)
        return config[key]
      }
      Object.defineProperty(watched, key, { enumerable: true, configurable: true, get })
    }
    const layersModel = await buildSeeded(tf, seed, () => (this.source as ModelBuilder)(watched, tf))
    const known = Object.keys(ownKeys)
    const problems = [...unread].flatMap(key => {
      const fix = known.includes(key.split('/')[0]!) ? undefined : didYouMean(key, known)
      return fix ? [{ path: [key], what: `nothing reads the key ${key}`, fix }] : []
    })
    if (problems.length > 0) fail('model-config', { model: this.name, problems })
    return layersModel
  }
}

/** The model class made from a thing of this type. */
export type ModelClassOf<T> = T extends AnyModelClass ? T : T extends ModelBuilder | LayersModel ? OwnModelClass : AnyModelClass

/**
 * A model class from whatever is passed to `initModel`: a class of the zoo as it is, a `tf.LayersModel` (or `tf.sequential`), or a function
 * `(config, tf) => tf.LayersModel`.
 *
 * @throws MillraceError `not-a-model` for anything else.
 * @example
 * const net = toModelClass((config, tf) => tf.sequential({ layers: [tf.layers.dense({ units: 10, inputShape: [784] })] }))
 * const model = await net.build({ loss: 'ce' }, { name: 'net', seed: 1 })
 * await model.train({ images, labels }, ['loss'])
 */
export function toModelClass<T extends ModelBuilder | LayersModel | AnyModelClass | {} | null | undefined>(thing: T): ModelClassOf<T>
export function toModelClass(thing: unknown): AnyModelClass {
  if (typeof thing === 'function') return new OwnModelClass(thing.name || 'model', thing as ModelBuilder)
  if (isLayersModel(thing)) return new OwnModelClass(thing.name, thing)
  const candidate = thing as Partial<AnyModelClass> | null
  if (typeof candidate === 'object' && typeof candidate?.build === 'function' && typeof candidate.name === 'string')
    return candidate as AnyModelClass
  return fail('not-a-model', { seen: thing === null ? 'null' : typeof thing })
}

function isLayersModel(thing: unknown): thing is LayersModel {
  const model = thing as Partial<LayersModel> | null
  return (
    typeof model === 'object' && Array.isArray(model?.layers) && typeof model.apply === 'function' && typeof model.getWeights === 'function'
  )
}
