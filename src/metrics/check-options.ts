/** Checks of options, with the pipeline's own error codes. */
import { fail, listNames } from '../errors/index.js'

/** @throws MillraceError `unknown-option`, with a did-you-mean */
export function checkOptions(of: string, options: object, allowed: readonly string[]): void {
  const seen = Object.keys(options).find(name => !allowed.includes(name))
  if (seen !== undefined) fail('unknown-option', { of, seen, allowed })
}

/** @throws MillraceError `wrong-value` unless it is one of these */
export function checkOneOf(name: string, value: unknown, allowed: readonly unknown[]): void {
  if (!allowed.includes(value)) fail('wrong-value', { name, seen: String(value), allowed: listNames(allowed.map(String)) })
}

interface Limits {
  readonly integer?: boolean
  readonly from?: number
  readonly to?: number
  readonly above?: number
}

/** @throws MillraceError `wrong-value` unless it is a finite number within these limits */
export function checkNumber(name: string, value: unknown, { integer, from, to, above }: Limits = {}): asserts value is number {
  const fits =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (!integer || Number.isInteger(value)) &&
    !(from !== undefined && value < from) &&
    !(to !== undefined && value > to) &&
    !(above !== undefined && value <= above)
  if (fits) return
  const words = [
    integer ? 'an integer' : 'a finite number',
    above !== undefined && `above ${above}`,
    from !== undefined && `from ${from}`,
    to !== undefined && `up to ${to}`,
  ]
  fail('wrong-value', { name, seen: String(value), allowed: words.filter(Boolean).join(' ') })
}
