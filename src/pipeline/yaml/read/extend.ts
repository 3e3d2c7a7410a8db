/** `extends`: a document inherits from another file, a config or pipeline from its siblings. */
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import type { Findings } from '../checks/findings.js'
import { readYaml } from './read-yaml.js'
import { toTree } from './to-tree.js'
import { childOf, holeTree, type MapTree, mapTree, type Origin, type SourceText, type Tree, withEntry } from './tree.js'

export const EXTENDS = 'extends'

/** The maps whose members may extend each other by name. */
export const families = ['configs', 'pipelines'] as const

/** Both maps, member by member: the second's values win, lists replace lists. The second's own keys come last: the later of two paths wins. */
export function mergeTrees(base: Tree, own: Tree): Tree {
  if (base.kind !== 'map' || own.kind !== 'map') return own
  const entries = new Map(base.entries)
  for (const [key, entry] of own.entries) {
    const inherited = entries.get(key)
    entries.delete(key)
    entries.set(key, inherited ? { key: entry.key, value: mergeTrees(inherited.value, entry.value) } : entry)
  }
  return mapTree(entries, own.origin)
}

/** The names under `extends`, and the map without it. */
function takeExtends(map: MapTree, findings: Findings): readonly [names: readonly { name: string; origin: Origin }[], rest: MapTree] {
  const value = childOf(map, EXTENDS)
  if (value === undefined) return [[], map]
  const entries = new Map(map.entries)
  entries.delete(EXTENDS)
  const names: { name: string; origin: Origin }[] = []
  for (const item of value.kind === 'list' ? value.items : [value]) {
    if (item.kind === 'scalar' && typeof item.value === 'string') names.push({ name: item.value, origin: item.origin })
    else if (item.kind !== 'hole')
      findings.add('wrong-type', { name: EXTENDS, seen: item.kind, allowed: 'a name or a list of names' }, item.origin)
  }
  return [names, mapTree(entries, map.origin)]
}

/** A document with the files it extends merged in, first named first. */
export function extendFiles(
  source: SourceText,
  findings: Findings,
  readFile: (file: string) => string,
  chain: readonly string[] = [resolve(source.file)],
): Tree {
  const tree = toTree(readYaml(source, findings), source, findings)
  if (tree.kind !== 'map') return tree
  const [names, own] = takeExtends(tree, findings)
  let base: Tree = mapTree(new Map(), own.origin)
  for (const { name, origin } of names) {
    const file = resolve(dirname(source.file), name)
    if (chain.includes(file)) {
      const folder = dirname(chain[0]!)
      findings.add('extends-cycle', { chain: [...chain, file].map(path => relative(folder, path)) }, origin)
      findings.isIncomplete = true
      continue
    }
    const text = readOr(readFile, file, reason => findings.add('file-not-readable', { file: name, reason }, origin))
    if (text === undefined) {
      findings.isIncomplete = true
      continue
    }
    // Shown relative to the first file's name: `here/base.yaml` beside `here/experiment.yaml`.
    const shown = isAbsolute(name) ? name : join(dirname(source.file), name)
    const extended: SourceText = { file: shown, text }
    base = mergeTrees(base, extendFiles(extended, findings, readFile, [...chain, file]))
    if (findings.broken.has(extended)) findings.isIncomplete = true
  }
  return mergeTrees(base, own)
}

function readOr(readFile: (file: string) => string, file: string, tell: (reason: string) => void): string | undefined {
  try {
    return readFile(file)
  } catch (error) {
    tell(unreadableBecause(error))
    return undefined
  }
}

/** Why a file cannot be read, for an error. */
export function unreadableBecause(error: unknown): string {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'there is no such file'
  if ((error as NodeJS.ErrnoException).code === 'EISDIR') return 'it is a folder'
  if ((error as NodeJS.ErrnoException).code === 'EACCES') return 'permission denied'
  return error instanceof Error ? error.message : `${error}`
}

/** The members of `configs` and `pipelines` with what they extend merged in. */
export function extendSiblings(root: Tree, findings: Findings): Tree {
  let result = root
  for (const family of families) {
    const members = childOf(root, family)
    if (members?.kind !== 'map' || result.kind !== 'map') continue
    const done = new Map<string, Tree>()
    const extend = (name: string, chain: readonly string[]): Tree => {
      const known = done.get(name)
      if (known) return known
      const member = members.entries.get(name)!.value
      if (member.kind !== 'map') return member
      const [names, own] = takeExtends(member, findings)
      let base: Tree = mapTree(new Map(), own.origin)
      for (const { name: wanted, origin } of names) {
        if (chain.includes(wanted)) findings.add('extends-cycle', { chain: [...chain.slice(chain.indexOf(wanted)), wanted] }, origin)
        else if (members.entries.has(wanted)) base = mergeTrees(base, extend(wanted, [...chain, wanted]))
        else {
          const allowed = [...members.entries.keys()].filter(key => key !== name)
          if (!findings.isPartial) findings.add('unknown-name', { kind: family.slice(0, -1), seen: wanted, allowed }, origin)
          done.set(name, holeTree(member.origin))
        }
      }
      if (!done.has(name)) done.set(name, mergeTrees(base, own))
      return done.get(name)!
    }
    const extended = [...members.entries].map(([name, { key }]) => [name, { key, value: extend(name, [name]) }] as const)
    result = withEntry(result, family, { key: result.entries.get(family)!.key, value: mapTree(new Map(extended), members.origin) })
  }
  return result
}
