import { evaluate } from '../evaluate.js'
import type { Handler } from '../handler.js'

const save: Handler['batch'] = ({ name, path }, scope) => scope.session.model(name as string).save(String(evaluate(path, scope)))

export const saveModel: Handler = { batch: save, once: save }
