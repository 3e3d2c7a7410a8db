import { clonePlain } from '../../../util/json.js'
import { NdArray } from '../../../util/nd-array.js'
import { evaluate } from '../evaluate.js'
import type { Handler } from '../handler.js'

/** A first value of its own: what is saved into it never reaches the user's array or the next run. */
const copy = (value: unknown) => (value instanceof NdArray ? new NdArray(value.data.slice(), value.shape) : clonePlain(value))

export const initVariable: Handler = {
  start: ({ name, default: value = null, initOnEachRun }, scope) => {
    // A start that follows a reset of the models leaves the variables as they are.
    if (scope.session.variables.has(name as string)) return
    scope.session.variables.set(name as string, copy(evaluate(initOnEachRun ?? value, scope)))
  },
  eachRun: ({ name, initOnEachRun }, scope) => {
    if (initOnEachRun !== undefined) scope.session.variables.set(name as string, copy(evaluate(initOnEachRun, scope)))
  },
}
