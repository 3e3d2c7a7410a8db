import { ifRow as row } from '../../description/actions/if.js'
import { handle } from '../actions/handler.js'
import { isTruthy } from '../values/condition.js'
import { evaluate } from '../values/evaluate.js'

export const ifHandler = handle(row, ['batch', 'once'], ({ condition }, scope, perform) =>
  perform(isTruthy(evaluate(condition, scope)) ? 'then' : 'else'),
)
