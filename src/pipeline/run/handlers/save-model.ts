import { saveModel as row } from '../../spec/actions/save-model.js'
import { handle } from '../handler.js'

export const saveModel = handle(row, ['batch', 'once'], ({ name, path }, scope) => scope.session.model(name).save(path))
