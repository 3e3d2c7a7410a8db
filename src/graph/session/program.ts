/** Compiled functions that share variables: one session with a graph for each. */
import { fail } from '../../errors/index.js'
import { type NodeBackend, nodeBackend, type RawTensor, type Tensor, toTypeNumber, type Variable } from '../backend.js'
import { type EmittedConstant, Emitter } from '../emit/emit.js'
import type { Graph } from '../ir/graph.js'
import type { Traced } from '../record/traced.js'
import type { Tensorflow } from '../tensorflow.js'
import { prepareBackend } from './lazy-entry.js'
import { Session } from './session.js'
import { SessionVariables } from './session-variables.js'

/** A function ready to run. */
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

/** Why TensorFlow rejects a graph. */
export interface Unusable {
  readonly op: string
  readonly reason: string
}

/** The compiled functions of one session. Adding one recreates the session at the next run. */
export class Program {
  readonly #backend: NodeBackend
  readonly #entries = new Map<number, Entry>()
  readonly #unusable = new Map<number, Unusable>()
  /** The variables of the session. */
  #variables: ReadonlyMap<string, Variable> = new Map()
  #last = 0
  #session: Session | undefined
  #values: SessionVariables | undefined

  constructor(readonly tf: Tensorflow) {
    this.#backend = nodeBackend(tf)
    prepareBackend(this.#backend)
  }

  /** Adds a function: its trace and its optimized graph. Returns its number. */
  add(name: string, traced: Traced, graph: Graph): number {
    const changed = new Set(graph.updates.flatMap(({ variables }) => variables))
    this.#close()
    this.#entries.set(++this.#last, { name, traced, graph, changed, inputNames: '', outputNames: '', hasUpdates: false })
    return this.#last
  }

  /** Removes a function. The next session is without it. */
  remove(number: number): void {
    this.#entries.delete(number)
  }

  /** Opens the session for a function. If TensorFlow rejects its graph, returns why and removes the function. */
  prepare(number: number): Unusable | undefined {
    while (!this.#unusable.has(number)) {
      try {
        this.#open()
        return undefined
      } catch (error) {
        const { message } = error as Error
        const culprit = Number(/node f(\d+)\//.exec(message)?.[1] ?? number)
        const op = / = (\w+)\[/.exec(message)?.[1] ?? 'session'
        this.#unusable.set(culprit, { op, reason: message.replace('Failed to load SavedModel: ', '').split(' for ')[0]! })
        if (!this.#entries.delete(culprit)) throw error
      }
    }
    return this.#unusable.get(number)
  }

  /**
   * Runs a function. The caller disposes the outputs.
   *
   * @throws MillraceError `check-failed`, `graph-failed`; no variable is changed then.
   */
  run(number: number, inputs: readonly Tensor[]): Tensor[] {
    const entry = this.#entries.get(number)!
    const { binding } = this.#backend
    this.#open()
    if (entry.outputNames === '') {
      for (const effect of entry.traced.effects) effect()
      return []
    }
    this.#values!.upload()
    this.#values!.detach(entry.changed)
    const hostIds = entry.traced.hosts.map(({ node, read }) => {
      const isInt = node.outputs[0]!.dtype === 'int32'
      return binding.createTensor([], isInt ? binding.TF_INT32 : binding.TF_FLOAT, (isInt ? Int32Array : Float32Array).of(read()))
    })
    try {
      const ids = [...this.#backend.getInputTensorIds(inputs), ...hostIds]
      const raw = this.#runSession(entry, ids)
      if (entry.hasUpdates) binding.deleteTensor(raw.pop()!.id)
      this.#values!.markChanged(entry.changed)
      for (const effect of entry.traced.effects) effect()
      return raw.map(each => this.#backend.createOutputTensor(each))
    } finally {
      for (const id of hostIds) binding.deleteTensor(id)
    }
  }

  #runSession({ name, inputNames, outputNames }: Entry, ids: readonly number[]): RawTensor[] {
    try {
      return this.#session!.run(ids, inputNames, outputNames)
    } catch (error) {
      return explain(name, error)
    }
  }

  /** Fetches the variables at once, for reading many of them. */
  settle(): void {
    this.#values?.settle()
  }

  /** Ends the session; the variables keep their values. */
  dispose(): void {
    this.#close()
  }

  /** Opens a session with all functions except those whose variables have been disposed. */
  #open(): void {
    if ([...this.#variables.values()].some(({ isDisposed }) => isDisposed)) this.#close()
    if (this.#session) return
    for (const [number, { traced }] of this.#entries)
      if ([...traced.variables.values()].some(({ isDisposed }) => isDisposed)) this.#entries.delete(number)
    this.#variables = new Map([...this.#entries.values()].flatMap(({ traced }) => [...traced.variables]))
    const emitter = new Emitter()
    const variables = [...this.#variables].map(([name, { shape, dtype }]) => ({ name, shape, dtype: dtype as 'float32' }))
    const names = emitter.addVariables(variables)
    for (const [number, entry] of this.#entries) {
      const { inputs, outputs, done } = emitter.addGraph(entry.graph, `f${number}`)
      const placeholders = [...entry.traced.inputs, ...entry.traced.hosts.map(({ node }) => node)]
      entry.inputNames = placeholders.map(node => inputs[(node.attributes.name as { value: string }).value]!).join()
      entry.hasUpdates = done !== undefined
      entry.outputNames = [...outputs, ...(done === undefined ? [] : [done])].join()
    }
    const { constants, written } = emitter.addConstants()
    this.#session = new Session(this.#backend.binding, emitter.serialize())
    if (constants.length > 0) this.#feed(constants, written)
    this.#values = new SessionVariables(this.tf, this.#backend, this.#session, names, this.#variables)
  }

  /** Passes the large constants to the session, where they stay. */
  #feed(constants: readonly EmittedConstant[], written: string): void {
    const { binding } = this.#backend
    const ids = constants.map(({ shape, dtype, data }) => binding.createTensor(shape, toTypeNumber(dtype), data))
    const raw = this.#session!.run(ids, constants.map(({ feed }) => feed).join(), written)
    for (const id of [...ids, ...raw.map(({ id }) => id)]) binding.deleteTensor(id)
  }

  #close(): void {
    this.#values?.settle()
    this.#session?.dispose()
    this.#session = undefined
    this.#values = undefined
    this.#variables = new Map()
  }
}

function explain(name: string, error: unknown): never {
  const text = String((error as Error).message)
  const [, check, shown] = /\[check \d+: ([^\]]*)\] ?\[([^\]]*)\]/.exec(text) ?? []
  if (check !== undefined) return fail('check-failed', { check, shown: shown! }, {}, error)
  const [reason] = text.replace(/^Session fail to run with error: /, '').split('\n')
  return fail('graph-failed', { what: name, reason: reason! }, {}, error)
}
