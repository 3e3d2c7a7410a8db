/** Builds a user's own model so that what tfjs draws meanwhile is a function of a seed and of the place it is drawn for. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { type Restore, replaceMethods, restoreAll } from '../../graph/record/hooks.js'
import { seedDraws } from '../../graph/seeded-draws.js'
import { deriveSeed, uniformAt } from '../../util/seeds.js'
import type { Layer, Tf } from '../tf-types.js'

type AddWeight = (this: Layer, name: string, ...rest: unknown[]) => unknown

/** One build. Several may be in progress where builders are asynchronous. */
class SeededBuild {
  /** The weight that is being initialised, by its layer's path. */
  #place = ''
  readonly #draws = new Map<string, number>()
  readonly #layers = new Map<string, Layer[]>()

  constructor(readonly seed: number) {}

  /** The seed of the next draw: a function of the weight, and of how many draws it had before. Never 0. */
  nextSeed(): number {
    const count = this.#draws.get(this.#place) ?? 0
    this.#draws.set(this.#place, count + 1)
    return (deriveSeed(this.seed, this.#place, count) % 2 ** 31) + 1
  }

  /** Draws of `work` belong to a weight of a layer. */
  forWeight<T>(layer: Layer, weight: string, work: () => T): T {
    const before = this.#place
    this.#place = `${this.#pathOf(layer)}/${weight}`
    try {
      return work()
    } finally {
      this.#place = before
    }
  }

  /**
   * The layer's own name; for names that tfjs counts up in the process (`dense_Dense7`), its class. Layers that share this name are
   * numbered in the order they are built.
   */
  #pathOf(layer: Layer): string {
    const className = layer.getClassName()
    // A recurrent layer's cell is named after the layer.
    const isCounted = new RegExp(`(_[A-Z]\\w*|${className})\\d+$`).test(layer.name)
    const name = isCounted ? className : layer.name
    const same = this.#layers.get(name) ?? []
    this.#layers.set(name, same)
    if (!same.includes(layer)) same.push(layer)
    return `${name}/${same.indexOf(layer)}`
  }
}

const builds = new AsyncLocalStorage<SeededBuild>()
let open = 0
let restore: Restore = () => undefined

/**
 * The result of `build`. Initial weights without a seed of their own are functions of `seed` and the layer's name, or its class and
 * number if it has none; other draws of tfjs, and `Math.random` up to the function's first `await`, of `seed` and their number.
 *
 * @example
 * await buildSeeded(tf, 42, () => tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2] })] }))
 */
export async function buildSeeded<T>(tf: Tf, seed: number, build: () => T | Promise<T>): Promise<T> {
  if (open++ === 0) restore = hook(tf)
  try {
    return await builds.run(new SeededBuild(seed), () => withSeededMath(seed, build))
  } finally {
    if (--open === 0) restore()
  }
}

/** Outside the functions that are being built, everything is as before. */
function hook(tf: Tf): Restore {
  const layers = tf.layers.Layer.prototype as unknown as { addWeight: AddWeight }
  const { addWeight } = layers
  const restores = [
    seedDraws(() => builds.getStore()?.nextSeed()),
    replaceMethods(layers, {
      addWeight(this: Layer, name: string, ...rest: unknown[]) {
        const add = () => addWeight.call(this, name, ...rest)
        const build = builds.getStore()
        return build ? build.forWeight(this, name, add) : add()
      },
    }),
  ]
  return () => restoreAll(restores)
}

/** While the function runs, up to its first `await`: other code would notice a replacement that lasts longer. */
function withSeededMath<T>(seed: number, work: () => T): T {
  const own = deriveSeed(seed, 'Math.random')
  let draws = 0
  const unhook = replaceMethods(Math, { random: () => uniformAt(own, draws++) })
  try {
    return work()
  } finally {
    unhook()
  }
}
