/** While tracing, every variable holds separate data that stands for its value at the start; new ones get their first value immediately. */
import type { DataId, Tensor, Variable } from '../backend.js'
import { evaluate } from '../evaluate.js'
import { string } from '../ir/attributes.js'
import { createNode, type DType, type Node, type Value } from '../ir/graph.js'
import type { Restore } from './hooks.js'
import type { Recorder } from './recorder.js'
import { UsedAfterUpdate } from './refusal.js'

interface Held {
  readonly variable: Variable
  /** What it held when the function ended; undefined if it was not assigned. */
  assigned?: DataId | undefined
  readonly name: string
  /** What it held before, and holds again afterwards. */
  readonly original: DataId
  /** What stands for its value at the start. */
  readonly own: DataId
  readonly node: Node
  /** What it holds after an optimizer's step that is described, not computed. */
  updated?: DataId
}

type Mutable = { dataId: DataId }

/** The variables as a function sees them while it is traced. */
export class TracedVariables {
  readonly #held = new Map<Variable, Held>()
  readonly #created: Variable[] = []
  /** Made in the trace, and disposed in it, too. */
  readonly #doomed: Variable[] = []

  constructor(
    readonly recorder: Recorder,
    /** Runs a function without the hooks. */
    readonly suspended: <T>(work: () => T) => T,
  ) {
    for (const variable of Object.values(recorder.engine.state.registeredVariables)) this.#hold(variable)
  }

  /** New variables are made with their real first value. None is disposed. */
  hook(): Restore {
    const { engine } = this.recorder
    const { makeVariable } = engine
    return this.recorder.hook(engine, {
      makeVariable: (initial, trainable, name, dtype) => {
        const value = this.recorder.valueOf(initial)
        const variable = this.suspended(() => {
          const [tensor] = this.evaluate([this.#firstValue(value)], new Map())
          const made = makeVariable.call(engine, tensor!, trainable, name, dtype)
          tensor!.dispose()
          return made
        })
        this.#created.push(variable)
        this.#hold(variable)
        return variable
      },
      disposeVariable: variable => {
        if (this.#created.includes(variable)) this.#doomed.push(variable)
        this.recorder.refuse('dispose', `variable ${variable.name} is disposed`)
      },
    })
  }

  /** A new variable that is not trained and is filled with one number. */
  create(shape: number[], first: number): Variable {
    const { tf } = this.recorder
    const variable = this.suspended(() => tf.tidy(() => tf.fill(shape, first).variable(false)))
    this.#created.push(variable)
    this.#hold(variable)
    return variable
  }

  /** The variables by name, each with its node and the data of its value at the end; undefined if unchanged. */
  get all(): readonly { readonly variable: Variable; readonly name: string; readonly node: Node; readonly assigned: Value | undefined }[] {
    return [...this.#held.values()].map(({ variable, name, own, node, updated }) => {
      const isAssigned = variable.dataId !== own && variable.dataId !== updated
      if (isAssigned && updated) this.recorder.stop(new UsedAfterUpdate())
      return { variable, name, node, assigned: isAssigned ? this.recorder.valueOf(variable) : undefined }
    })
  }

  /** The name of a variable in the graph. */
  nameOf(variable: Variable): string {
    return this.#held.get(variable)?.name ?? this.#hold(variable).name
  }

  /** The variables made in the trace. */
  get created(): readonly Variable[] {
    return this.#created.filter(({ isDisposed }) => !isDisposed)
  }

  /** True if the variable still has its value from the start. */
  isUntouched(variable: Variable): boolean {
    return variable.dataId === this.#held.get(variable)?.own
  }

  /** An optimizer's step changes the variable; the new value is not a value of the graph. */
  markUpdated(variable: Variable): void {
    const held = this.#held.get(variable)!
    held.updated = this.#standIn(variable, createNode('Updated', {}, [], [typeOf(variable)]))
    ;(variable as Mutable).dataId = held.updated
  }

  /** Every variable holds its own data again. */
  restore(): void {
    for (const held of this.#held.values()) {
      const { variable, original, own, updated } = held
      held.assigned = variable.dataId === own || variable.dataId === updated ? undefined : variable.dataId
      ;(variable as Mutable).dataId = original
    }
  }

  /** Drops what was assigned, and what stood for the variables. */
  discard(): void {
    const { engine, backend } = this.recorder
    for (const held of this.#held.values()) this.#dropAssigned(held)
    for (const { own } of this.#held.values()) {
      backend.tensorMap.delete(own)
      engine.state.tensorInfo.delete(own)
    }
    for (const variable of this.#doomed) variable.dispose()
  }

  /** Every variable holds what was assigned, except these, whose values an optimizer computes anew. */
  commit(except: ReadonlySet<Variable>): void {
    const { engine } = this.recorder
    for (const held of this.#held.values()) {
      const { variable, assigned, original, own, updated } = held
      if (updated) this.#release(updated)
      // `assign` has taken its reference off what stood for the value at the start.
      if (assigned === undefined) this.#release(own)
      else if (except.has(variable)) {
        this.#dropAssigned(held)
        engine.state.numTensors++
        engine.state.numDataBuffers++
        engine.state.numBytes += bytesOf(variable)
      } else {
        this.#release(original)
        ;(variable as Mutable).dataId = assigned
      }
    }
  }

  /** Takes one reference off data, without counting. */
  #release(dataId: DataId): void {
    const { backend, engine } = this.recorder
    if (backend.disposeData(dataId)) engine.state.tensorInfo.delete(dataId)
  }

  #dropAssigned({ variable, assigned }: Held): void {
    if (assigned === undefined) return
    const now = variable.dataId
    ;(variable as Mutable).dataId = assigned
    this.recorder.engine.disposeTensor(variable)
    ;(variable as Mutable).dataId = now
  }

  #hold(variable: Variable): Held {
    const { recorder } = this
    const name = toGraphName(variable.name)
    const node = createNode('Variable', { variable: string(name) }, [], [typeOf(variable)], recorder.layer)
    recorder.nodes.push(node)
    const own = this.#standIn(variable, node)
    const held: Held = { variable, name, original: variable.dataId, own, node }
    ;(variable as Mutable).dataId = own
    this.#held.set(variable, held)
    return held
  }

  /** Data that stands for a node's value in a variable. */
  #standIn(variable: Variable, node: Node): DataId {
    const { recorder } = this
    const dataId = recorder.dataOf(node.outputs[0]!)
    recorder.engine.state.tensorInfo.set(dataId, { backend: recorder.backend, bytes: bytesOf(variable), ...typeOf(variable) })
    return dataId
  }

  /** A first value must not depend on the arguments; numbers that are read before each run are known. */
  #firstValue(value: Value): Value {
    return dependsOnInputs(value, new Set(this.recorder.hosts.map(({ node }) => node)))
      ? this.recorder.refuse('variable', 'its first value depends on the inputs')
      : value
  }

  /** Values computed now, from the variables' values at the start and from these. */
  evaluate(values: readonly Value[], given: ReadonlyMap<Node, Tensor>): Tensor[] {
    const { tf, hosts } = this.recorder
    const numbers = new Map(hosts.map(({ node, read }) => [node, tf.scalar(read(), node.outputs[0]!.dtype as 'int32')]))
    try {
      return evaluate(tf, values, { get: node => given.get(node) ?? numbers.get(node) ?? this.#realValue(node) })
    } finally {
      tf.dispose([...numbers.values()])
    }
  }

  /** A tensor of a variable's value at the start. It is not counted, so it need not be disposed. */
  #realValue(node: Node): Tensor | undefined {
    if (node.op !== 'Variable') return undefined
    const TensorClass = this.recorder.tf.Tensor as unknown as new (shape: number[], dtype: string, dataId: DataId, id: number) => Tensor
    const held = [...this.#held.values()].find(held => held.node === node)
    return held && new TensorClass([...held.variable.shape], held.variable.dtype, held.original, -1)
  }
}

function dependsOnInputs(value: Value, hosts: ReadonlySet<Node>): boolean {
  const seen = new Set([value.node])
  for (const node of seen) {
    if (node.op === 'Placeholder' && !hosts.has(node)) return true
    for (const input of node.inputs) seen.add(input.node)
  }
  return false
}

const typeOf = ({ shape, dtype }: Variable) => ({ shape, dtype: dtype as DType })

/** The bytes of a variable as tfjs counts them. */
export const bytesOf = ({ size, dtype }: Tensor) => size * (dtype === 'bool' ? 1 : dtype === 'complex64' ? 8 : 4)

/** A name that is valid in TensorFlow and unique per variable. */
function toGraphName(name: string): string {
  return name.replace(/[^A-Za-z0-9_/-]/gu, character => `.${character.codePointAt(0)!.toString(16)}.`)
}
