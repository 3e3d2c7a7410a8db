import { acquireLock as row } from '../../description/actions/acquire-lock.js'
import { handle } from '../actions/handler.js'

export const acquireLock = handle(row, ['batch'], ({ name }, scope) => scope.requireRun().acquire(scope.session.lock(name), scope.signal))
