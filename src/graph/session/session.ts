/** A TensorFlow session over one graph, through tfjs-node's interface for saved models. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Binding, RawTensor } from '../backend.js'

/**
 * The graph as a file in a folder of its own, which the caller removes: where temporary files belong, or in memory or the working folder
 * if that place is missing, full or must not be written.
 */
function writeGraph(graph: Uint8Array): string {
  const errors: unknown[] = []
  for (const parent of new Set([tmpdir(), '/dev/shm', process.cwd()])) {
    let folder: string | undefined
    try {
      folder = mkdtempSync(join(parent, 'millrace-graph-'))
      writeFileSync(join(folder, 'saved_model.pb'), graph)
      return folder
    } catch (error) {
      errors.push(error)
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
    }
  }
  throw errors[0]
}

/** Ends the sessions of programs that are no longer referenced. */
const forgotten = new FinalizationRegistry<() => void>(end => end())

export class Session {
  readonly #binding: Binding
  #id: number | undefined

  /** Loads a graph in the form of a SavedModel file. */
  constructor(binding: Binding, graph: Uint8Array) {
    this.#binding = binding
    const folder = writeGraph(graph)
    try {
      const id = binding.loadSavedModel(folder, 'serve')
      forgotten.register(this, () => binding.deleteSavedModel(id), this)
      this.#id = id
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  /** Runs what the outputs need; inputs are tensors' ids and the names they are fed to, outputs are comma-separated names. */
  run(inputs: readonly number[], inputNames: string, outputNames: string): RawTensor[] {
    return this.#binding.runSavedModel(this.#id!, inputs, inputNames, outputNames)
  }

  /** Ends the session; its variables are lost. */
  dispose(): void {
    if (this.#id === undefined) return
    forgotten.unregister(this)
    this.#binding.deleteSavedModel(this.#id)
    this.#id = undefined
  }
}
