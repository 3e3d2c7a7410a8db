import type { Handler } from '../actions/handler.js'

export const releaseLock: Handler = {
  batch: ({ name }, scope) => scope.requireRun('releaseLock').release(scope.session.lock(name as string)),
}
