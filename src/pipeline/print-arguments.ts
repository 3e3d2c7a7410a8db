/** `print('a', V('b'), { label: 'c' })`: values, and options behind them. */
import { isPlainObject } from '../util/json.js'

/** The values and the label: a last object with nothing but a `label` that is a text. */
export function splitLabel(values: readonly unknown[]): { readonly values: readonly unknown[]; readonly label?: string } {
  const last = values.at(-1)
  const isLabel = isPlainObject(last) && Object.keys(last).join() === 'label' && typeof last.label === 'string'
  return isLabel ? { values: values.slice(0, -1), label: last.label as string } : { values }
}
