/** `${path}` and `${env:NAME}`: as a whole value, a copy of what the path leads to; inside a string, a number or string is inserted. */
import { isScalar, parseDocument } from 'yaml'
import type { Findings } from '../checks/findings.js'
import { childOf, holeTree, listTree, MAX_VALUES, mapTree, namesIn, type Origin, scalarTree, type Tree } from './tree.js'

export type Environment = Readonly<Record<string, string | undefined>>

const reference = /(\$?)\$\{([^{}]*)\}/g
const wholeReference = /^\$\{([^{}]*)\}$/

/** The path of a value that is just a reference, or undefined. */
export function referencePath(tree: Tree | undefined): string | undefined {
  return tree?.kind === 'scalar' && typeof tree.value === 'string' ? wholeReference.exec(tree.value)?.[1]?.trim() : undefined
}

/** Resolves the references of one document. */
export class Interpolator {
  readonly #resolved = new Map<string, Tree>()
  readonly #done = new Map<Tree, Tree>()
  readonly #underWay: string[] = []

  constructor(
    readonly root: Tree,
    readonly env: Environment,
    readonly findings: Findings,
  ) {}

  /** The tree with every reference resolved. */
  resolve(tree: Tree): Tree {
    const done = this.#done.get(tree)
    if (done) return done
    const resolved = this.#limit(this.#resolve(tree), tree.origin)
    this.#done.set(tree, resolved)
    return resolved
  }

  /** What a path of the document leads to, resolved; a hole, and an error, if it leads nowhere. */
  lookUp(path: string, origin: Origin): Tree {
    if (path.startsWith('env:')) return this.#lookUpEnvironment(path.slice(4), origin)
    const known = this.#resolved.get(path)
    if (known) return known
    if (this.#underWay.includes(path)) {
      this.findings.add('value-cycle', { chain: [...this.#underWay.slice(this.#underWay.indexOf(path)), path] }, origin)
      return holeTree(origin)
    }
    this.#underWay.push(path)
    const raw = this.#walk(path, origin)
    const resolved = raw ? this.resolve(raw) : holeTree(origin)
    this.#underWay.pop()
    this.#resolved.set(path, resolved)
    return resolved
  }

  #walk(path: string, origin: Origin): Tree | undefined {
    let tree = this.root
    for (const key of path.split('.')) {
      const further = referencePath(tree)
      if (further !== undefined) tree = this.lookUp(further, tree.origin)
      if (tree.kind === 'hole') return tree
      const child = childOf(tree, key)
      if (!child) {
        // What is missing here may come after a syntax error.
        if (!this.findings.isPartial) this.findings.add('unknown-reference', { path, seen: key || 'name', allowed: namesIn(tree) }, origin)
        return undefined
      }
      tree = child
    }
    return tree
  }

  #lookUpEnvironment(text: string, origin: Origin): Tree {
    const [, name, fallback] = /^(.*?)(?::-(.*))?$/s.exec(text)!
    const value = Object.hasOwn(this.env, name!) ? (this.env[name!] ?? fallback) : fallback
    if (value !== undefined) return readScalar(value, origin)
    this.findings.add('unknown-environment', { name: name! }, origin)
    return holeTree(origin)
  }

  #resolve(tree: Tree): Tree {
    if (tree.kind === 'list')
      return listTree(
        tree.items.map(item => this.resolve(item)),
        tree.origin,
      )
    if (tree.kind === 'map') {
      const entries = [...tree.entries].map(([key, entry]) => [key, { key: entry.key, value: this.resolve(entry.value) }] as const)
      return mapTree(new Map(entries), tree.origin)
    }
    if (tree.kind === 'hole' || typeof tree.value !== 'string' || !tree.value.includes('${')) return tree
    const whole = referencePath(tree)
    if (whole === undefined) return this.#fillIn(tree.value, tree.origin)
    const value = this.lookUp(whole, tree.origin)
    // Errors about a map's values point to where they are written, errors about a number or string to where it is used.
    return value.kind === 'scalar' ? scalarTree(value.value, tree.origin) : value
  }

  #fillIn(text: string, origin: Origin): Tree {
    let failed = false
    const filled = text.replace(reference, (all, escape: string, path: string) => {
      if (escape) return all.slice(1)
      const start = origin.source.text.indexOf(all, origin.start)
      const inside = start >= 0 && start < origin.end ? { ...origin, start, end: start + all.length } : origin
      const value = this.lookUp(path.trim(), inside)
      if (value.kind === 'scalar') return `${value.value}`
      if (value.kind !== 'hole') this.findings.add('reference-not-text', { path, seen: `a ${value.kind}` }, inside)
      failed = true
      return ''
    })
    return failed ? holeTree(origin) : scalarTree(filled, origin)
  }

  #limit(tree: Tree, origin: Origin): Tree {
    if (tree.size <= MAX_VALUES) return tree
    this.findings.add('document-too-large', { max: MAX_VALUES }, origin)
    return holeTree(origin)
  }
}

/** A number, boolean or null if the string is one in YAML, otherwise the string itself. */
function readScalar(text: string, origin: Origin): Tree {
  const { contents, errors } = parseDocument(text, { version: '1.2', schema: 'core' })
  const value = errors.length === 0 && isScalar(contents) ? contents.value : text
  return scalarTree(typeof value === 'number' || typeof value === 'boolean' || value === null ? value : text, origin)
}
