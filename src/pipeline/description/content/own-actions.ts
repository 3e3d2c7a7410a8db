/**
 * The actions of a batch class and the core actions have separate names. In a description, a batch class's own action is written by its name, or as
 * `batch.` and its name if a core action has the same name, so a core action of a later version replaces no own action.
 */
import { isActionName } from '../action-table.js'
import type { BatchClass } from '../contracts.js'

const PREFIX = 'batch.'

/** The name in descriptions of a batch class's own action. */
export const toOwnName = (name: string): string => (isActionName(name) ? PREFIX + name : name)

/** The names in descriptions of all own actions of a batch class. */
export const ownNames = ({ actions }: BatchClass): readonly string[] => Object.keys(actions).map(toOwnName)

/** The own action that a description calls by a name; undefined if the class has none. */
export function ownActionOf({ actions }: BatchClass, name: string): BatchClass['actions'][string] | undefined {
  const own = name.startsWith(PREFIX) && isActionName(name.slice(PREFIX.length)) ? name.slice(PREFIX.length) : name
  return Object.hasOwn(actions, own) ? actions[own] : undefined
}
