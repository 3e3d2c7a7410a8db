/** Errors sent between threads. A structured clone would lose all but the message. */
import { type ErrorCode, type ErrorLocation, MillraceError } from '../errors/index.js'

export interface PackedError {
  readonly name: string
  readonly message: string
  readonly stack?: string | undefined
  readonly cause?: PackedError | undefined
  /** For a MillraceError. */
  readonly ours?: { readonly code: ErrorCode; readonly details: unknown; readonly location: ErrorLocation }
}

export function packError(error: unknown): PackedError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) }
  const { name, message, stack } = error
  const cause = error.cause === undefined ? undefined : packError(error.cause)
  const ours = error instanceof MillraceError ? { code: error.code, details: error.details, location: error.location } : undefined
  return { name, message, stack, cause, ...(ours && { ours }) }
}

const builtIn: Readonly<Record<string, ErrorConstructor>> = { RangeError, TypeError, SyntaxError, ReferenceError, URIError, EvalError }

export function unpackError({ name, message, stack, cause: packed, ours }: PackedError): Error {
  const cause = packed && unpackError(packed)
  if (ours) return new MillraceError(ours.code, ours.details as never, ours.location, cause)
  const error = new (builtIn[name] ?? Error)(message, cause && { cause })
  error.name = name
  if (stack !== undefined) error.stack = stack
  return error
}
