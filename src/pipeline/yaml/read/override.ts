/** `--set a.b=value`: values of the document replaced from outside, before anything is inherited or resolved. */

import { Findings } from '../checks/findings.js'
import { extendSiblings } from './extend.js'
import { type Environment, Interpolator, referencePath } from './interpolate.js'
import { readYaml } from './read-yaml.js'
import { toTree } from './to-tree.js'
import { childOf, holeTree, listTree, mapTree, namesIn, type Origin, type SourceText, scalarTree, type Tree, withEntry } from './tree.js'

/** The document with one override. An inherited or referenced value that it leads to is copied into its place first. */
export function applyOverride(root: Tree, override: string, env: Environment, findings: Findings): Tree {
  const source: SourceText = { file: '--set', text: override }
  const equals = override.indexOf('=')
  const path = override.slice(0, Math.max(0, equals)).trim()
  const whole: Origin = { source, start: 0, end: override.length }
  if (path === '') {
    findings.add('unreadable-override', { reason: equals < 0 ? 'it has no =' : 'there is no path before =' }, whole)
    return root
  }
  const value = readValue(source, equals, findings)
  // Mistakes of the document itself are found and reported when it is composed.
  const silent = new Findings()
  const extended = extendSiblings(root, silent)
  const interpolator = new Interpolator(extended, env, silent)
  const keys = path.split('.')

  const set = (raw: Tree | undefined, seen: Tree | undefined, depth: number): Tree | undefined => {
    if (depth === keys.length) return value
    const further = referencePath(seen)
    const full = further === undefined ? seen : interpolator.lookUp(further, whole)
    const key = keys[depth]!
    const start = keys.slice(0, depth).join('.').length + (depth > 0 ? 1 : 0)
    const origin = { source, start, end: start + key.length }
    if (full?.kind === 'hole') return raw
    const child = childOf(full, key)
    if (child === undefined && (full?.kind !== 'map' || depth < keys.length - 1 || !mayAdd(keys))) {
      findings.add('unknown-override', { path, seen: key, allowed: namesIn(full) }, origin)
      return undefined
    }
    if (full?.kind === 'list') {
      const items = raw?.kind === 'list' ? raw.items : full.items
      const changed = set(items[Number(key)], child, depth + 1)
      return changed && listTree(items.with(Number(key), changed), full.origin)
    }
    const own = raw?.kind === 'map' ? raw : raw === undefined ? mapTree(new Map(), full!.origin) : full
    if (own?.kind !== 'map') return undefined
    const changed = set(childOf(own, key), child, depth + 1)
    return changed && withEntry(own, key, { key: origin, value: changed })
  }
  return set(root, extended, 0) ?? root
}

/** True if a new key may be set here: where keys are free, nothing else would notice a typo. */
function mayAdd([section, ...rest]: readonly string[]): boolean {
  if (rest.length === 0 || section === 'run' || section === 'report') return true
  if (section === 'vars' || rest.length === 1) return false
  return !(section === 'pipelines' && rest[1] === 'config')
}

function readValue(source: SourceText, equals: number, findings: Findings): Tree {
  const start = equals + 1
  const origin = { source, start, end: source.text.length }
  const text = source.text.slice(start)
  if (text.trim() === '') return scalarTree(null, { ...origin, start: equals, end: start })
  const before = findings.count
  // The path is replaced by spaces, not removed, so that positions match the whole override.
  const tree = toTree(readYaml(source, findings, ' '.repeat(start) + text), source, findings)
  return findings.count > before ? holeTree(origin) : tree
}
