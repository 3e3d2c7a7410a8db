/** Values as strings: the results of `.str()` and `.format()`. */
import { isPlainObject } from '../../../util/json.js'
import { NdArray } from '../../../util/nd-array.js'
import { arrayOfTyped, isTypedArray } from '../../../util/typed-values.js'

/** A value as a string: strings as they are, arrays and lists as JSON. */
export function toText(value: unknown): string {
  if (isTypedArray(value)) return toText(arrayOfTyped(value))
  if (value instanceof NdArray) return JSON.stringify(value.toNested())
  return Array.isArray(value) || isPlainObject(value) ? JSON.stringify(value) : String(value)
}

/**
 * A string with the value in place of `{}` and `{0}`; after a colon, Python's formats for numbers: width, padded with zeros
 * if it begins with 0, then digits after the point, then d, f, e or %.
 *
 * @example
 * formatText('epoch-{:03d}.json', 7)   // 'epoch-007.json'
 *
 * @throws TypeError for any other format, or one applied to what is not a number
 */
export function formatText(template: string, value: unknown): string {
  return template.replace(/\{\{|\}\}|\{(?:0)?(?::([^{}]*))?\}/g, (found, form?: string) => {
    if (found === '{{' || found === '}}') return found[0]!
    return form ? formatNumber(form, value) : toText(value)
  })
}

function formatNumber(form: string, value: unknown): string {
  const [, zero, width, digits, type] = /^(0?)(\d*)(?:\.(\d+))?([dfe%]?)$/.exec(form) ?? []
  if (zero === undefined) throw new TypeError(`{:${form}} is not a format for numbers: write {:04d}, {:.2f}, {:.3e} or {:.1%}`)
  if (typeof value !== 'number') throw new TypeError(`{:${form}} formats a number, not ${toText(value)}`)
  const text = {
    d: () => String(Math.trunc(value)),
    f: () => value.toFixed(Number(digits ?? 6)),
    e: () => value.toExponential(Number(digits ?? 6)),
    '%': () => `${(value * 100).toFixed(Number(digits ?? 6))}%`,
    '': () => (digits === undefined ? String(value) : String(Number(value.toPrecision(Number(digits))))),
  }[type as 'd' | 'f' | 'e' | '%' | '']()
  if (!zero) return text.padStart(Number(width))
  const sign = text.startsWith('-') ? '-' : ''
  return sign + text.slice(sign.length).padStart(Number(width) - sign.length, '0')
}
