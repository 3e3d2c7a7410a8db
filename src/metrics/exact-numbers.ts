/** Numbers as plain data, exact to the last bit: JSON has no infinity, NaN or negative zero. */
import { fail } from '../errors/index.js'

const names: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity, '-0': -0 }

export function writeNumbers(values: readonly number[]): (number | string)[] {
  return values.map(value => Object.keys(names).find(name => Object.is(names[name], value)) ?? value)
}

/** @throws MillraceError `metrics-state` */
export function readNumbers(of: string, values: unknown): number[] {
  if (!Array.isArray(values)) return fail('metrics-state', { of, seen: `${typeof values} where numbers should be` })
  return values.map(value => {
    if (typeof value === 'number') return value
    if (typeof value === 'string' && Object.hasOwn(names, value)) return names[value]!
    return fail('metrics-state', { of, seen: `${String(value)} where a number should be` })
  })
}
