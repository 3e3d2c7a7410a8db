import { initVariable as row } from '../../description/actions/init-variable.js'
import { handle } from '../actions/handler.js'
import { copyKept } from '../values/copy-kept.js'
import { evaluate } from '../values/evaluate.js'

// A first value is a copy: saving into it never changes the user's array or the next run.
export const initVariable = {
  ...handle(row, ['start'], ({ name, default: value, initOnEachRun }, scope) => {
    // A start that follows a reset of the models leaves the variables as they are.
    if (scope.session.variables.has(name)) return
    scope.session.variables.set(name, copyKept(evaluate(initOnEachRun ?? value, scope)))
  }),
  ...handle(row, ['eachRun'], ({ name, initOnEachRun }, scope) => {
    if (initOnEachRun !== undefined) scope.session.variables.set(name, copyKept(evaluate(initOnEachRun, scope)))
  }),
}
