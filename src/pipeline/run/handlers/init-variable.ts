import { clonePlain } from '../../../util/json.js'
import { evaluate } from '../evaluate.js'
import type { Handler } from '../handler.js'

export const initVariable: Handler = {
  start: ({ name, default: value = null, initOnEachRun }, scope) => {
    // A start that follows a reset of the models leaves the variables as they are.
    if (scope.session.variables.has(name as string)) return
    scope.session.variables.set(name as string, clonePlain(evaluate(initOnEachRun ?? value, scope)))
  },
  eachRun: ({ name, initOnEachRun }, scope) => {
    if (initOnEachRun !== undefined) scope.session.variables.set(name as string, clonePlain(evaluate(initOnEachRun, scope)))
  },
}
