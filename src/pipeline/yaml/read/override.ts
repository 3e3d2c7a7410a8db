/** `--set`: values of the document replaced, added or deleted from outside, before anything is inherited or resolved. */
import { describeKind } from '../../../util/describe-value.js'
import { sectionNames } from '../../description/schema/assemble-schema.js'
import { Findings } from '../checks/findings.js'
import { isInConfig, stepsOf } from './config-keys.js'
import { extendSiblings } from './extend.js'
import { type Environment, Interpolator } from './interpolate.js'
import { type PathKey, printKey, printPath } from './key-path.js'
import type { Merging } from './merge.js'
import type { Override } from './override-text.js'
import { childOf, listTree, type MapTree, mapTree, namesIn, type Origin, type Path, type Tree, withEntry } from './tree.js'

export interface Overriding extends Merging {
  readonly env: Environment
}

/** The document with one override. An inherited or referenced value that it leads to is copied into its place first. */
export function applyOverride(root: Tree, override: Override, overriding: Overriding): Tree {
  // Mistakes of the document itself are found and reported when it is composed.
  const silent = new Findings()
  const extended = extendSiblings(root, { ...overriding, findings: silent })
  return (
    new Setting(override, new Interpolator(extended, overriding.env, silent), overriding).set(root, extended, [], override.keys) ?? root
  )
}

class Setting {
  constructor(
    readonly override: Override,
    readonly interpolator: Interpolator,
    readonly overriding: Overriding,
  ) {}

  /**
   * `raw`, as the document writes it, with the rest of the path set. `seen` is the same with what it inherits, `at` where it is. Undefined,
   * and an error, if that is not possible.
   */
  set(raw: Tree | undefined, seen: Tree | undefined, at: Path, steps: readonly PathKey[]): Tree | undefined {
    if (steps.length === 0) return this.override.value
    const full = this.interpolator.follow(seen)
    if (full?.kind === 'hole') return raw
    if (full?.kind === 'list') return this.#setItem(raw, full, at, steps)
    if (full?.kind === 'scalar' && !isOpen(full)) return this.#intoScalar(full, at, steps)
    const known = full?.kind === 'map' ? full : undefined
    const own = raw?.kind === 'map' ? raw : raw === undefined || !known ? mapTree(new Map(), known?.origin ?? this.#origin(steps)) : known
    return isInConfig(at) ? this.#setBelow(own, known, at, steps) : this.#setKey(own, known, at, steps)
  }

  #setItem(raw: Tree | undefined, full: Extract<Tree, { kind: 'list' }>, at: Path, [step, ...rest]: readonly PathKey[]): Tree | undefined {
    const { name } = step!
    const child = childOf(full, name)
    if (child === undefined) return this.#unknown(step!, namesIn(full))
    const items = raw?.kind === 'list' ? raw.items : full.items
    const changed = this.set(items[Number(name)], child, [...at, name], rest)
    if (changed?.kind === 'deletion') return listTree(items.toSpliced(Number(name), 1), full.origin)
    return changed && listTree(items.with(Number(name), changed), full.origin)
  }

  /** Sets a key of a map. */
  #setKey(own: MapTree, full: MapTree | undefined, at: Path, steps: readonly PathKey[]): Tree | undefined {
    const [step, ...rest] = steps
    const { name } = step!
    const child = childOf(full, name)
    if (!child && !this.#mayAdd(at, name)) {
      const sections = at.length === 0 ? sectionNames : []
      return this.#unknown(step!, [...new Set([...namesIn(full), ...sections])])
    }
    const changed = this.set(childOf(own, name), child, [...at, name], rest)
    return changed && withEntry(own, name, { key: this.#origin([step!]), value: changed })
  }

  /** Sets a key of a config, however the rest of the path is divided into keys, here and in the document. */
  #setBelow(own: MapTree, full: MapTree | undefined, at: Path, steps: readonly PathKey[]): Tree | undefined {
    const { keys } = this.overriding
    const rest = this.#divided(at, steps)
    const names = rest.map(({ name }) => name)
    const along = (map: MapTree | undefined) => (map ? keys.entriesAlong(map, names, at) : [])
    const found = along(full)
    if (found.length === 0) {
      if (!this.#mayAdd(at, names[0]!)) return this.#unknown(rest[0]!, namesIn(full))
      return withEntry(own, names.join('/'), { key: this.#origin(rest), value: this.override.value })
    }
    const all = new Set([...found, ...along(own)])
    const [key] = found
    const count = keys.stepsAt(at, key!).length
    const isSame = all.size === 1 && count <= rest.length
    const head = isSame ? key! : names[0]!
    const [mine, whole] = isSame ? [own, full!] : [keys.nest(own, head, at), keys.nest(full!, head, at)]
    const changed = this.set(childOf(mine, head), childOf(whole, head), [...at, head], rest.slice(isSame ? count : 1))
    return changed && withEntry(mine, head, { key: this.#origin(rest.slice(0, isSame ? count : 1)), value: changed })
  }

  /** The steps of a path in a config, under today's names. */
  #divided(at: Path, steps: readonly PathKey[]): readonly PathKey[] {
    const parts = steps.flatMap(step => stepsOf(step.name).map(name => ({ ...step, name })))
    const names = this.overriding.keys.stepsAt(at, parts.map(({ name }) => name).join('/'))
    return parts.map((part, i) => ({ ...part, name: names[i] ?? part.name }))
  }

  /** True if a new key may be set here: where keys are the author's own, nothing else would notice a typo. */
  #mayAdd(at: Path, name: string): boolean {
    if (this.override.value.kind === 'deletion') return false
    const [section, , part] = at
    if (section === undefined) return sectionNames.includes(name)
    if (section === 'vars') return false
    if (section === 'run' || section === 'report') return true
    return at.length > 1 && !(section === 'pipelines' && part === 'config')
  }

  #origin(steps: readonly PathKey[]): Origin {
    return { source: this.override.source, start: steps[0]!.start, end: steps.at(-1)!.end }
  }

  #unknown(step: PathKey, allowed: readonly string[]): undefined {
    const { path } = this.override
    this.overriding.findings.add('unknown-override', { path, seen: step.name, allowed: allowed.map(printKey) }, this.#origin([step]))
    return undefined
  }

  #intoScalar(seen: Extract<Tree, { kind: 'scalar' }>, at: Path, steps: readonly PathKey[]): undefined {
    const above = printPath(at)
    const name = typeof seen.value === 'string' && isInConfig(at) ? `name: ${seen.value}, ` : ''
    const example = `--set '${above}={${name}${steps.map(({ name }) => name).join(': {')}: …${'}'.repeat(steps.length)}'`
    const details = { path: this.override.path, above, seen: describeKind(seen.value), example }
    this.overriding.findings.add('override-in-value', details, this.#origin([steps[0]!]))
    return undefined
  }
}

/** True of what a map may replace: a switch, or nothing. */
const isOpen = ({ value }: Extract<Tree, { kind: 'scalar' }>) => value === null || typeof value === 'boolean'
