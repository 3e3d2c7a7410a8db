/** The second stage: what several texts say together, as one tree: files and siblings extended, overrides set, references filled in. */
import { extendFiles, extendSiblings } from './extend.js'
import type { Findings } from './findings.js'
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
    const actions = childOf(pipeline, 'actions')
    if (pipeline.kind !== 'map' || actions?.kind !== 'list') return pipeline
    const items = actions.items.map(item => (item.kind === 'map' ? mapEntries(item, emptyForNull) : item))
    return withEntry(pipeline, 'actions', { key: pipeline.entries.get('actions')!.key, value: listTree(items, actions.origin) })
  })
  return withEntry(root, 'pipelines', { key: root.entries.get('pipelines')!.key, value: filled })
}

const emptyForNull = (tree: Tree): Tree => (tree.kind === 'scalar' && tree.value === null ? mapTree(new Map(), tree.origin) : tree)

function mapEntries(map: Extract<Tree, { kind: 'map' }>, change: (value: Tree) => Tree): Tree {
  const entries = new Map<string, Entry>()
  for (const [key, entry] of map.entries) entries.set(key, { key: entry.key, value: change(entry.value) })
  return mapTree(entries, map.origin)
}
