/** The second stage: several sources composed into one tree: files and siblings extended, overrides set, references resolved. */
import { sections } from '../../description/content/pipeline-spec.js'
import { rowOf } from '../../description/content/visit-actions.js'
import type { Findings } from '../checks/findings.js'
import { extendFiles, extendSiblings } from './extend.js'
import { type Environment, Interpolator } from './interpolate.js'
import { applyOverride } from './override.js'
import { childOf, type Entry, listTree, mapTree, type SourceText, type Tree, withEntry } from './tree.js'

export interface ComposeOptions {
  readonly overrides: readonly string[]
  readonly env: Environment
  readonly readFile: (file: string) => string
}

/** Overrides come before `extends`: what inherits an overridden value inherits the new one. */
export function composeDocument(source: SourceText, findings: Findings, { overrides, env, readFile }: ComposeOptions): Tree {
  let root = extendFiles(source, findings, readFile)
  for (const override of overrides) root = applyOverride(root, override, env, findings)
  const extended = extendSiblings(root, findings)
  return fillActions(new Interpolator(extended, env, findings).resolve(extended))
}

/** `- flip:` means `- flip: {}`. */
function fillActions(root: Tree): Tree {
  const pipelines = childOf(root, 'pipelines')
  if (root.kind !== 'map' || pipelines?.kind !== 'map') return root
  const filled = mapEntries(pipelines, pipeline => {
    return sections.reduce(fillList, pipeline)
  })
  return withEntry(root, 'pipelines', { key: root.entries.get('pipelines')!.key, value: filled })
}

/** The same for a list of actions under a key, and for lists inside its actions. */
function fillList(holder: Tree, key: string): Tree {
  const list = childOf(holder, key)
  if (holder.kind !== 'map' || list?.kind !== 'list') return holder
  const items = list.items.map(item => (item.kind === 'map' ? mapEntries(item, fillArguments) : item))
  return withEntry(holder, key, { key: holder.entries.get(key)!.key, value: listTree(items, list.origin) })
}

function fillArguments(args: Tree, action: string): Tree {
  if (args.kind === 'scalar' && args.value === null) return mapTree(new Map(), args.origin)
  return (rowOf(action)?.blocks ?? []).reduce(fillList, args)
}

function mapEntries(map: Extract<Tree, { kind: 'map' }>, change: (value: Tree, key: string) => Tree): Tree {
  const entries = new Map<string, Entry>()
  for (const [key, entry] of map.entries) entries.set(key, { key: entry.key, value: change(entry.value, key) })
  return mapTree(entries, map.origin)
}
