import { fail } from '../../../errors/index.js'
import { describeKind } from '../../../util/describe-value.js'
import { lockActions } from '../../description/actions/locks.js'
import { type Handler, handle } from '../actions/handler.js'
import { Lock } from '../session/lock.js'
import { evaluate } from '../values/evaluate.js'

const { initLock, acquireLock, releaseLock } = lockActions

export const lockHandlers = {
  initLock: handle(initLock, ['start'], ({ name, lock }, scope) => {
    const given = lock === undefined ? new Lock() : evaluate(lock, scope)
    if (!(given instanceof Lock)) return fail('wrong-value', { name: 'lock of initLock', seen: describeKind(given), allowed: 'a Lock' })
    scope.session.locks.set(name, given)
  }),

  acquireLock: handle(acquireLock, ['batch'], ({ name }, scope) => scope.requireRun().acquire(scope.session.lock(name), scope.signal)),
  releaseLock: handle(releaseLock, ['batch'], ({ name }, scope) => scope.requireRun().release(scope.session.lock(name))),
} satisfies Record<keyof typeof lockActions, Handler>
