import type { SaveMode } from '../../description/expressions/save-mode.js'
import type { Handler } from '../actions/handler.js'
import { save } from '../saving/save.js'
import { evaluate } from '../values/evaluate.js'

const work: Handler['batch'] = ({ dst, value, mode }, scope) => save(dst, evaluate(value, scope), mode as SaveMode | undefined, scope)

export const update: Handler = { batch: work, once: work }
