import type { Message } from './message.js'
import { type DetailsOf, type ErrorCode, messageOf } from './messages.js'
import type { Place } from './place.js'

/**
 * The one error class of Millrace. `code` is one of a closed union; `place` names the pipeline, action, batch and line; `message` says
 * what happened, what was seen, what is allowed and what to do.
 *
 * @example
 * try { await pipeline.run() } catch (error) {
 *   if (error instanceof MillraceError && error.code === 'loss-not-finite') console.log(error.place.batch)
 * }
 */
export class MillraceError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'MillraceError'
  readonly parts: Message

  constructor(
    readonly code: Code,
    readonly details: DetailsOf<Code>,
    readonly place: Place = {},
    cause?: unknown,
  ) {
    const parts = messageOf(code, details)
    super(sentence(parts, place), cause === undefined ? undefined : { cause })
    this.parts = parts
  }

  /** Returns the same error; parts of `place` that it lacks are filled in. */
  at(place: Place): MillraceError<Code> {
    return new MillraceError(this.code, this.details, { ...place, ...this.place }, this.cause)
  }
}

/** Throws a `MillraceError`. An expression, so it can follow `??`. */
export function fail<Code extends ErrorCode>(code: Code, details: DetailsOf<Code>, place?: Place, cause?: unknown): never {
  throw new MillraceError(code, details, place, cause)
}

function sentence({ what, seen, allowed, fix }: Message, place: Place): string {
  const where = describePlace(place)
  const parts = [what, seen && `Seen: ${seen}`, allowed && `Allowed: ${allowed}`, fix]
  return (
    (where ? `${where}: ` : '') +
    parts
      .filter(Boolean)
      .map(part => `${part}`.replace(/([^.?!])$/, '$1.'))
      .join(' ')
  )
}

/** Describes a place on one line, e.g. `pipeline resTrain, action 2 (trainModel), batch 7, se.yaml:31:5`; empty if nothing is known. */
export function describePlace({ pipeline, action, batch, source }: Place): string {
  return [
    pipeline && `pipeline ${pipeline}`,
    action && `action ${action.number} (${action.name})`,
    batch !== undefined && `batch ${batch}`,
    source && `${source.file}:${source.line}:${source.column}`,
  ]
    .filter(Boolean)
    .join(', ')
}
