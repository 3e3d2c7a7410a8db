/** What a training step changes, and how it is put back. */
import type { Optimizer, Tensor, Variable } from '../tf-types.js'
import type { Network } from './network.js'
import { updatersOf } from './updaters.js'

type Slot = { readonly originalName: string; readonly variable: Variable } | undefined

/** The variables of the optimizers by name: slots and scalars. */
export function optimizerVariables(network: Network): Readonly<Record<string, Variable>> {
  return Object.fromEntries(
    updatersOf(network).flatMap(({ optimizer, group }) =>
      variablesOf(optimizer).map(([name, variable]) => [group === undefined ? name : `${name} of ${group}`, variable] as const),
    ),
  )
}

function variablesOf(optimizer: Optimizer): readonly (readonly [string, Variable])[] {
  return Object.entries(optimizer).flatMap(([field, value]) => {
    if (Array.isArray(value))
      return (value as Slot[]).flatMap(slot => (isVariable(slot?.variable) ? [[slot.originalName, slot.variable] as const] : []))
    return isVariable(value) ? [[field, value] as const] : []
  })
}

/**
 * Remembers the network's weights, moving averages and optimizers; the returned function puts them back as they were, to the bit. Copies
 * nothing: a variable that is assigned holds other data afterwards. Call both within the same `tf.tidy`.
 */
export function rememberStep(network: Network): () => void {
  const { tf, layersModel } = network
  const weights = layersModel.weights.map(weight => (weight as unknown as { val: Variable }).val)
  const before = [...weights, ...Object.values(optimizerVariables(network))].map(
    variable => [variable, tf.clone(variable) as Tensor] as const,
  )
  const updaters = updatersOf(network).map(({ optimizer, slotNames }) => {
    const fields = Object.entries(optimizer).map(([name, value]) => [name, Array.isArray(value) ? [...value] : value] as const)
    return { optimizer, slotNames, fields, slots: slotNames.length }
  })
  return () => {
    const known = new Set(before.map(([variable]) => variable))
    for (const variable of Object.values(optimizerVariables(network))) if (!known.has(variable)) variable.dispose()
    for (const { optimizer, slotNames, fields, slots } of updaters) {
      for (const name of Object.keys(optimizer)) delete (optimizer as unknown as Record<string, unknown>)[name]
      Object.assign(optimizer, Object.fromEntries(fields))
      slotNames.length = slots
    }
    for (const [variable, value] of before) variable.assign(value as never)
  }
}

function isVariable(value: unknown): value is Variable {
  return typeof (value as { assign?: unknown } | null)?.assign === 'function'
}
