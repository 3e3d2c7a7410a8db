import type { SaveMode } from '../../spec/save-mode.js'
import { evaluate } from '../evaluate.js'
import type { Handler } from '../handler.js'
import { save } from '../save.js'

const work: Handler['batch'] = ({ dst, value, mode }, scope) => save(dst, evaluate(value, scope), mode as SaveMode | undefined, scope)

export const update: Handler = { batch: work, once: work }
