/** Renders errors for a terminal: the location, the line with a caret, what is allowed, what to do. */
import pc from 'picocolors'
import { describeLocation, type MillraceError } from './error.js'
import type { SourceLocation } from './location.js'
import { printable } from './printable.js'

export interface RenderOptions {
  /** Use ANSI colours. Default false. */
  readonly color?: boolean
  /** The label. Default `error`. */
  readonly severity?: 'error' | 'warning' | 'note'
}

/**
 * Renders an error in the style of rustc: `file:line:column  error[code] what`, the source line with a caret, then what was seen, what is
 * allowed and help, if known.
 *
 * @example
 * console.error(renderError(error, { color: process.stderr.isTTY }))
 */
export function renderError(error: MillraceError, { color = false, severity = 'error' }: RenderOptions = {}): string {
  const paint = pc.createColors(color)
  const tint = { error: paint.red, warning: paint.yellow, note: paint.cyan }[severity]
  const { what, seen, allowed, fix } = error.parts
  const { source, ...rest } = error.location
  const where = source ? `${source.file}:${source.line}:${source.column}` : describeLocation(rest)
  const margin = ' '.repeat(source?.text === undefined ? 2 : `${source.line}`.length + 1)
  const note = (label: string, text: string | undefined) =>
    text ? [`${margin}${paint.blue('=')} ${paint.bold(label)}: ${printable(text)}`] : []
  return [
    `${where ? `${paint.bold(printable(where))}  ` : ''}${tint(`${severity}[${error.code}]`)} ${paint.bold(printable(what))}`,
    ...(source?.text === undefined ? [] : pointAt(source, margin, text => tint(text), paint.blue)),
    ...note('seen', seen),
    ...note('allowed', allowed),
    ...note('help', fix),
  ].join('\n')
}

/** Renders errors separated by blank lines, then their count. */
export function renderErrors(errors: readonly MillraceError[], options: RenderOptions = {}): string {
  if (errors.length === 0) return ''
  const severity = options.severity ?? 'error'
  const count = `${errors.length} ${severity}${errors.length === 1 ? '' : 's'}`
  return [...errors.map(error => renderError(error, options)), pc.createColors(options.color ?? false).bold(count)].join('\n\n')
}

/** Longer lines are shown around the column only. */
const WIDEST = 160

function pointAt(
  { line, column, width = 1, text = '' }: SourceLocation,
  margin: string,
  tint: (text: string) => string,
  dim: (text: string) => string,
): string[] {
  const from = text.length > WIDEST ? Math.max(0, column - 1 - WIDEST / 2) : 0
  const shown = printable((from > 0 ? '…' : '') + text.slice(from, from + WIDEST) + (text.length > from + WIDEST ? '…' : ''))
  const before = shown.slice(0, column - 1 - from + (from > 0 ? 1 : 0)).replace(/[^\t]/g, ' ')
  const carets = '^'.repeat(Math.max(1, Math.min(width, shown.length - before.length)))
  return [`${dim(`${line} |`)} ${shown}`.trimEnd(), `${margin}${dim('|')} ${before}${tint(carets)}`]
}
