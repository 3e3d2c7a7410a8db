/** `print('a', V('b'), { label: 'c' })`: values, and options after them. */
import { isPlainObject } from '../util/json.js'

/** The values and the label: a last object whose only entry is a string `label`. */
export function splitLabel(values: readonly unknown[]): { readonly values: readonly unknown[]; readonly label?: string } {
  const last = values.at(-1)
  const isLabel = isPlainObject(last) && Object.keys(last).join() === 'label' && typeof last.label === 'string'
  return isLabel ? { values: values.slice(0, -1), label: last.label as string } : { values }
}
