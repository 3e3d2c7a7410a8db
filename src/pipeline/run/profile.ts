/** What a run costs, action by action. */

import { countTensors } from '../../graph/tensorflow.js'
import { columns } from '../../util/columns.js'
import type { PipelineSpec } from '../description/content/pipeline-spec.js'
import { actionNumber, actionsOf } from '../description/content/visit-actions.js'

/** What one action of a pipeline cost, or the loading of its batches. */
export interface ProfileRow {
  /** The action's number, `3.1` inside another one; null for the loading of batches. */
  readonly number: number | string | null
  /** The action's name, `loading` for that of batches. */
  readonly name: string
  /** How often it was done. */
  readonly calls: number
  /** Milliseconds in all, with what the action waited for; those of the actions inside it are part of them. */
  readonly totalMs: number
  /** Milliseconds a call. */
  readonly meanMs: number
  /** Its part of the time of all actions that stand in no other, and of loading: 0 … 1. */
  readonly share: number
  /** Tensors it left: those alive after it less those before, of all calls; null where TensorFlow was not loaded. */
  readonly tensors: number | null
}

interface Cost {
  calls: number
  totalMs: number
  tensors: number | null
}

/** The key of loading, beside the numbers of actions. */
export const LOADING = 'loading'

/** Measures work. With `prefetch`, several pieces go on at once, and their times overlap. */
export class Profile {
  readonly #costs = new Map<number | string, Cost>()

  constructor(readonly spec: PipelineSpec) {}

  /** Starts to measure a piece of work; the function that it returns ends that. */
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

  /** Does the work of an action. What fails has its cost too. */
  async measure<T>(number: number | string, work: () => T | Promise<T>): Promise<T> {
    const end = this.begin(number)
    try {
      return await work()
    } finally {
      end()
    }
  }

  /** Loading, then the actions that were done, in the order they are written. */
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

/** The rows as a table for people; actions inside others are indented. */
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

/** Two blanks a level: `3.1` is one level down, and so is `3.else.1`. */
const indent = (number: number | string) => '  '.repeat(`${number}`.split('.').filter(step => /^\d+$/.test(step)).length - 1)
