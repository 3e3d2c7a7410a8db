/** `${path}` and `${env:NAME}`: as a whole value, a copy of what the path leads to; inside a string, a number or string as it is written. */
import type { Findings } from '../checks/findings.js'
import { printKey, printPath, readPath } from './key-path.js'
import { isTooLarge } from './limits.js'
import { readLoose } from './loose-values.js'
import { type Part, type Reference, readReferences, targetOf, wholeReference } from './references.js'
import { childOf, type Entry, holeTree, listTree, MAX_DEPTH, mapTree, namesIn, type Origin, scalarTree, type Tree, textOf } from './tree.js'

export type Environment = Readonly<Record<string, string | undefined>>

/** Resolves the references of one document. */
export class Interpolator {
  readonly #resolved = new Map<string, Tree>()
  readonly #done = new Map<Tree, Tree>()
  readonly #underWay: string[] = []
  #level = 0

  constructor(
    readonly root: Tree,
    readonly env: Environment,
    readonly findings: Findings,
  ) {}

  /** The tree with every reference resolved. */
  resolve(tree: Tree): Tree {
    const done = this.#done.get(tree)
    if (done) return done
    // References lead from level to level as nested values do.
    if (this.#level > 2 * MAX_DEPTH) return this.#fail('document-too-deep', { max: MAX_DEPTH }, tree.origin)
    this.#level += 1
    const resolved = this.#resolve(tree)
    this.#level -= 1
    const allowed = isTooLarge(resolved, tree.origin, this.findings, true) ? holeTree(tree.origin) : resolved
    this.#done.set(tree, allowed)
    return allowed
  }

  /** What a value leads to if it is just a reference; any other value as it is. */
  follow(tree: Tree | undefined): Tree | undefined {
    return tree?.kind === 'scalar' && typeof tree.value === 'string' && wholeReference(tree.value) ? this.resolve(tree) : tree
  }

  /** What a path of the document leads to, resolved; a hole, and an error, if it leads nowhere. */
  #lookUp(text: string, origin: Origin): Tree {
    const keys = readPath(text)?.map(({ name }) => name)
    if (!keys) return this.#fail('open-quote', { path: text }, origin)
    const path = printPath(keys)
    const known = this.#resolved.get(path)
    if (known) return known
    if (this.#underWay.includes(path)) {
      return this.#fail('value-cycle', { chain: [...this.#underWay.slice(this.#underWay.indexOf(path)), path] }, origin)
    }
    this.#underWay.push(path)
    const raw = this.#walk(keys, text, origin)
    const resolved = raw ? this.resolve(raw) : holeTree(origin)
    this.#underWay.pop()
    this.#resolved.set(path, resolved)
    return resolved
  }

  #walk(keys: readonly string[], written: string, origin: Origin): Tree | undefined {
    let tree = this.root
    for (const key of keys) {
      tree = this.follow(tree)!
      if (tree.kind === 'hole') return tree
      const child = childOf(tree, key)
      if (!child) {
        // What is missing here may come after a syntax error.
        if (this.findings.isPartial) return undefined
        const allowed = namesIn(tree).map(printKey)
        this.findings.add('unknown-reference', { path: written, seen: key || 'name', allowed }, origin)
        return undefined
      }
      tree = child
    }
    return tree
  }

  #resolve(tree: Tree): Tree {
    if (tree.kind === 'list') {
      return listTree(
        tree.items.map(item => this.resolve(item)),
        tree.origin,
      )
    }
    if (tree.kind === 'map') return this.#map(tree)
    if (tree.kind !== 'scalar' || typeof tree.value !== 'string' || !tree.value.includes('${')) return tree
    const read = readReferences(tree.value)
    if ('reason' in read) return this.#fail('unread-reference', read, within(tree.origin, read.written))
    const [part, ...others] = read.parts
    if (typeof part !== 'object' || others.length > 0) return this.#fillIn(read.parts, tree.origin)
    const value = this.#valueOf(part, tree.origin)
    // Errors about a map's values point to where they are written, errors about a number or string to where it is used.
    return value.kind === 'scalar' ? { ...value, origin: tree.origin } : value
  }

  #map(tree: Extract<Tree, { kind: 'map' }>): Tree {
    const entries = new Map<string, Entry>()
    for (const [key, { key: origin, value }] of tree.entries) {
      const read = key.includes('${') ? readReferences(key) : undefined
      const [name = ''] = read && 'parts' in read ? read.parts : []
      const isText = typeof name === 'string' && read !== undefined && 'parts' in read && read.parts.length === 1
      if (read !== undefined && !isText) this.findings.add('reference-in-key', { key }, origin)
      entries.set(isText ? name : key, { key: origin, value: this.resolve(value) })
    }
    return mapTree(entries, tree.origin)
  }

  #valueOf(reference: Reference, origin: Origin): Tree {
    const at = within(origin, reference.written)
    const target = targetOf(reference)
    if ('path' in target) {
      const path = this.#text(target.path, at)
      return path === undefined ? holeTree(at) : this.#lookUp(path.trim(), at)
    }
    const name = this.#text(target.variable, at)
    if (name === undefined) return holeTree(at)
    const value = Object.hasOwn(this.env, name) ? this.env[name] : undefined
    if (value !== undefined) return readLoose(value, at)
    if (target.fallback === undefined) return this.#fail('unknown-environment', { name }, at)
    const [part, ...others] = target.fallback
    if (typeof part === 'object' && others.length === 0) return this.#valueOf(part, at)
    const fallback = this.#text(target.fallback, at)
    return fallback === undefined ? holeTree(at) : readLoose(fallback, at)
  }

  /** A string with its references written out; undefined, and an error, if one cannot be. */
  #text(parts: readonly Part[], origin: Origin): string | undefined {
    const texts = parts.map(part => {
      if (typeof part === 'string') return part
      const value = this.#valueOf(part, origin)
      if (value.kind === 'scalar') return textOf(value)
      if (value.kind !== 'hole') {
        this.findings.add('reference-not-text', { written: part.written, seen: `a ${value.kind}` }, within(origin, part.written))
      }
      return undefined
    })
    return texts.includes(undefined) ? undefined : texts.join('')
  }

  #fillIn(parts: readonly Part[], origin: Origin): Tree {
    const text = this.#text(parts, origin)
    return text === undefined ? holeTree(origin) : scalarTree(text, origin)
  }

  #fail(...[code, details, origin]: Parameters<Findings['add']>): Tree {
    this.findings.add(code, details, origin)
    return holeTree(origin)
  }
}

/** Where a part of a string is written, if it is found there. */
function within(origin: Origin, written: string): Origin {
  const start = origin.source.text.indexOf(written, origin.start)
  return start >= 0 && start < origin.end ? { ...origin, start, end: start + written.length } : origin
}
