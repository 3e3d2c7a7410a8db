/** The optimizers that the compiler knows, by the name of their update in a graph. */
import type { Tensorflow } from '../tensorflow.js'
import { formulaRows } from './formulas.js'
import { kernelRows } from './kernels.js'
import type { Optimizer, OptimizerRow } from './row.js'

const rows = { ...kernelRows, ...formulaRows }

export type OptimizerName = keyof typeof rows

/** A row for each optimizer. tfjs's own class of a name is called `${name}Optimizer`; others are registered. */
export const optimizerRows: Readonly<Record<OptimizerName, OptimizerRow>> = rows

/** Whether an update is that of an optimizer, not one of TensorFlow's. */
export const isOptimizerName = (op: string): op is OptimizerName => Object.hasOwn(optimizerRows, op)

const registered = new Map<Optimizer, OptimizerName>()

/** Makes a class known that tfjs does not have, and that does what a row says. */
export function registerOptimizer(prototype: object, name: OptimizerName): void {
  registered.set(prototype as Optimizer, name)
}

/** The names by the prototype of each optimizer's class: tfjs's own and those registered. */
export function optimizerPrototypes(tf: Tensorflow): readonly (readonly [Optimizer, OptimizerName])[] {
  const classes = tf as unknown as Record<string, { readonly prototype: Optimizer } | undefined>
  const own = Object.keys(optimizerRows).flatMap(name => {
    const found = classes[`${name}Optimizer`]
    return found ? [[found.prototype, name as OptimizerName] as const] : []
  })
  return [...own, ...registered]
}
