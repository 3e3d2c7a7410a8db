/** The second stage: several sources composed into one tree: files and siblings extended, overrides set, references resolved. */
import { sections } from '../../description/content/pipeline-spec.js'
import { rowOf } from '../../description/content/visit-actions.js'
import type { Registry } from '../../description/registry.js'
import { Findings } from '../checks/findings.js'
import { ConfigKeys } from './config-keys.js'
import { extendFiles, extendSiblings, withoutTemplates } from './extend.js'
import { reportIdle } from './idle-overrides.js'
import { type Environment, Interpolator } from './interpolate.js'
import { withoutDeletions } from './merge.js'
import { applyOverride } from './override.js'
import { type Override, readOverride } from './override-text.js'
import { childOf, type Entry, holeTree, listTree, mapTree, type SourceText, type Tree, withEntry } from './tree.js'

export interface ComposeOptions {
  readonly overrides: readonly string[]
  readonly env: Environment
  readonly readFile: (file: string) => string
  readonly registry: Registry
}

/** Overrides come before `extends` of siblings: what inherits an overridden value inherits the new one. */
export function composeDocument(source: SourceText, findings: Findings, notes: Findings, options: ComposeOptions): Tree {
  const { env, readFile, registry } = options
  const keys = new ConfigKeys(registry)
  const base = extendFiles(source, { findings, keys, readFile, known: new Map() })
  const overrides = options.overrides.map(text => readOverride(text, findings)).filter(override => override !== undefined)
  const finish = (root: Tree, found: Findings) => {
    const extended = withoutDeletions(extendSiblings(root, { findings: found, keys }), found)
    return fillActions(withoutTemplates(new Interpolator(extended, env, found).resolve(extended)), found)
  }
  const override = (chosen: readonly Override[], found: Findings) =>
    chosen.reduce((root, one) => applyOverride(root, one, { env, keys, findings: found }), base)
  const composed = finish(override(overrides, findings), findings)
  if (findings.count === 0) {
    reportIdle(overrides, { findings, notes, compose: chosen => finish(override(chosen, new Findings()), new Findings()) })
  }
  return composed
}

/** `- flip:` means `- flip: {}`. */
function fillActions(root: Tree, findings: Findings): Tree {
  const pipelines = childOf(root, 'pipelines')
  if (root.kind !== 'map' || pipelines?.kind !== 'map') return root
  const filled = mapEntries(pipelines, pipeline => {
    return sections.reduce((holder, section) => fillList(holder, section, 0, findings), pipeline)
  })
  return withEntry(root, 'pipelines', { key: root.entries.get('pipelines')!.key, value: filled })
}

/** How many actions with blocks may be inside one another. */
const MAX_BLOCKS = 16

/** The same for a list of actions under a key, and for lists inside its actions. */
function fillList(holder: Tree, key: string, depth: number, findings: Findings): Tree {
  const list = childOf(holder, key)
  if (holder.kind !== 'map' || list?.kind !== 'list') return holder
  const entry = holder.entries.get(key)!
  if (depth > MAX_BLOCKS) {
    findings.add('blocks-too-deep', { max: MAX_BLOCKS }, entry.key)
    return withEntry(holder, key, { key: entry.key, value: holeTree(list.origin) })
  }
  const items = list.items.map(item =>
    item.kind === 'map' ? mapEntries(item, (args, action) => fillArguments(args, action, depth, findings)) : item,
  )
  return withEntry(holder, key, { key: entry.key, value: listTree(items, list.origin) })
}

function fillArguments(args: Tree, action: string, depth: number, findings: Findings): Tree {
  if (args.kind === 'scalar' && args.value === null) return mapTree(new Map(), args.origin)
  return (rowOf(action)?.blocks ?? []).reduce((filled, block) => fillList(filled, block, depth + 1, findings), args)
}

function mapEntries(map: Extract<Tree, { kind: 'map' }>, change: (value: Tree, key: string) => Tree): Tree {
  const entries = new Map<string, Entry>()
  for (const [key, entry] of map.entries) entries.set(key, { key: entry.key, value: change(entry.value, key) })
  return mapTree(entries, map.origin)
}
