/** A TensorFlow session over one graph, through tfjs-node's own door for saved models. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Binding, RawTensor } from '../backend.js'

/** Ends the sessions of programs that nobody has any more. */
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

  /** Runs what the outputs need; inputs are tensors' ids and the names they are fed to, outputs are names with commas between. */
  run(inputs: readonly number[], inputNames: string, outputNames: string): RawTensor[] {
    return this.#binding.runSavedModel(this.#id!, inputs, inputNames, outputNames)
  }

  /** Ends the session; its variables are gone. */
  dispose(): void {
    if (this.#id === undefined) return
    forgotten.unregister(this)
    this.#binding.deleteSavedModel(this.#id)
    this.#id = undefined
  }
}
