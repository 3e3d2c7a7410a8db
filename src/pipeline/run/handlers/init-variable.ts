import type { Handler } from '../actions/handler.js'
import { copyKept } from '../values/copy-kept.js'
import { evaluate } from '../values/evaluate.js'

// A first value is a copy: what is saved into it never reaches the user's array or the next run.
export const initVariable: Handler = {
  start: ({ name, default: value = null, initOnEachRun }, scope) => {
    // A start that follows a reset of the models leaves the variables as they are.
    if (scope.session.variables.has(name as string)) return
    scope.session.variables.set(name as string, copyKept(evaluate(initOnEachRun ?? value, scope)))
  },
  eachRun: ({ name, initOnEachRun }, scope) => {
    if (initOnEachRun !== undefined) scope.session.variables.set(name as string, copyKept(evaluate(initOnEachRun, scope)))
  },
}
