/** What a training step changes, and how it is put back. */
import type { Tensor, Variable } from '../tf-types.js'
import type { Network } from './network.js'

type Slot = { readonly originalName: string; readonly variable: Variable } | undefined

/** The variables of an optimizer by name: its slots and its scalars. */
export function optimizerVariables({ optimizer }: Network): Readonly<Record<string, Variable>> {
  return Object.fromEntries(
    Object.entries(optimizer).flatMap(([field, value]) => {
      if (Array.isArray(value)) return (value as Slot[]).flatMap(slot => (slot ? [[slot.originalName, slot.variable] as const] : []))
      return isVariable(value) ? [[field, value] as const] : []
    }),
  )
}

/**
 * Remembers the network's weights, moving averages and optimizer; the returned function puts them back as they were, to the bit. Copies
 * nothing: a variable that is assigned holds other data afterwards. Call both within the same `tf.tidy`.
 */
export function rememberStep(network: Network): () => void {
  const { tf, layersModel, optimizer, slotNames } = network
  const weights = layersModel.weights.map(weight => (weight as unknown as { val: Variable }).val)
  const before = [...weights, ...Object.values(optimizerVariables(network))].map(
    variable => [variable, tf.clone(variable) as Tensor] as const,
  )
  const fields = Object.entries(optimizer).map(([name, value]) => [name, Array.isArray(value) ? [...value] : value] as const)
  const slots = slotNames.length
  return () => {
    const known = new Set(before.map(([variable]) => variable))
    for (const variable of Object.values(optimizerVariables(network))) if (!known.has(variable)) variable.dispose()
    for (const name of Object.keys(optimizer)) delete (optimizer as unknown as Record<string, unknown>)[name]
    Object.assign(optimizer, Object.fromEntries(fields))
    for (const [variable, value] of before) variable.assign(value as never)
    slotNames.length = slots
  }
}

function isVariable(value: unknown): value is Variable {
  return typeof (value as { assign?: unknown } | null)?.assign === 'function'
}
