/** Errors of saving and loading a pipeline's state. */
import type { MessageTable } from '../message.js'

export const stateMessages = {
  'value-not-saved': ({ name, path, seen }: { name: string; path: string; seen: string }) => ({
    what: `${name} contains something that cannot be saved${path === '' ? '' : `, at ${path.replace(/^\./, '')}`}`,
    seen,
    allowed: 'plain data, NdArray, typed arrays, Map, Set, Date, bigint, metrics; lists and objects of these',
    fix: 'Keep numbers in it, e.g. the data of a tensor, and live objects outside the variables',
  }),
  'model-not-restorable': ({ model }: { model: string }) => ({
    what: `model ${model} can be saved but not restored`,
    seen: 'a model without restore(folder)',
    fix: 'Give its class a method restore(folder) that reads what its save(folder) wrote',
  }),
  'batch-not-restorable': ({ batchClass }: { batchClass: string }) => ({
    what: `batches of ${batchClass} that rebatch holds cannot be restored`,
    fix: 'Define the class with defineBatch, or give it a method create({ positions, indices, names, take })',
  }),
  'state-not-saved': ({ folder, why }: { folder: string; why: string }) => ({
    what: `the state could not be saved to ${folder}`,
    seen: why,
  }),
  'state-not-readable': ({ folder, why }: { folder: string; why: string }) => ({
    what: `no state of a pipeline could be read from ${folder}`,
    seen: why,
    fix: 'Pass the folder that saveState wrote for the same pipeline',
  }),
  'state-other-length': ({ dataset, length, before }: { dataset: string; length: number; before: number }) => ({
    what: `the position of nextBatch cannot be restored: dataset ${dataset} has another length, so the order of its items would be another`,
    seen: `${length} items`,
    allowed: `${before} items`,
    fix: "Restore the data, or reset('iterator') to start from the first batch",
  }),
} satisfies MessageTable
