/** What every batch and every dataset can tell besides its components and attributes: `B('size')`, `D('length')`. */
import type { SourceBatch, SourceDataset } from '../contracts.js'

export const batchFacts = {
  size: ({ length }: SourceBatch) => length,
  length: ({ length }: SourceBatch) => length,
  indices: ({ indices }: SourceBatch) => indices,
} as const

/** A name `B` reads of every batch, whatever its components. */
export type BatchFact = keyof typeof batchFacts

export const datasetFacts = {
  size: ({ length }: SourceDataset) => length,
  length: ({ length }: SourceDataset) => length,
  name: ({ name }: SourceDataset) => name,
} as const
