import type { Handler } from '../actions/handler.js'

export const acquireLock: Handler = {
  batch: ({ name }, scope) => scope.requireRun('acquireLock').acquire(scope.session.lock(name as string), scope.signal),
}
