/** Traces a function that may be traced without having run. */
import type { Tensor } from '../backend.js'
import type { Tensorflow } from '../tensorflow.js'
import type { RandomSource } from './hook-random.js'
import { UsedAfterUpdate } from './refusal.js'
import { Trace } from './trace.js'
import type { InputTypes, Outputs, Traced } from './traced.js'

/**
 * The function's graph. It runs once, on tensors that hold no numbers; variables, optimizers and tensors are unchanged afterwards, except
 * that an optimizer has made its slots.
 *
 * @throws TraceRefusal if the function cannot be traced.
 */
export function trace(tf: Tensorflow, fn: (...inputs: Tensor[]) => Outputs, types: InputTypes, random: RandomSource): Traced {
  const traceOnce = (describe: boolean) => {
    const attempt = new Trace(tf, types, random, { describe })
    attempt.run(fn, outputs => outputs)
    const { traced } = attempt
    attempt.close([])
    return traced!
  }
  try {
    return traceOnce(true)
  } catch (error) {
    if (!(error instanceof UsedAfterUpdate)) throw error
    return traceOnce(false)
  }
}
