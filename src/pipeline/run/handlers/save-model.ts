import { folderOf } from '../actions/folder-of.js'
import type { Handler } from '../actions/handler.js'

const save: Handler['batch'] = ({ name, path }, scope) => scope.session.model(name as string).save(folderOf(path, scope, 'saveModel'))

export const saveModel: Handler = { batch: save, once: save }
