/** The optimizers that the compiler knows, by the name of their update in a graph. */
import type { Tensorflow } from '../tensorflow.js'
import { formulaRows } from './formulas.js'
import { kernelRows } from './kernels.js'
import type { Optimizer, OptimizerClass, OptimizerRow } from './row.js'

const rows = { ...kernelRows, ...formulaRows }

export type OptimizerName = keyof typeof rows

/** One row per optimizer. */
export const optimizerRows: Readonly<Record<OptimizerName, OptimizerRow>> = rows

const names = Object.keys(optimizerRows) as OptimizerName[]

/** True if an update is an optimizer's, not one of TensorFlow's. */
export const isOptimizerName = (op: string): op is OptimizerName => Object.hasOwn(optimizerRows, op)

const defined = new WeakMap<Tensorflow, Map<OptimizerName, OptimizerClass>>()

/** The class of an optimizer: tfjs's own, or the one that its row defines. */
export function optimizerClass(tf: Tensorflow, name: OptimizerName): OptimizerClass {
  const known = knownClass(tf, name) ?? optimizerRows[name].define!(tf)
  if (!defined.has(tf)) defined.set(tf, new Map())
  defined.get(tf)!.set(name, known)
  return known
}

function knownClass(tf: Tensorflow, name: OptimizerName): OptimizerClass | undefined {
  return (tf as unknown as Readonly<Record<string, OptimizerClass | undefined>>)[`${name}Optimizer`] ?? defined.get(tf)?.get(name)
}

/** The names, by prototype of each class that exists so far. */
export function optimizerPrototypes(tf: Tensorflow): readonly (readonly [Optimizer, OptimizerName])[] {
  return names.flatMap(name => {
    const known = knownClass(tf, name)
    return known ? [[known.prototype as Optimizer, name] as const] : []
  })
}
