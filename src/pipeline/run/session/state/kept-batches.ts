/** Batches that a `rebatch` keeps, as plain data: their items and their current components. */
import { fail } from '../../../../errors/index.js'
import type { ComponentValue, SourceBatch } from '../../../description/contracts.js'
import { Scope } from '../../execution/scope.js'
import { evaluate } from '../../values/evaluate.js'
import type { Session } from '../session.js'

export interface KeptBatch {
  readonly positions: Uint32Array
  readonly indices: readonly unknown[]
  readonly components: readonly (readonly [name: string, value: ComponentValue])[]
}

export function toKeptBatch(batch: SourceBatch): KeptBatch {
  const { positions, indices, componentNames } = batch
  return { positions: Uint32Array.from(positions), indices, components: componentNames.map(name => [name, batch.get(name)!]) }
}

/** Restores the batch, with the class of the session's dataset. */
export function restoreBatch(session: Session, { positions, indices, components }: KeptBatch): SourceBatch {
  const { batchClass } = new Scope(session).requireDataset(evaluate)
  const values = new Map(components)
  if (!batchClass.create) return fail('batch-not-restorable', { batchClass: batchClass.name })
  return batchClass.create({ positions, indices, names: [...values.keys()], take: name => values.get(name)! })
}
