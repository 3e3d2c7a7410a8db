import { fail } from '../../../errors/index.js'

/** What `reset` can start again. BatchFlow's `iter`, `vars`, `models`. */
export const resettable = ['iterator', 'variables', 'models'] as const
export type Resettable = (typeof resettable)[number]

/** The set of what is reset: everything if nothing or `all` is named. */
export function toResettable(what: readonly string[]): ReadonlySet<Resettable> {
  const unknown = what.find(name => name !== 'all' && !resettable.includes(name as Resettable))
  if (unknown !== undefined) fail('unknown-name', { kind: 'thing to reset', seen: unknown, allowed: [...resettable, 'all'] })
  return new Set(what.length === 0 || what.includes('all') ? resettable : (what as Resettable[]))
}
