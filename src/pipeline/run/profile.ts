/** The cost of a run, per action. */

import { countTensors } from '../../graph/tensorflow.js'
import { columns } from '../../util/columns.js'
import type { PipelineSpec } from '../description/content/pipeline-spec.js'
import { actionNumber, actionsOf } from '../description/content/visit-actions.js'

/** The cost of one action of a pipeline, or of loading its batches. */
export interface ProfileRow {
  /** The action's number, `3.1` inside another one; null for the loading of batches. */
  readonly number: number | string | null
  /** The action's name, `loading` for the loading of batches. */
  readonly name: string
  /** How often it ran. */
  readonly calls: number
  /** Total milliseconds, including what the action waited for and the actions inside it. */
  readonly totalMs: number
  /** Milliseconds per call. */
  readonly meanMs: number
  /** Its share of the time of all top-level actions and of loading: 0 … 1. */
  readonly share: number
  /** Tensors it left: those alive after it minus those before, over all calls; null if TensorFlow is not loaded. */
  readonly tensors: number | null
}

interface Cost {
  calls: number
  totalMs: number
  tensors: number | null
}

/** The key of loading, beside the numbers of actions. */
export const LOADING = 'loading'

/** Measures work. With `prefetch`, several pieces run concurrently, and their times overlap. */
export class Profile {
  readonly #costs = new Map<number | string, Cost>()

  constructor(readonly spec: PipelineSpec) {}

  /** Starts to measure a piece of work; the returned function ends the measurement. */
  begin(number: number | string): () => void {
    const tensors = countTensors()
    const start = performance.now()
    return () => {
      const spent = performance.now() - start
      const left = countTensors()
      const cost = this.#costs.get(number) ?? { calls: 0, totalMs: 0, tensors: null }
      cost.calls++
      cost.totalMs += spent
      if (left !== null) cost.tensors = (cost.tensors ?? 0) + left - (tensors ?? 0)
      this.#costs.set(number, cost)
    }
  }

  /** Performs the work of an action. Failed work is recorded, too. */
  async measure<T>(number: number | string, work: () => T | Promise<T>): Promise<T> {
    const end = this.begin(number)
    try {
      return await work()
    } finally {
      end()
    }
  }

  /** Loading, then the actions that ran, in the order they are written. */
  get rows(): readonly ProfileRow[] {
    const actions = [...actionsOf(this.spec)].map(({ name, path }) => ({ number: actionNumber(path), name, isOuter: path.length === 2 }))
    const places = [{ number: LOADING, name: LOADING, isOuter: true }, ...actions].filter(({ number }) => this.#costs.has(number))
    const whole = places.reduce((sum, { number, isOuter }) => sum + (isOuter ? this.#costs.get(number)!.totalMs : 0), 0)
    return places.map(({ number, name }) => {
      const { calls, totalMs, tensors } = this.#costs.get(number)!
      const share = whole === 0 ? 0 : totalMs / whole
      return { number: number === LOADING ? null : number, name, calls, totalMs, meanMs: totalMs / calls, share, tensors }
    })
  }
}

/** The rows as a table; actions inside others are indented. */
export function profileTable(rows: readonly ProfileRow[]): string {
  const counted = rows.some(({ tensors }) => tensors !== null)
  const head = ['', 'calls', 'total ms', 'mean ms', 'share', ...(counted ? ['tensors left'] : [])]
  const body = rows.map(({ number, name, calls, totalMs, meanMs, share, tensors }) => [
    number === null ? name : `${indent(number)}${number} ${name}`,
    String(calls),
    totalMs.toFixed(1),
    meanMs.toFixed(3),
    `${(100 * share).toFixed(1)} %`,
    ...(counted ? [String(tensors ?? '')] : []),
  ])
  return columns([head, ...body], { numbers: true })
}

/** Two spaces per level: `3.1` is one level down, and so is `3.else.1`. */
const indent = (number: number | string) => '  '.repeat(`${number}`.split('.').filter(step => /^\d+$/.test(step)).length - 1)
