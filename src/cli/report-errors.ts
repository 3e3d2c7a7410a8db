/** Errors on standard error: Millrace's own with their location and help, others with their stack. */
import { describeLocation, MillraceError, printable, renderError, renderErrors } from '../experiment.js'
import { canColor } from '../util/process/terminal.js'
import { exitCodes } from './exit-codes.js'
import type { Output } from './output.js'

const color = () => canColor(process.stderr)

/** Prints an error, or each of several. A Millrace error needs no stack; any other is a defect and shows it. */
export function reportError(error: unknown, output: Output): void {
  for (const each of error instanceof AggregateError ? error.errors : [error]) {
    if (each instanceof MillraceError) output.problem(renderOne(each))
    else output.problem(printable(each instanceof Error ? (each.stack ?? each.message) : String(each)))
  }
}

/** If an error has both a line and a batch, the pipeline, action and batch come first. */
function renderOne(error: MillraceError): string {
  const { source, ...location } = error.location
  const where = source && location.batch !== undefined ? `${printable(describeLocation(location))}\n` : ''
  return `${where}${renderError(error, { color: color() })}`
}

/** Prints the errors and notes of a file. */
export function reportFindings(errors: readonly MillraceError[], notes: readonly MillraceError[], output: Output): void {
  if (notes.length > 0) output.problem(renderErrors(notes, { color: color(), severity: 'note' }))
  if (errors.length > 0) output.problem(`${notes.length > 0 ? '\n' : ''}${renderErrors(errors, { color: color() })}`)
}

/** Prints a warning. */
export function reportWarning(warning: MillraceError, output: Output): void {
  output.problem(renderError(warning, { color: color(), severity: 'warning' }))
}

/** An error as `--json` prints it. */
export function errorToJson(error: unknown): object {
  if (error instanceof MillraceError) return { code: error.code, message: error.message, ...error.parts, location: error.location }
  return { code: 'unexpected', message: error instanceof Error ? error.message : String(error) }
}

/** The last resort of `bin`: an error that no command expected. */
export function reportUnexpected(error: unknown): number {
  process.stderr.write(`${error instanceof MillraceError ? renderOne(error) : printable(String((error as Error)?.stack ?? error))}\n`)
  return error instanceof MillraceError ? exitCodes.wrongInput : exitCodes.runFailed
}
