import { fail } from '../../../errors/index.js'
import { describeKind } from '../../../util/describe-value.js'
import { initLock as row } from '../../description/actions/init-lock.js'
import { handle } from '../actions/handler.js'
import { Lock } from '../session/lock.js'
import { evaluate } from '../values/evaluate.js'

export const initLock = handle(row, ['start'], ({ name, lock }, scope) => {
  const given = lock === undefined ? new Lock() : evaluate(lock, scope)
  if (!(given instanceof Lock)) return fail('wrong-value', { name: 'lock of initLock', seen: describeKind(given), allowed: 'a Lock' })
  scope.session.locks.set(name, given)
})
