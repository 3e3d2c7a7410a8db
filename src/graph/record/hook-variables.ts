/** While tracing, every variable holds separate data that stands for its value at the start; new ones get their first value immediately. */
import type { DataId, Tensor, Variable } from '../backend.js'
import { evaluate } from '../evaluate.js'
import { string } from '../ir/attributes.js'
import { createNode, type DType, type Node, type Value } from '../ir/graph.js'
import { type Restore, replaceMethods } from './hooks.js'
import type { Recorder } from './recorder.js'
import { UsedAfterUpdate } from './refusal.js'

interface Held {
  readonly variable: Variable
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
    return replaceMethods(engine, {
      makeVariable: (initial, trainable, name, dtype) => {
        const value = this.recorder.valueOf(initial)
        const variable = this.suspended(() => {
          const [tensor] = evaluate(this.recorder.tf, [this.#firstValue(value)], this.#realValues())
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

  /** Restores every variable's own data. */
  restore(): void {
    const { engine, backend } = this.recorder
    for (const { variable, original, own, updated } of this.#held.values()) {
      if (variable.dataId !== own && variable.dataId !== updated) engine.disposeTensor(variable)
      ;(variable as Mutable).dataId = original
      backend.tensorMap.delete(own)
      engine.state.tensorInfo.delete(own)
    }
    for (const variable of this.#doomed) variable.dispose()
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

  /** A value as a tensor, with the variables' values at the start; undefined if it depends on fed values. */
  evaluate(value: Value): Tensor | undefined {
    return dependsOnInputs(value) ? undefined : evaluate(this.recorder.tf, [value], this.#realValues())[0]
  }

  /** A first value must not depend on fed values. */
  #firstValue(value: Value): Value {
    return dependsOnInputs(value) ? this.recorder.refuse('variable', 'its first value depends on the inputs') : value
  }

  /** Tensors of the variables' values at the start. They are not counted, so they need not be disposed. */
  #realValues(): Pick<ReadonlyMap<Node, Tensor>, 'get'> {
    const TensorClass = this.recorder.tf.Tensor as unknown as new (shape: number[], dtype: string, dataId: DataId, id: number) => Tensor
    const find = (node: Node) => [...this.#held.values()].find(held => held.node === node)
    return {
      get: node => {
        const held = node.op === 'Variable' ? find(node) : undefined
        return held && new TensorClass([...held.variable.shape], held.variable.dtype, held.original, -1)
      },
    }
  }
}

function dependsOnInputs(value: Value): boolean {
  const seen = new Set([value.node])
  for (const node of seen) {
    if (node.op === 'Placeholder') return true
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
