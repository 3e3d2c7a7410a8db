/** A model of a few lines in plain TypeScript, y = w·x fitted by gradient descent: a real model for tests of pipelines, without TensorFlow. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BuildContext, Feed, FetchValue, Model, ModelClass } from '../../src/pipeline/index.js'
import { NdArray } from '../../src/util/nd-array.js'
import { normalAt } from '../../src/util/seeds.js'

export class LinearModel implements Model {
  readonly fetchNames = ['loss', 'predictions']
  readonly parameterCount = 1
  weight: number
  steps = 0
  disposed = false

  constructor(
    readonly name: string,
    readonly config: Readonly<Record<string, unknown>>,
    seed: number,
  ) {
    this.weight = normalAt(seed, 0)
  }

  async train(feed: Feed, fetches: readonly string[]): Promise<readonly FetchValue[]> {
    const values = this.#fetch(feed, fetches)
    const { x, y, predictions } = this.#pass(feed)
    const slope = x.reduce((sum, xi, i) => sum + 2 * (predictions[i]! - y[i]!) * xi, 0) / x.length
    this.weight -= Number(this.config.rate ?? 0.1) * slope
    this.steps++
    return values
  }

  async predict(feed: Feed, fetches: readonly string[]): Promise<readonly FetchValue[]> {
    return this.#fetch(feed, fetches)
  }

  async save(folder: string): Promise<void> {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'line.json'), JSON.stringify([this.weight, this.steps]))
  }

  async restore(folder: string): Promise<void> {
    ;[this.weight, this.steps] = JSON.parse(readFileSync(join(folder, 'line.json'), 'utf8'))
  }

  dispose(): void {
    this.disposed = true
  }

  #pass(feed: Feed) {
    const [x, y] = [feed.x, feed.y].map(array => Array.from((array as NdArray).data))
    return { x: x!, y: y!, predictions: x!.map(xi => xi * this.weight) }
  }

  #fetch(feed: Feed, fetches: readonly string[]): FetchValue[] {
    const { y, predictions } = this.#pass(feed)
    const loss = predictions.reduce((sum, p, i) => sum + (p - y[i]!) ** 2, 0) / y.length
    return fetches.map(name => (name === 'loss' ? loss : new NdArray(Float32Array.from(predictions), [predictions.length])))
  }
}

/** Its class, for `initModel`. Config: `rate`, the learning rate. */
export const Linear: ModelClass = {
  name: 'Linear',
  build: async (config, { name, seed }: BuildContext) => new LinearModel(name, config, seed),
}
