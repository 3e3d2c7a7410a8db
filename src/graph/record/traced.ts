/** What a trace takes and yields. */
import type { Tensor, Variable } from '../backend.js'
import type { Graph, Node, TensorType } from '../ir/graph.js'
import type { Guard } from './guards/guards.js'

/** The names and tensors of a function's arguments. */
export type InputTypes = readonly ({ readonly name: string } & TensorType)[]

/** A traced function. */
export interface Traced {
  readonly graph: Graph
  /** The placeholders of the arguments, in their order. */
  readonly inputs: readonly Node[]
  /** Numbers to be read and fed before each run. */
  readonly hosts: readonly HostInput[]
  /** The variables that the graph names. */
  readonly variables: ReadonlyMap<string, Variable>
  /** Work in JavaScript after each run. */
  readonly effects: readonly (() => void)[]
  /** The variables it made. */
  readonly created: readonly Variable[]
  /** True if numbers of JavaScript that became constants of the graph are unchanged. */
  readonly guard: Guard
}

/** Named tensors of a result. */
export type Outputs = Readonly<Record<string, Tensor>>

/** A number read in JavaScript before each run and fed to the graph. */
export interface HostInput {
  readonly name: string
  readonly node: Node
  readonly read: () => number
}
