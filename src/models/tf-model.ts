/** A built model: tfjs's model with its loss, optimizer and training step. */
import { fail } from '../errors/index.js'
import type { NdArray } from '../util/nd-array.js'
import { targetsOf } from './config/inputs.js'
import type { Feed, FetchValue, ModelOrigin, WeightChange, WeightFunction, Weights, ZeroCounts } from './model-types.js'
import { getLearningRate } from './optimizers.js'
import { type CountOptions, countByPart, countParameters, type LayerRow, printLayers } from './plan/layer-table.js'
import { inputName, listValueNames, lossName } from './predictions.js'
import type { Layer, LayersModel } from './tf-types.js'
import { checkFeed } from './train/check-feed.js'
import type { Network } from './train/network.js'
import type { TrainStep } from './train/train-step.js'
import { updateLearningRates, updatersOf } from './train/updaters.js'
import { groupOfRate, listTrainingNames } from './training-values.js'
import { changeWeights, readWeights, writeWeights } from './weights/weights.js'

/**
 * A model in memory. BatchFlow: `TFModel`.
 *
 * @example
 * const model = await ResNet18.build(config, { name: 'resnet', seed: 42 })
 * const [loss] = await model.train({ images, labels }, ['loss'])
 * const [proba, gap] = await model.predict({ images }, ['proba', 'head/gap'])
 * await model.save('checkpoints/resnet')
 */
export class TfModel {
  readonly #step: TrainStep
  #trainingFetchNames: readonly string[] | undefined
  /** @internal The network as engines see it. */
  readonly network: Network

  /** @internal `build`, `loadModel` and pipelines make models. */
  constructor(
    network: Network,
    step: TrainStep,
    readonly origin: ModelOrigin,
    /** The layers: path, kind, output shape and weights of each. */
    readonly layerRows: readonly LayerRow[],
  ) {
    this.network = network
    this.#step = step
  }

  /** The name it was built under. */
  get name(): string {
    return this.network.name
  }

  /** Optimization steps done. */
  get step(): number {
    return this.network.clock.step
  }

  /** The learning rate of the next step: from the config's `decay`, otherwise the optimizer's own. */
  get learningRate(): number {
    const { schedule, optimizer } = this.network
    return schedule ? schedule(this.step) : getLearningRate(optimizer)
  }

  /** True if the last training step ran compiled, otherwise why not; undefined before the first, and with `engine: eager`. */
  get compiled(): true | string | undefined {
    return this.#step.compiled
  }

  /** tfjs's own model; it shares its weights with this one. */
  get layersModel(): LayersModel {
    return this.network.layersModel
  }

  /** tfjs's layers. */
  get layers(): Layer[] {
    return this.network.layersModel.layers
  }

  /**
   * `loss`, `predictions`, `proba`, `sigmoid`, `labels`, `accuracy` (for targets with classes), `inputs` and `inputs/NAME`, then blocks and
   * layers by path.
   */
  get fetchNames(): readonly string[] {
    return [...listValueNames(this.network.inputs), ...this.network.outputs.keys()]
  }

  /**
   * What else a training step can be asked for: `learningRate`, `learningRate/GROUP`, `gradientNorm` (before clipping) and
   * `gradientNorm/PATH` of parts, blocks, layers and weights.
   */
  get trainingFetchNames(): readonly string[] {
    const groups = this.network.groups.map(({ name }) => name)
    this.#trainingFetchNames ??= listTrainingNames(groups, this.layerRows)
    return this.#trainingFetchNames
  }

  /** The number of trained parameters. */
  get parameterCount(): number {
    return this.countParameters()
  }

  /** Parameters, optionally without some kinds of layers: `countParameters({ without: ['norm'] })`. */
  countParameters(options?: CountOptions): number {
    return countParameters(this.layerRows, options)
  }

  /** Parameters of each part. */
  countByPart(options?: CountOptions): { readonly part: string; readonly parameters: number }[] {
    return countByPart(this.layerRows, options)
  }

  /** One line per layer, as text. */
  summary(): string {
    return printLayers(`${this.name} (${this.origin.className})`, this.layerRows)
  }

  /**
   * One optimization step. Fetched values come from the same pass as the update; inner outputs are those of training mode.
   *
   * @throws MillraceError `loss-not-finite`, `gradient-not-finite`, `average-not-finite`, `update-not-finite` (nothing changes then),
   *   `unknown-fetch`, `unknown-feed`, `missing-feed`, `feed-shape`, `feed-dtype`, `labels-outside-classes`, `model-without-loss`,
   *   `wrong-rate`, `loss-not-scalar`.
   */
  async train(feed: Feed, fetches: readonly string[] = ['loss']): Promise<readonly FetchValue[]> {
    this.#checkFetches(fetches, true)
    this.#checkLoss()
    const fed = checkFeed(this.name, this.network.inputs, feed, true)
    updateLearningRates(this.network)
    const rates = fetches.map(name => this.#rate(name))
    const computed = fetches.filter((_, i) => rates[i] === undefined)
    const values = [...(await this.#step.train(fed, computed))]
    return rates.map(rate => rate ?? values.shift()!)
  }

  /** A forward pass in inference mode; targets need only be fed for `loss`, `accuracy` and `inputs/TARGETS`. Errors as `train`, and `fetch-of-training`. */
  async predict(feed: Feed, fetches: readonly string[] = ['predictions']): Promise<readonly FetchValue[]> {
    this.#checkFetches(fetches, false)
    const losses = this.network.heads?.map(({ name }) => lossName(name)) ?? []
    const needsLoss = ['loss', 'accuracy', ...losses].some(name => fetches.includes(name))
    if (needsLoss) this.#checkLoss()
    const needsTarget = needsLoss || targetsOf(this.network.inputs).some(({ name }) => fetches.includes(inputName(name)))
    return this.#step.predict(checkFeed(this.name, this.network.inputs, feed, needsTarget), fetches)
  }

  /**
   * Writes `model.json` and `weights.bin`, which `tf.loadLayersModel` reads, and beside them the optimizer's state, the config, seed and
   * step, from which `loadModel` continues. The folder appears complete or not at all.
   *
   * @throws MillraceError `model-save` if the folder contains other files or cannot be written.
   */
  async save(folder: string): Promise<void> {
    await this.#step.settle()
    const { saveModel } = await import('./save.js')
    await saveModel(this.network, this.origin, folder)
  }

  /**
   * Restores into this model what `save` wrote: weights, the optimizer's state, the step. The model must have the same layers and
   * optimizer. What it computes next equals, bit for bit, what the saved model would compute.
   *
   * @throws MillraceError `model-load` if the folder has no model, or a different one.
   * @example
   * await model.save('before')
   * await model.train(feed)
   * await model.restore('before')
   */
  async restore(folder: string): Promise<void> {
    const { restoreModel } = await import('./restore.js')
    await restoreModel(this, folder)
  }

  /**
   * Copies of the weights that patterns of paths match, by path, in the layers' order: `*` stands for any part of a step, `**` for any
   * number of steps. Without a pattern, all, moving averages included.
   *
   * @throws MillraceError `unknown-weight` if a pattern matches none
   * @example
   * const kernels = await model.getWeights('**\/kernel') // { 'head/dense/kernel': NdArray, … }
   */
  async getWeights(match: string | readonly string[] = '**'): Promise<Weights> {
    await this.#step.settle()
    return readWeights(this.network, match)
  }

  /**
   * Sets weights by their paths: all of these, or, if one does not fit, none. The optimizer's state stays as it is.
   *
   * @throws MillraceError `unknown-weight`, `weight-value` for another shape and for values that are not finite
   * @example
   * const before = await model.getWeights()
   * await model.train({ images, labels })
   * await model.setWeights(before)
   */
  async setWeights(weights: Readonly<Record<string, NdArray | readonly unknown[]>>): Promise<void> {
    await this.#step.settle()
    writeWeights(this.network, weights)
  }

  /**
   * Changes the weights that patterns of paths match, and returns how many of their values are 0 then. `zeroBelow` sets values to 0 whose
   * absolute value is below a threshold, `zeroSmallest` the given share of all matched values, `round` each to the nearest multiple; a function
   * returns the new values of each weight. If one does not fit, none is changed. The optimizer's state stays as it is, and further
   * training changes zeros again.
   *
   * @throws MillraceError `unknown-weight`, `weight-value`
   * @example
   * const { share, byPath } = await model.transformWeights('**\/kernel', { zeroBelow: 0.03 })
   * await model.transformWeights('head/dense/kernel', kernel => kernel.cast('float32', 0.5))
   */
  async transformWeights(match: string | readonly string[], by: WeightChange | WeightFunction): Promise<ZeroCounts> {
    await this.#step.settle()
    return changeWeights(this.network, match, by)
  }

  /** Frees the weights and the optimizer's state. */
  dispose(): void {
    this.#step.dispose()
    for (const { optimizer, ownsOptimizer } of updatersOf(this.network)) if (ownsOptimizer) optimizer.dispose()
    if (this.origin.ownsLayers)
      for (const weight of this.layersModel.weights) (weight as unknown as { val: { dispose(): void } }).val.dispose()
  }

  /** The rate that a name stands for: that of the step to come. */
  #rate(name: string): number | undefined {
    const group = groupOfRate(name)
    if (group === undefined || this.network.outputs.has(name)) return undefined
    const { optimizer } = this.network.groups.find(({ name }) => name === group) ?? this.network
    return getLearningRate(optimizer)
  }

  #checkFetches(fetches: readonly string[], trains: boolean): void {
    const values: readonly string[] = listValueNames(this.network.inputs)
    for (const name of fetches) {
      if (this.network.outputs.has(name) || values.includes(name)) continue
      const isOfTraining = this.trainingFetchNames.includes(name)
      if (isOfTraining && !trains) fail('fetch-of-training', { model: this.name, seen: name })
      const allowed = trains ? [...this.fetchNames, ...this.trainingFetchNames] : this.fetchNames
      if (!isOfTraining) fail('unknown-fetch', { model: this.name, seen: name, allowed })
    }
  }

  #checkLoss(): void {
    const why = !this.network.loss ? 'its config names none' : !this.network.inputs.target ? 'it has no targets' : undefined
    if (why) fail('model-without-loss', { model: this.name, why })
  }
}
