/** What every batch and every dataset provides besides components and attributes: `B('size')`, `D('length')`. */
import type { SourceBatch, SourceDataset } from '../contracts.js'

export const batchFacts = {
  size: ({ length }: SourceBatch) => length,
  length: ({ length }: SourceBatch) => length,
  indices: ({ indices }: SourceBatch) => indices,
} as const

/** A name that `B` reads from every batch, whatever its components. */
export type BatchFact = keyof typeof batchFacts

export const datasetFacts = {
  size: ({ length }: SourceDataset) => length,
  length: ({ length }: SourceDataset) => length,
  name: ({ name }: SourceDataset) => name,
} as const
