/** Numbers for reading: sensible precision, thousands separators, a real minus sign. */

export { formatDuration } from '../util/duration.js'

const minus = (text: string) => text.replace('-', '−')

/** `8,022,474` */
export function formatInteger(value: number): string {
  return minus(Math.round(value).toLocaleString('en-US'))
}

/** Three significant digits, never an exponent for everyday sizes: `0.0466`, `2.41`, `1,204`; `not a number` if not finite. */
export function formatNumber(value: number | null, digits = 3): string {
  if (value === null || !Number.isFinite(value)) return 'not a number'
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size < 1e-5 || size >= 1e9) return minus(value.toExponential(digits - 1))
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)))
  return minus(value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }))
}

/** Returns the decimals that show `digits` significant digits of the smallest value: for columns and intervals. */
export function formatAlike(values: readonly number[], digits = 2): string[] {
  const smallest = Math.min(...values.map(Math.abs).filter(size => size > 0 && Number.isFinite(size)))
  const decimals = Number.isFinite(smallest) ? Math.min(8, Math.max(0, digits - 1 - Math.floor(Math.log10(smallest)))) : 0
  return values.map(value => minus(value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })))
}

/** `99.02%` */
export function formatPercent(share: number, decimals = 2): string {
  return `${minus((share * 100).toFixed(decimals))}%`
}

/** A share with two significant digits, so that a small one is not zero: `12%`, `1.5%`, `0.26%`; `under 0.001%` at the least. */
export function formatShare(share: number): string {
  const percent = Math.abs(share) * 100
  if (percent === 0 || percent >= 10) return formatPercent(share, 0)
  if (percent < 0.001) return 'under 0.001%'
  return formatPercent(share, 1 - Math.floor(Math.log10(percent)))
}

/** `24 GB` */
export function formatBytes(bytes: number): string {
  const gigabytes = bytes / 2 ** 30
  return gigabytes >= 10 ? `${Math.round(gigabytes)} GB` : `${formatNumber(gigabytes, 2)} GB`
}

/** `31 January 2026, 12:05 UTC`; the string itself if it is not a date. */
export function formatDate(iso: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  return `${day}, ${date.toISOString().slice(11, 16)} UTC`
}

/** `1 error`, `98 errors` */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatInteger(count)} ${count === 1 ? one : many}`
}

/** `a`, `a and b`, `a, b and c` */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}
