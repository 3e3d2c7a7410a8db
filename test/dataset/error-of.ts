import { MillraceError } from '../../src/errors/index.js'

/** The MillraceError that a call throws. */
export function errorOf(call: () => unknown): MillraceError {
  try {
    call()
  } catch (error) {
    if (error instanceof MillraceError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

/** The MillraceError that a promise is rejected with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<MillraceError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof MillraceError) return error
  throw error ?? new Error('nothing was thrown')
}
