import type { ErrorLocation } from './location.js'
import type { Message } from './message.js'
import { type DetailsOf, type ErrorCode, messageOf } from './messages.js'

/**
 * The one error class of Millrace. `code` is one of a closed union; `location` names the pipeline, action, batch and line; `message` says
 * what happened, what was seen, what is allowed and what to do.
 *
 * @example
 * try { await pipeline.run() } catch (error) {
 *   if (error instanceof MillraceError && error.code === 'loss-not-finite') console.log(error.location.batch)
 * }
 */
export class MillraceError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'MillraceError'
  readonly parts: Message

  constructor(
    readonly code: Code,
    readonly details: DetailsOf<Code>,
    readonly location: ErrorLocation = {},
    cause?: unknown,
  ) {
    const parts = messageOf(code, details)
    super(sentence(parts, location), cause === undefined ? undefined : { cause })
    this.parts = parts
  }

  /** Returns the same error; parts of `location` that it lacks are filled in. */
  at(location: ErrorLocation): MillraceError<Code> {
    return new MillraceError(this.code, this.details, { ...location, ...this.location }, this.cause)
  }
}

/** Throws a `MillraceError`. An expression, so it can follow `??`. */
export function fail<Code extends ErrorCode>(code: Code, details: DetailsOf<Code>, location?: ErrorLocation, cause?: unknown): never {
  throw new MillraceError(code, details, location, cause)
}

function sentence({ what, seen, allowed, fix }: Message, location: ErrorLocation): string {
  const where = describeLocation(location)
  const parts = [what, seen && `Seen: ${seen}`, allowed && `Allowed: ${allowed}`, fix]
  return (
    (where ? `${where}: ` : '') +
    parts
      .filter(Boolean)
      .map(part => `${part}`.replace(/([^.?!])$/, '$1.'))
      .join(' ')
  )
}

/** Describes a location on one line, e.g. `pipeline resTrain, action 2 (trainModel), batch 7, se.yaml:31:5`; empty if nothing is known. */
export function describeLocation({ pipeline, action, batch, source }: ErrorLocation): string {
  return [
    pipeline && `pipeline ${pipeline}`,
    action && `action ${action.number} (${action.name})`,
    batch !== undefined && `batch ${batch}`,
    source && `${source.file}:${source.line}:${source.column}`,
  ]
    .filter(Boolean)
    .join(', ')
}
