import { saveModel as row } from '../../description/actions/save-model.js'
import { handle } from '../actions/handler.js'

export const saveModel = handle(row, ['batch', 'once'], ({ name, path }, scope) => scope.session.model(name).save(path))
