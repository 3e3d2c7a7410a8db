/** Why a function cannot be traced. It is not a failure: the function runs operation by operation instead. */
export class TraceRefusal extends Error {
  constructor(
    /** TensorFlow's operation, or what the function did instead of one. */
    readonly op: string,
    /** The layer it happened in; '' if unknown. */
    readonly layer: string,
    readonly reason: string,
  ) {
    super(`${op}${layer === '' ? '' : ` in layer ${layer}`}: ${reason}`)
    this.name = 'TraceRefusal'
  }
}

/** A variable is used after an optimizer's step, so its new value must be in the graph. */
export class UsedAfterUpdate extends Error {}

/** True if an error ends only the trace: the function itself has not failed. */
export function isRefusal(error: unknown): error is Error {
  return error instanceof TraceRefusal || error instanceof UsedAfterUpdate
}
