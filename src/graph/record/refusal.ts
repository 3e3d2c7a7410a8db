/** Why a function cannot be traced. It is no failure: the function runs operation by operation instead. */
export class TraceRefusal extends Error {
  constructor(
    /** TensorFlow's operation, or what the function did instead of one. */
    readonly op: string,
    /** The layer it happened in; '' where none is known. */
    readonly layer: string,
    readonly reason: string,
  ) {
    super(`${op}${layer === '' ? '' : ` in layer ${layer}`}: ${reason}`)
    this.name = 'TraceRefusal'
  }
}

/** A variable is used after an optimizer's step, so what the step makes of it must be in the graph. */
export class UsedAfterUpdate extends Error {}
