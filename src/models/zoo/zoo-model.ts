/** A model class of the zoo: known without TensorFlow, built with it. */

import { fail } from '../../errors/index.js'
import { loadTensorflow } from '../../graph/tensorflow.js'
import type { Options } from '../../options/index.js'
import type { BuildContext, ConfigCheck, FeedProblem, KnownData } from '../model-types.js'
import { type CountOptions, countByPart, countParameters, type LayerRow, printLayers } from '../plan/layer-table.js'
import type { TfModel } from '../tf-model.js'
import { findFeedProblem } from '../train/name-feed.js'
import { checkModelConfig, type Description, describeModel } from './describe.js'
import { checkOpenConfig, leavesOpen, withData, withoutClass } from './open-config.js'
import type { ZooRow } from './zoo-row.js'

/** What a config would build, without building it. */
export interface ModelDescription {
  /** The complete config, as plain data. */
  readonly config: Readonly<Record<string, unknown>>
  /** Names that can be fetched. */
  readonly fetchNames: readonly string[]
  /** What else a training step can be asked for: rates, and norms of gradients. */
  readonly trainingFetchNames: readonly string[]
  /**
   * What is wrong with a feed, by the shape of one item of each value; undefined for a shape that is not known. `needsTarget`: true in
   * training, and if the loss or the accuracy is fetched.
   */
  findFeedProblem(shapes: Readonly<Record<string, readonly number[] | undefined>>, needsTarget: boolean): FeedProblem | undefined
  readonly layers: readonly LayerRow[]
  countParameters(options?: CountOptions): number
  countByPart(options?: CountOptions): { readonly part: string; readonly parameters: number }[]
  /** One line per layer. */
  summary(): string
}

/** A row of the zoo. */
export class ZooModel<Config = any> {
  /** Never set: carries the type of its configs. */
  declare readonly configType?: Config

  /** @internal The row: its family, defaults, the input it was published for. */
  readonly row: ZooRow
  readonly summary: string

  /** @internal Rows make models: `defineFamily`. */
  constructor(
    readonly name: string,
    row: ZooRow,
  ) {
    this.row = row
    this.summary = row.summary
  }

  /** The options that its config takes. */
  get configOptions(): object {
    return this.row.family.shape.keys
  }

  /**
   * Every problem of a config, by the keys as written: unknown keys, wrong types and values, layers that do not fit. With what is known of
   * the data, inputs that the config leaves open are read from them, and layers are checked once all shapes are known.
   *
   * @example
   * ResNet18.checkConfig({ inputs: { images: { shape: [28, 28, 1] } }, bodi: {} }).errors[0].fix // 'Did you mean body?'
   */
  checkConfig(written: Readonly<Record<string, unknown>>, data?: KnownData): ConfigCheck {
    const { config, problems } = withoutClass(this.name, written)
    const { errors, notes } = this.#check(config, data)
    return { errors: [...problems, ...errors], notes }
  }

  #check(config: Readonly<Record<string, unknown>>, data: KnownData | undefined): ConfigCheck {
    if (!data || !this.leavesOpen(config)) return checkModelConfig(this.row, config)
    const filled = this.withData(config, data)
    return this.leavesOpen(filled) ? checkOpenConfig(this.#keys, config) : checkModelConfig(this.row, filled)
  }

  /**
   * True if a config leaves inputs open: their shapes, or the classes of the targets.
   *
   * @example
   * ResNet18.leavesOpen({ inputs: { images: {}, labels: { classes: 10 } } }) // true
   */
  leavesOpen(config: Readonly<Record<string, unknown>>): boolean {
    return leavesOpen(this.#keys, config)
  }

  /**
   * A config with the inputs that the data show: without any, each name that is fed is one.
   *
   * @example
   * ResNet18.withData({ loss: 'ce' }, { fed: { images: [28, 28, 1], labels: [] }, classes: 10 })
   * // { loss: 'ce', inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10 } } }
   */
  withData(config: Readonly<Record<string, unknown>>, data: KnownData): Readonly<Record<string, unknown>> {
    return withData(this.#keys, config, data)
  }

  get #keys(): Options {
    return this.configOptions as Options
  }

  /** The description of a config, which may name this class. */
  #describe(written: Readonly<Record<string, unknown>>): Description {
    const { config, problems } = withoutClass(this.name, written)
    if (problems.length > 0) fail('model-config', { model: this.name, problems })
    return describeModel(this.name, this.row, config)
  }

  /**
   * Layers, names and parameter counts of a config.
   *
   * @throws MillraceError `model-config` with all problems of the config.
   * @example
   * ResNet50.describe(config).countParameters({ without: ['norm'] })
   */
  describe(config: Readonly<Record<string, unknown>>): ModelDescription {
    const { config: complete, inputs, plan, fetchNames, trainingFetchNames } = this.#describe(config)
    return {
      config: complete.toJSON(),
      fetchNames,
      trainingFetchNames,
      findFeedProblem: (shapes, needsTarget) => findFeedProblem(inputs, shapes, needsTarget),
      layers: plan.nodes,
      countParameters: options => countParameters(plan.nodes, options),
      countByPart: options => countByPart(plan.nodes, options),
      summary: () => printLayers(this.name, plan.nodes),
    }
  }

  /** Loads TensorFlow. @throws MillraceError `engine-missing`, `engine-broken` */
  prepare(): Promise<unknown> {
    return loadTensorflow()
  }

  /**
   * The model, with weights drawn from the seed. Loads TensorFlow.
   *
   * @throws MillraceError `model-config` with all problems of the config.
   */
  async build(config: Readonly<Record<string, unknown>>, context: BuildContext): Promise<TfModel> {
    const description = this.#describe(config)
    const { buildZooModel } = await import('../build/build-zoo-model.js')
    return buildZooModel(this.name, description, context)
  }
}
