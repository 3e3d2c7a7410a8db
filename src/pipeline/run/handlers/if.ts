import type { Handler } from '../actions/handler.js'
import { isTruthy } from '../values/condition.js'
import { evaluate } from '../values/evaluate.js'

const branch: Handler['batch'] = ({ condition }, scope, perform) => perform(isTruthy(evaluate(condition, scope)) ? 'then' : 'else')

export const ifHandler: Handler = { batch: branch, once: branch }
