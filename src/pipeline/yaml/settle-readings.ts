/** Values from the environment and the command line, which may be numbers or text: as what they are read where the first reading is wrong. */
import type { Registry } from '../description/registry.js'
import { checkExperiment } from './checks/check-experiment.js'
import { Findings } from './checks/findings.js'
import { otherReading } from './read/loose-values.js'
import { type Entry, listTree, mapTree, type Origin, type Tree, toPlain } from './read/tree.js'
import { validateSpec } from './validation/validate.js'

type Scope = Parameters<typeof checkExperiment>[6]

/** The document with each such value read as what is wanted in its place, if it can be. */
export function settleReadings(root: Tree, registry: Registry, findings: Findings, scope: Scope): Tree {
  if (!hasOther(root)) return root
  const wrong = problemsOf(root, registry, findings, scope)
  if (wrong.length === 0) return root
  const isWrong = ({ source, start, end }: Origin, all: readonly Origin[]) =>
    all.some(one => one.source === source && one.start <= start && one.end === end)
  const changed = change(root, tree => (isWrong(tree.origin, wrong) ? otherReading(tree) : undefined))
  if (changed === root) return root
  const left = problemsOf(changed, registry, findings, scope)
  return change(root, tree => (isWrong(tree.origin, wrong) && !isWrong(tree.origin, left) ? otherReading(tree) : undefined))
}

/** Where values are wrong. */
function problemsOf(root: Tree, registry: Registry, known: Findings, scope: Scope): readonly Origin[] {
  const findings = known.afresh()
  const plain = toPlain(root)
  const renames = validateSpec(root, plain, registry, findings)
  checkExperiment(root, plain, renames, registry, findings, new Findings(), scope)
  return findings.origins(['wrong-type', 'value-not-allowed', 'config-problem'])
}

function hasOther(tree: Tree): boolean {
  if (tree.kind === 'list') return tree.items.some(hasOther)
  if (tree.kind === 'map') return [...tree.entries.values()].some(({ value }) => hasOther(value))
  return otherReading(tree) !== undefined
}

/** The tree with some of its scalars replaced; the same one if there are none. */
function change(tree: Tree, changed: (tree: Tree) => Tree | undefined): Tree {
  if (tree.kind === 'list') {
    const items = tree.items.map(item => change(item, changed))
    return items.every((item, i) => item === tree.items[i]) ? tree : listTree(items, tree.origin)
  }
  if (tree.kind === 'map') {
    const entries = [...tree.entries].map(([key, entry]): [string, Entry] => [key, { key: entry.key, value: change(entry.value, changed) }])
    return entries.every(([key, { value }]) => value === tree.entries.get(key)!.value) ? tree : mapTree(new Map(entries), tree.origin)
  }
  return changed(tree) ?? tree
}
