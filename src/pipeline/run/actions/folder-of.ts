/** The folder that an action reads or writes. */
import { fail } from '../../../errors/index.js'
import { describeKind } from '../../../util/describe-value.js'
import type { Scope } from '../execution/scope.js'
import { evaluate } from '../values/evaluate.js'

/** The value of the argument `path` of an action. @throws MillraceError `wrong-value` for what is no text: no folder is called null */
export function folderOf(path: unknown, scope: Scope, action: string): string {
  const folder = evaluate(path, scope)
  if (typeof folder === 'string' && folder !== '') return folder
  return fail('wrong-value', { name: `path of ${action}`, seen: folder === '' ? 'empty text' : describeKind(folder), allowed: 'a path' })
}
