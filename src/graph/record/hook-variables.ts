/** While tracing, every variable holds data of its own that stands for its value at the start; new ones get their first value at once. */
import type { DataId, Tensor, Variable } from '../backend.js'
import { evaluate } from '../evaluate.js'
import { string } from '../ir/attributes.js'
import { createNode, type DType, type Node, type Value } from '../ir/graph.js'
import { type Restore, replaceMethods } from './hooks.js'
import type { Recorder } from './recorder.js'
import { TraceRefusal } from './refusal.js'

interface Held {
  readonly variable: Variable
  readonly name: string
  /** What it held before, and holds again afterwards. */
  readonly original: DataId
  /** What stands for its value at the start. */
  readonly own: DataId
  readonly node: Node
}

type Mutable = { dataId: DataId }

/** The variables as a function sees them while it is traced. */
export class TracedVariables {
  readonly #held = new Map<Variable, Held>()
  readonly #created: Variable[] = []

  constructor(
    readonly recorder: Recorder,
    /** Runs something with the hooks put aside. */
    readonly suspended: <T>(work: () => T) => T,
  ) {
    for (const variable of Object.values(recorder.engine.state.registeredVariables)) this.#hold(variable)
  }

  /** New variables are made with their real first value. */
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
    })
  }

  /** A new variable that is not trained, of one number everywhere. */
  create(shape: number[], first: number): Variable {
    const { tf } = this.recorder
    const variable = this.suspended(() => tf.tidy(() => tf.fill(shape, first).variable(false)))
    this.#created.push(variable)
    this.#hold(variable)
    return variable
  }

  /** The variables by name, each with its node and what stands for its value at the end; undefined where that is the same. */
  get all(): readonly { readonly variable: Variable; readonly name: string; readonly node: Node; readonly assigned: Value | undefined }[] {
    return [...this.#held.values()].map(({ variable, name, own, node }) => {
      const isAssigned = !variable.isDisposed && variable.dataId !== own
      return { variable, name, node, assigned: isAssigned ? this.recorder.valueOf(variable) : undefined }
    })
  }

  /** The name of a variable in the graph. */
  nameOf(variable: Variable): string {
    return this.#held.get(variable)?.name ?? this.#hold(variable).name
  }

  /** The number and bytes of the variables that were made. */
  get created(): readonly Variable[] {
    return this.#created
  }

  /** Gives every variable its own data back. */
  restore(): void {
    const { engine, backend } = this.recorder
    for (const { variable, original, own } of this.#held.values()) {
      if (variable.isDisposed) continue
      if (variable.dataId !== own) engine.disposeTensor(variable)
      ;(variable as Mutable).dataId = original
      backend.tensorMap.delete(own)
      engine.state.tensorInfo.delete(own)
    }
  }

  #hold(variable: Variable): Held {
    const { recorder } = this
    const type = { shape: variable.shape, dtype: variable.dtype as DType }
    const name = variable.name.replace(/[^A-Za-z0-9_./-]/g, '_')
    const node = createNode('Variable', { variable: string(name) }, [], [type], recorder.layer)
    recorder.nodes.push(node)
    const own = recorder.dataOf(node.outputs[0]!)
    recorder.engine.state.tensorInfo.set(own, { backend: recorder.backend, bytes: variable.size * 4, ...type })
    const held = { variable, name, original: variable.dataId, own, node }
    ;(variable as Mutable).dataId = own
    this.#held.set(variable, held)
    return held
  }

  /** A first value must not depend on what is fed. */
  #firstValue(value: Value): Value {
    const waiting = [value.node]
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      if (node.op === 'Placeholder') throw new TraceRefusal('variable', this.recorder.layer, 'its first value depends on the inputs')
      waiting.push(...node.inputs.map(input => input.node))
    }
    return value
  }

  /** Tensors of the variables' values at the start. Nothing counts them, so nothing has to dispose them. */
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
