/** The data of a dataset in memory: its components, and which rows of them a subset has. Subsets share the components. */
import { fail } from '../errors/index.js'
import type { ComponentValue } from '../pipeline/spec/contracts.js'
import { takeItems, toComponent } from './component.js'
import type { DefinedBatch } from './define-batch.js'

export interface Preloaded {
  readonly names: readonly string[]
  /** A copy of a component's items at these positions. */
  take(name: string, positions: ArrayLike<number>): ComponentValue
  /** The same data, only these positions of it. Nothing is copied. */
  subset(positions: ArrayLike<number>): Preloaded
}

/**
 * Checks the components of a dataset of `length` items.
 *
 * @throws MillraceError `unknown-name`, `component-value`, `component-length`
 */
export function preload(given: Readonly<Record<string, unknown>>, batchClass: DefinedBatch, dataset: string, length: number): Preloaded {
  const values = new Map<string, ComponentValue>()
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    const kind = (batchClass.kinds as Record<string, (typeof batchClass.kinds)[string]>)[name]
    if (kind === undefined) {
      fail('unknown-name', { kind: `component of ${batchClass.name}`, seen: name, allowed: batchClass.components as readonly string[] })
    }
    values.set(name, toComponent(name, value, kind, `dataset ${dataset}`, length))
  }
  return new Rows(values, undefined)
}

class Rows implements Preloaded {
  readonly names: readonly string[]

  constructor(
    readonly values: ReadonlyMap<string, ComponentValue>,
    /** The row of each position; undefined where they are the same. */
    readonly rows: Uint32Array | undefined,
  ) {
    this.names = [...values.keys()]
  }

  take(name: string, positions: ArrayLike<number>): ComponentValue {
    return takeItems(this.values.get(name)!, this.#toRows(positions))
  }

  subset(positions: ArrayLike<number>): Preloaded {
    return new Rows(this.values, Uint32Array.from(this.#toRows(positions)))
  }

  #toRows(positions: ArrayLike<number>): ArrayLike<number> {
    const { rows } = this
    return rows ? Uint32Array.from(positions, position => rows[position]!) : positions
  }
}
