/** What an overlay changes in what it extends. */
import type { Findings } from '../checks/findings.js'
import { type ConfigKeys, isInConfig, isLevel } from './config-keys.js'
import { childOf, deletionTree, type Entry, listTree, mapTree, namesIn, type Path, type Tree } from './tree.js'

export interface Merging {
  readonly keys: ConfigKeys
  readonly findings: Findings
}

/**
 * Both maps, member by member: the second's values win, lists replace lists, a map of positions changes items of a list, a deletion takes
 * a member away. In configs, keys that lead to the same place are the same key. The second's own keys come last: the later of two paths
 * wins. `at` is where both are in the document.
 */
export function mergeTrees(base: Tree, own: Tree, at: Path, merging: Merging): Tree {
  if (own.kind === 'deletion') return base.kind === 'hole' ? own : deletionTree(own.origin, true)
  if (base.kind === 'list' && own.kind === 'map') return mergeItems(base, own, at, merging)
  if (!isLevel(own, at) || !isLevel(base, at)) return own
  const [below, above] = isInConfig(at) ? merging.keys.align(base, own, at) : [base, own]
  const entries = new Map(below.entries)
  for (const [key, entry] of above.entries) {
    const inherited = entries.get(key)
    entries.delete(key)
    entries.set(key, inherited ? { key: entry.key, value: mergeTrees(inherited.value, entry.value, [...at, key], merging) } : entry)
  }
  return mapTree(entries, own.origin)
}

/** A list with some of its items changed, by their positions. */
function mergeItems(base: Extract<Tree, { kind: 'list' }>, own: Extract<Tree, { kind: 'map' }>, at: Path, merging: Merging): Tree {
  const keys = [...own.entries.keys()]
  if (keys.length === 0 || !keys.every(key => /^\d+$/.test(key))) return own
  const items: (Tree | undefined)[] = [...base.items]
  for (const [key, { key: origin, value }] of own.entries) {
    const item = childOf(base, key)
    if (item) items[Number(key)] = value.kind === 'deletion' ? undefined : mergeTrees(item, value, [...at, key], merging)
    else merging.findings.add('unknown-item', { where: `${at.at(-1)}`, seen: key, allowed: namesIn(base) }, origin)
  }
  return listTree(
    items.filter(item => item !== undefined),
    base.origin,
  )
}

/** The tree without deletions; one that had nothing to take away is an error. */
export function withoutDeletions(tree: Tree, findings: Findings): Tree {
  if (tree.kind === 'list') {
    for (const item of tree.items)
      if (item.kind === 'deletion') findings.add('nothing-to-delete', { seen: 'an item of a list' }, item.origin)
    const kept = tree.items.filter(item => item.kind !== 'deletion')
    return listTree(
      kept.map(item => withoutDeletions(item, findings)),
      tree.origin,
    )
  }
  if (tree.kind !== 'map') return tree
  const entries = new Map<string, Entry>()
  for (const [key, entry] of tree.entries) {
    if (entry.value.kind !== 'deletion') entries.set(key, { key: entry.key, value: withoutDeletions(entry.value, findings) })
    else if (!entry.value.isDone) findings.add('nothing-to-delete', { seen: key }, entry.value.origin)
  }
  return mapTree(entries, tree.origin)
}
