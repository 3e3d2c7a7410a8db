import { update as row } from '../../description/actions/update.js'
import { handle } from '../actions/handler.js'
import { save } from '../saving/save.js'
import { evaluate } from '../values/evaluate.js'

export const update = handle(row, ['batch', 'once'], ({ dst, value, mode }, scope) => save(dst, evaluate(value, scope), mode, scope))
