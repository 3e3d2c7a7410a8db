/** `extends`: a document inherits from another file, a config or pipeline from its siblings. */
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import type { DetailsOf, ErrorCode } from '../../../errors/index.js'
import { describeKind } from '../../../util/describe-value.js'
import type { Findings } from '../checks/findings.js'
import { type Merging, mergeTrees } from './merge.js'
import { unreadableBecause } from './read-file.js'
import { readYaml } from './read-yaml.js'
import { toTree } from './to-tree.js'
import { childOf, holeTree, type MapTree, mapTree, type Origin, type SourceText, type Tree, toPlain, withEntry } from './tree.js'

export const EXTENDS = 'extends'

/** The maps whose members may extend each other by name. */
export const families = ['configs', 'pipelines'] as const

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
      findings.add('wrong-type', { name: EXTENDS, seen: describeKind(toPlain(item)), allowed: 'a name or a list of names' }, item.origin)
  }
  return [names, mapTree(entries, map.origin)]
}

export interface Extending extends Merging {
  readonly readFile: (file: string) => string
  /** The files that have been read, by their path: a file that several extend is read once. */
  readonly known: Map<string, Tree>
}

/** A document with the files it extends merged in, first named first. */
export function extendFiles(source: SourceText, extending: Extending, chain: readonly string[] = [resolve(source.file)]): Tree {
  const { findings, readFile } = extending
  const tree = toTree(readYaml(source, findings), source, findings)
  if (tree.kind !== 'map') return tree
  const [names, own] = takeExtends(tree, findings)
  let base: Tree = mapTree(new Map(), own.origin)
  for (const { name, origin } of names) {
    const file = resolve(dirname(source.file), name)
    const leave = <Code extends ErrorCode>(code: Code, details: DetailsOf<Code>) => {
      findings.add(code, details, origin)
      findings.isIncomplete = true
    }
    if (chain.includes(file)) {
      const folder = dirname(chain[0]!)
      leave('extends-cycle', { chain: [...chain, file].map(path => relative(folder, path)) })
      continue
    }
    if (chain.length > MAX_FILES) {
      leave('file-not-readable', { file: name, reason: `it is the end of a chain of more than ${MAX_FILES} files` })
      continue
    }
    const known = extending.known.get(file)
    if (known) {
      base = mergeTrees(base, known, [], extending)
      continue
    }
    const text = readOr(readFile, file, reason => leave('file-not-readable', { file: name, reason }))
    if (text === undefined) continue
    // Shown relative to the first file's name: `here/base.yaml` beside `here/experiment.yaml`.
    const shown = isAbsolute(name) ? name : join(dirname(source.file), name)
    const extended: SourceText = { file: shown, text }
    const inherited = extendFiles(extended, extending, [...chain, file])
    if (findings.broken.has(extended)) findings.isIncomplete = true
    if (inherited.kind === 'map') extending.known.set(file, inherited)
    if (inherited.kind === 'map') base = mergeTrees(base, inherited, [], extending)
    else if (inherited.kind !== 'hole')
      leave('wrong-type', { name, seen: describeKind(toPlain(inherited)), allowed: 'a map of sections, as in a file of its own' })
  }
  return mergeTrees(base, own, [], extending)
}

/** The number of files that may extend one another in a row. */
const MAX_FILES = 50

function readOr(readFile: (file: string) => string, file: string, tell: (reason: string) => void): string | undefined {
  try {
    return readFile(file)
  } catch (error) {
    tell(unreadableBecause(error))
    return undefined
  }
}

/** The members of `configs` and `pipelines` with what they extend merged in. */
export function extendSiblings(root: Tree, merging: Merging): Tree {
  const { findings } = merging
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
        else if (members.entries.has(wanted))
          base = mergeTrees(base, withoutTemplate(extend(wanted, [...chain, wanted])), [family, name], merging)
        else {
          const allowed = [...members.entries.keys()].filter(key => key !== name)
          if (!findings.isPartial) findings.add('unknown-name', { kind: family.slice(0, -1), seen: wanted, allowed }, origin)
          done.set(name, holeTree(member.origin))
        }
      }
      if (!done.has(name)) done.set(name, mergeTrees(base, own, [family, name], merging))
      return done.get(name)!
    }
    const extended = [...members.entries].map(([name, { key }]) => [name, { key, value: extend(name, [name]) }] as const)
    result = withEntry(result, family, { key: result.entries.get(family)!.key, value: mapTree(new Map(extended), members.origin) })
  }
  return result
}

/** The key of a pipeline that is there to be extended. */
const TEMPLATE = 'template'

/** What extends a template is no template, unless it says so itself. */
function withoutTemplate(tree: Tree): Tree {
  if (tree.kind !== 'map' || !tree.entries.has(TEMPLATE)) return tree
  return mapTree(new Map([...tree.entries].filter(([key]) => key !== TEMPLATE)), tree.origin)
}

/** The document without the pipelines that are templates: what they say is in those that extend them. */
export function withoutTemplates(root: Tree): Tree {
  const pipelines = childOf(root, 'pipelines')
  if (root.kind !== 'map' || pipelines?.kind !== 'map') return root
  const isTemplate = (tree: Tree) => {
    const said = childOf(tree, TEMPLATE)
    return said?.kind === 'scalar' && said.value === true
  }
  const left = [...pipelines.entries].filter(([, { value }]) => !isTemplate(value))
  if (left.length === pipelines.entries.size) return root
  return withEntry(root, 'pipelines', { key: root.entries.get('pipelines')!.key, value: mapTree(new Map(left), pipelines.origin) })
}
