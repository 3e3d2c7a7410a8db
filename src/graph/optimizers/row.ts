/** What the compiler knows about an optimizer: what it keeps per variable, what its update takes, and how TensorFlow computes it. */
import type { Tensor } from '../backend.js'
import type { Arithmetic } from '../ir/arithmetic.js'
import { attribute, float } from '../ir/attributes.js'
import type { Attributes, Update, Value } from '../ir/graph.js'
import type { Tensorflow } from '../tensorflow.js'

/** The fields of all of tfjs's optimizers. */
export interface Optimizer {
  iterations_?: number | undefined
  learningRate: number
  applyGradients(gradients: object): void
  incrementIterations(): void
  minimize(...args: never[]): unknown
  [field: string]: unknown
}

/** A variable that an optimizer keeps for each trained one. */
export interface Slot {
  /** The field of tfjs's object that lists these variables. */
  readonly field: string
  /** The suffix of each variable's name. */
  readonly suffix: string
  /** The field that holds its first value. Default: 0. */
  readonly first?: string
  /** The field that must be true for the slot to exist. Default: it always does. */
  readonly onlyIf?: string
}

/** A scalar variable that an optimizer keeps for itself, and its value after a step. */
export interface ScalarState {
  readonly field: string
  readonly next: (value: Tensor, optimizer: Optimizer, tf: Tensorflow) => Tensor
}

/**
 * An optimizer's update as TensorFlow's; `valueOf` returns a variable's value before the step. The update's variables are the trained one
 * and its slots, its inputs the gradient, the rate and the scalars.
 */
export type Lowering = (update: Update, arithmetic: Arithmetic, valueOf: (variable: string) => Value) => readonly Update[]

/** A class of optimizers, constructed with numbers. */
export type OptimizerClass = new (...numbers: any[]) => InstanceType<Tensorflow['Optimizer']>

/** An optimizer's update as values, with the same arguments. */
export type Risks = (update: Update, arithmetic: Arithmetic, valueOf: (variable: string) => Value) => readonly Value[]

export interface OptimizerRow {
  /** The class, if tfjs has none called `${name}Optimizer`. It is defined once per TensorFlow.js instance. */
  readonly define?: (tf: Tensorflow) => OptimizerClass
  readonly slots: readonly Slot[]
  readonly scalars: readonly ScalarState[]
  /** The attributes of its update; `epsilon` is that of tfjs's backend. */
  readonly attributes: (optimizer: any, epsilon: number) => Attributes
  readonly lower: Lowering
  /**
   * Values that must be finite for the new ones to be, besides the gradient and its square. None is needed if a step from finite values by
   * a gradient and a rate below 1e16 is bounded. Default: whatever `lower` assigns.
   */
  readonly risks?: Risks
}

/** The scalar that is multiplied by a field of the optimizer at each step. */
export const powerOf = (beta: string, field: string): ScalarState => ({
  field,
  next: (value, optimizer, tf) => tf.mul(value, optimizer[beta] as number),
})

/** Fields of an optimizer as attributes of its update. */
export function floats(optimizer: Optimizer, ...fields: readonly string[]): Attributes {
  return Object.fromEntries(fields.map(field => [field, float(optimizer[field] as number)]))
}

/** Attributes of an update that are numbers, in the requested order. */
export function numbersIn<const Names extends readonly string[]>(update: Update, ...names: Names): { [I in keyof Names]: number } {
  return names.map(name => attribute(update, name, 'float')) as { [I in keyof Names]: number }
}
