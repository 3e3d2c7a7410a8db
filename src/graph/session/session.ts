/** A TensorFlow session over one graph, through tfjs-node's interface for saved models. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Binding, RawTensor } from '../backend.js'

/** Ends the sessions of programs that are no longer referenced. */
const forgotten = new FinalizationRegistry<() => void>(end => end())

export class Session {
  readonly #binding: Binding
  #id: number | undefined

  /** Loads a graph in the form of a SavedModel file. */
  constructor(binding: Binding, graph: Uint8Array) {
    this.#binding = binding
    const folder = mkdtempSync(join(tmpdir(), 'millrace-graph-'))
    try {
      writeFileSync(join(folder, 'saved_model.pb'), graph)
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
