import type { Handler } from '../actions/handler.js'
import { holds } from '../values/condition.js'
import { evaluate } from '../values/evaluate.js'

const branch: Handler['batch'] = ({ condition }, scope, perform) => perform(holds(evaluate(condition, scope)) ? 'then' : 'else')

export const ifHandler: Handler = { batch: branch, once: branch }
