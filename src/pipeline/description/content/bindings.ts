/** The live things a spec refers to by name: datasets, model classes, pipelines, functions and values. */
import type { BatchClass, FileModules, ModelClass, SourceDataset } from '../contracts.js'
import type { SourceMap } from './visit-actions.js'

export interface Bindings {
  readonly datasets: Readonly<Record<string, SourceDataset>>
  /** Model classes, and what can be turned into one: a `tf.LayersModel`, a builder function. */
  readonly models: Readonly<Record<string, ModelClass | object>>
  /** Pipelines (or single models) that models are imported from. */
  readonly pipelines: Readonly<Record<string, object>>
  /** Functions, arrays, tensors: whatever `{ '@live': name }` and `F` name. */
  readonly values: Readonly<Record<string, unknown>>
  /** Where the user wrote each action. */
  readonly sources: SourceMap
  /** The class of its batches, if known; a template knows it without a dataset. */
  readonly batchClass?: BatchClass
  /** What it may load, if it was read from a file. */
  readonly modules?: FileModules
}

export type BindingKind = Exclude<keyof Bindings, 'sources' | 'batchClass' | 'modules'>

export const noBindings: Bindings = Object.freeze({ datasets: {}, models: {}, pipelines: {}, values: {}, sources: {} })

/**
 * The bindings with one more live thing, and its name: the preferred name if it is free or already this thing's, otherwise that name
 * with a number.
 */
export function bind(bindings: Bindings, kind: BindingKind, wish: string, thing: unknown): readonly [Bindings, string] {
  const names: Readonly<Record<string, unknown>> = bindings[kind]
  const known = Object.keys(names).find(name => names[name] === thing)
  if (known !== undefined) return [bindings, known]
  let name = wish
  for (let i = 2; Object.hasOwn(names, name); i++) name = `${wish}${i}`
  return [{ ...bindings, [kind]: { ...names, [name]: thing } }, name]
}

/** Both sets of bindings, merged. Names in the second that mean another thing in the first must be renamed beforehand. */
export function mergeBindings(first: Bindings, second: Bindings): Bindings {
  return {
    datasets: { ...first.datasets, ...second.datasets },
    models: { ...first.models, ...second.models },
    pipelines: { ...first.pipelines, ...second.pipelines },
    values: { ...first.values, ...second.values },
    sources: { ...first.sources, ...second.sources },
    ...(first.batchClass ? { batchClass: first.batchClass } : {}),
    ...(first.modules || second.modules ? { modules: new Map([...(first.modules ?? []), ...(second.modules ?? [])]) } : {}),
  }
}
