/** Compiled functions that share variables: one session with a graph for each. */
import { fail } from '../../errors/index.js'
import { type NodeBackend, nodeBackend, type Tensor, type Variable } from '../backend.js'
import { Emitter } from '../emit/emit.js'
import type { Graph } from '../ir/graph.js'
import type { Traced } from '../record/trace.js'
import type { Tensorflow } from '../tensorflow.js'
import { prepareBackend } from './lazy-entry.js'
import { Session } from './session.js'
import { SessionVariables } from './session-variables.js'

/** A function as it is run. */
interface Entry {
  readonly name: string
  readonly traced: Traced
  readonly graph: Graph
  /** Variables it changes. */
  readonly changed: ReadonlySet<string>
  /** Names to feed: the arguments', then the host numbers'. */
  inputNames: string
  outputNames: string
  hasUpdates: boolean
}

/** A session's worth of compiled functions. Adding one makes the session anew at the next run. */
export class Program {
  readonly #backend: NodeBackend
  readonly #entries: Entry[] = []
  readonly #variables = new Map<string, Variable>()
  #session: Session | undefined
  #values: SessionVariables | undefined

  constructor(readonly tf: Tensorflow) {
    this.#backend = nodeBackend(tf)
    prepareBackend(this.#backend)
  }

  /** Adds a function: its trace and what passes made of its graph. Gives its number. */
  add(name: string, traced: Traced, graph: Graph): number {
    for (const [variableName, variable] of traced.variables) this.#variables.set(variableName, variable)
    const changed = new Set(graph.updates.flatMap(({ variables }) => variables))
    this.#close()
    return this.#entries.push({ name, traced, graph, changed, inputNames: '', outputNames: '', hasUpdates: false }) - 1
  }

  /**
   * Runs a function. The caller disposes the outputs.
   *
   * @throws MillraceError `check-failed`, `graph-failed`, `variable-disposed`; no variable has changed then.
   */
  run(number: number, inputs: readonly Tensor[]): Tensor[] {
    const entry = this.#entries[number]!
    const { binding } = this.#backend
    this.#open()
    for (const variable of this.#variables.values()) if (variable.isDisposed) fail('variable-disposed', { variable: variable.name })
    this.#values!.upload()
    this.#values!.detach(entry.changed)
    const hostIds = entry.traced.hosts.map(({ node, read }) => {
      const isInt = node.outputs[0]!.dtype === 'int32'
      return binding.createTensor([], isInt ? binding.TF_INT32 : binding.TF_FLOAT, (isInt ? Int32Array : Float32Array).of(read()))
    })
    try {
      const ids = [...this.#backend.getInputTensorIds(inputs), ...hostIds]
      const raw = this.#session!.run(ids, entry.inputNames, entry.outputNames)
      if (entry.hasUpdates) binding.deleteTensor(raw.pop()!.id)
      this.#values!.markChanged(entry.changed)
      for (const effect of entry.traced.effects) effect()
      return raw.map(each => this.#backend.createOutputTensor(each))
    } catch (error) {
      return explain(entry.name, error)
    } finally {
      for (const id of hostIds) binding.deleteTensor(id)
    }
  }

  /** Brings the variables up to date for whoever reads many of them. */
  settle(): void {
    this.#values?.settle()
  }

  /** Ends the session; the variables keep their values. */
  dispose(): void {
    this.#close()
  }

  #open(): void {
    if (this.#session) return
    const emitter = new Emitter()
    const variables = [...this.#variables].map(([name, { shape, dtype }]) => ({ name, shape, dtype: dtype as 'float32' }))
    const names = emitter.addVariables(variables)
    for (const [i, entry] of this.#entries.entries()) {
      const { inputs, outputs, done } = emitter.addGraph(entry.graph, `f${i}`)
      const placeholders = [...entry.traced.inputs, ...entry.traced.hosts.map(({ node }) => node)]
      entry.inputNames = placeholders.map(node => inputs[(node.attributes.name as { value: string }).value]!).join()
      entry.hasUpdates = done !== undefined
      entry.outputNames = [...outputs, ...(done === undefined ? [] : [done])].join()
    }
    this.#session = new Session(this.#backend.binding, emitter.serialize())
    this.#values = new SessionVariables(this.tf, this.#backend, this.#session, names, this.#variables)
  }

  #close(): void {
    this.#values?.settle()
    this.#session?.dispose()
    this.#session = undefined
    this.#values = undefined
  }
}

function explain(name: string, error: unknown): never {
  const text = String((error as Error).message)
  const [, check, shown] = /\[check \d+: ([^\]]*)\] ?\[([^\]]*)\]/.exec(text) ?? []
  if (check !== undefined) return fail('check-failed', { check, shown: shown! }, {}, error)
  const [reason] = text.replace(/^Session fail to run with error: /, '').split('\n')
  return fail('graph-failed', { what: name, reason: reason! }, {}, error)
}
