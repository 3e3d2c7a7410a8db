import { holds } from '../condition.js'
import { evaluate } from '../evaluate.js'
import type { Handler } from '../handler.js'

const branch: Handler['batch'] = ({ condition }, scope, perform) => perform(holds(evaluate(condition, scope)) ? 'then' : 'else')

export const ifHandler: Handler = { batch: branch, once: branch }
