import { releaseLock as row } from '../../description/actions/release-lock.js'
import { handle } from '../actions/handler.js'

export const releaseLock = handle(row, ['batch'], ({ name }, scope) => scope.requireRun().release(scope.session.lock(name)))
