/** Batches of another size, made of those before: `rebatch`. */
import { fail } from '../../errors/index.js'
import type { BatchClass, SourceBatch } from '../description/contracts.js'
import { BatchRun } from './execution/batch-run.js'
import type { PreparedAction } from './execution/prepare.js'
import { Scope } from './execution/scope.js'
import type { Session, Walk } from './session/session.js'
import type { BatchSource, Stage, StageContext } from './stage.js'
import { evaluate } from './values/evaluate.js'

/** What is kept between two batches, to be saved and restored. */
export interface RebatchState {
  /** Batches given out. */
  readonly produced: number
  /** Items that did not fit into the last batch, or were collected for the next one. */
  readonly rest: readonly SourceBatch[]
}

/**
 * Collects batches until they have enough items, gives out as many as were asked for and keeps the rest for the next one. The last
 * batch has what is left.
 */
export class Rebatched implements BatchSource {
  #rest: readonly SourceBatch[]
  #produced: number

  constructor(
    readonly below: Stage,
    readonly divider: PreparedAction,
    readonly context: StageContext,
    { produced, rest }: RebatchState = { produced: 0, rest: [] },
  ) {
    this.#rest = rest
    this.#produced = produced
  }

  get state(): RebatchState {
    return { produced: this.#produced, rest: this.#rest }
  }

  async next(): Promise<BatchRun | undefined> {
    const { batchSize, components } = this.#options()
    for (let length = lengthOf(this.#rest); length < batchSize; ) {
      const run = await this.below.next()
      if (run === undefined) break
      this.#rest = [...this.#rest, run.batch]
      length += run.batch.length
    }
    if (lengthOf(this.#rest) === 0) return undefined
    const { merged, rest } = merger(this.context)(this.#rest, batchSize, components)
    this.#rest = rest ? [rest] : []
    this.#produced++
    return new BatchRun(merged, this.#produced)
  }

  close(free: (batch: SourceBatch) => void): void {
    for (const batch of this.#rest) free(batch)
    this.#rest = []
    this.below.close(free)
  }

  #options(): { readonly batchSize: number; readonly components: readonly string[] | undefined } {
    const { session, walk } = this.context
    const { batchSize, components } = evaluate(this.divider.args, new Scope(session, undefined, walk)) as Record<string, unknown>
    if (!Number.isSafeInteger(batchSize) || (batchSize as number) < 1) {
      fail('wrong-value', { name: 'batchSize of rebatch', seen: String(batchSize), allowed: 'a whole number from 1' })
    }
    return { batchSize: batchSize as number, components: components as readonly string[] | undefined }
  }
}

const lengthOf = (batches: readonly SourceBatch[]) => batches.reduce((length, batch) => length + batch.length, 0)

/** How the batches of a pipeline are merged: as their class says. */
export function merger({ session, walk }: { readonly session: Session; readonly walk?: Walk }): NonNullable<BatchClass['merge']> {
  const { batchClass } = new Scope(session, undefined, walk).requireDataset()
  return batchClass.merge ?? fail('no-merge', { batchClass: batchClass.name })
}
