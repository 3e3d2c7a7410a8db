/** The second half of reading: YAML nodes → a tree, with aliases, merge keys and tags filled in. */
import { type Document, isAlias, isCollection, isMap, isScalar, isSeq, type Node, type Pair, visit } from 'yaml'
import type { Findings } from '../checks/findings.js'
import { DELETE, letterOfTag, toExpressionTree } from './expression-tags.js'
import { isTooLarge } from './limits.js'
import type { ReadDocument } from './read-yaml.js'
import {
  deletionTree,
  type Entry,
  holeTree,
  listTree,
  MAX_VALUES,
  mapTree,
  type Origin,
  type SourceText,
  scalarTree,
  type Tree,
} from './tree.js'

/** The tree of a document's contents; an empty document is an empty map. */
export function toTree(document: ReadDocument, source: SourceText, findings: Findings): Tree {
  const everything: Origin = { source, start: 0, end: source.text.length }
  const { contents } = document.document
  if (contents === null || (isScalar(contents) && contents.value === null && !contents.tag)) return mapTree(new Map(), everything)
  return new TreeReader(document, source, findings).read(contents as Node)
}

/** YAML's own tags that stand for plain data; any other is reported as unknown, and its value is not checked further. */
const plainTags = ['map', 'seq', 'str', 'null', 'bool', 'int', 'float'].map(name => `tag:yaml.org,2002:${name}`)

class TreeReader {
  readonly #known = new Map<Node, Tree>()
  readonly #underWay = new Set<Node>()
  readonly document: Document.Parsed
  readonly #anchors = new Map<string, Node>()
  #flowDepth = 0
  #anchorNames: readonly string[] | undefined
  /** The size of the scalars that have been read, each counted where it is written. */
  #written = 0

  constructor(
    readonly hidden: ReadDocument,
    readonly source: SourceText,
    readonly findings: Findings,
  ) {
    this.document = hidden.document
  }

  read(node: Node): Tree {
    const known = this.#known.get(node)
    if (known) return known
    if ('anchor' in node && node.anchor) this.#anchors.set(node.anchor, node)
    this.#underWay.add(node)
    const flow = isCollection(node) && node.flow ? 1 : 0
    this.#flowDepth += flow
    const tree = this.#limit(this.#tagged(node))
    this.#flowDepth -= flow
    this.#underWay.delete(node)
    this.#known.set(node, tree)
    return tree
  }

  #origin(node: Node | null | undefined): Origin {
    const [start, end] = node?.range ?? [0, 0]
    return { source: this.source, start, end }
  }

  #limit(tree: Tree): Tree {
    if (tree.kind === 'scalar') this.#written += tree.size
    return isTooLarge(tree, tree.origin, this.findings, this.#written < MAX_VALUES / 2) ? holeTree(tree.origin) : tree
  }

  #tagged(node: Node): Tree {
    const tag = 'tag' in node ? node.tag : undefined
    if (tag === undefined || tag === '!' || plainTags.includes(tag)) return this.#plain(node)
    const letter = letterOfTag(tag)
    const origin = this.#origin(node)
    const start = this.source.text.lastIndexOf(tag, origin.start)
    const at = { ...origin, start, end: start + tag.length }
    if (tag === DELETE) return this.#deletion(node, at)
    return letter === undefined ? holeTree(origin) : toExpressionTree(letter, this.#plain(node), at, this.findings)
  }

  #deletion(node: Node, origin: Origin): Tree {
    if (isScalar(node) && (node.value === null || node.value === '')) return deletionTree(origin)
    this.findings.add('wrong-tag-value', { tag: DELETE, allowed: `${DELETE} alone` }, origin)
    return holeTree(origin)
  }

  #plain(node: Node): Tree {
    const origin = this.#origin(node)
    if (isAlias(node)) return this.#alias(this.#anchors.get(node.source), node.source, origin)
    if (isSeq(node))
      return listTree(
        node.items.map(item => this.read(item as Node)),
        origin,
      )
    if (isMap(node)) return this.#map(node.items as Pair<Node, Node | null>[], origin)
    const value = isScalar(node) ? node.value : null
    if (value === null || typeof value === 'boolean' || typeof value === 'number') {
      return scalarTree(value, origin, { spelled: (node as { source?: string }).source })
    }
    return scalarTree(this.#text(`${value}`, node, origin), origin)
  }

  /** An unquoted reference inside a flow collection is read as meant, but is not YAML. */
  #text(value: string, node: Node, origin: Origin): string {
    const text = this.hidden.show(value)
    if (this.#flowDepth > 0 && isScalar(node) && node.type === 'PLAIN' && text !== value) {
      const reason = 'a reference between { } or [ ] must be quoted'
      this.findings.add('yaml-syntax', { reason, fix: `Write '${text}'` }, origin)
    }
    return text
  }

  #alias(target: Node | undefined, name: string, origin: Origin): Tree {
    if (!target) {
      this.#anchorNames ??= anchorNames(this.document)
      const allowed = this.#anchorNames
      this.findings.add('unknown-name', { kind: 'anchor', seen: name, allowed }, origin)
      return holeTree(origin)
    }
    if (!this.#underWay.has(target)) return this.read(target)
    this.findings.add('value-cycle', { chain: [`&${name}`, `*${name}`] }, origin)
    return holeTree(origin)
  }

  #map(pairs: readonly Pair<Node, Node | null>[], origin: Origin): Tree {
    const own = new Map<string, Entry>()
    const merged = new Map<string, Entry>()
    let merges = 0
    for (const { key, value } of pairs) {
      const keyOrigin = this.#origin(key)
      if (isScalar(key) && key.anchor) this.#anchors.set(key.anchor, key)
      const name =
        isScalar(key) && (typeof key.value === 'string' || typeof key.value === 'number')
          ? this.hidden.show(isScalar(key) && typeof key.value === 'number' ? (key.source ?? `${key.value}`) : `${key.value}`)
          : undefined
      if (name === undefined || name === '__proto__') {
        const text = this.source.text.slice(keyOrigin.start, keyOrigin.end)
        this.findings.add('key-not-allowed', { key: name ?? (text || 'nothing') }, keyOrigin)
      } else if (name === '<<' && isScalar(key) && key.type === 'PLAIN') {
        if (merges > 0) this.#twice(name, keyOrigin)
        merges += 1
        this.#merge(merged, value, keyOrigin)
      } else {
        // Which of two duplicate keys is meant is unknown: they are not checked further.
        if (own.has(name)) this.#twice(name, keyOrigin)
        const tree = own.has(name) ? holeTree(keyOrigin) : value ? this.read(value) : scalarTree(null, keyOrigin)
        own.set(name, { key: keyOrigin, value: tree })
      }
    }
    // A map's own keys come after the merged ones: of two paths to the same place, the later key wins.
    for (const name of own.keys()) merged.delete(name)
    return mapTree(new Map([...merged, ...own]), origin)
  }

  #twice(key: string, origin: Origin): void {
    this.findings.add('duplicate-key', { key }, origin)
  }

  #merge(merged: Map<string, Entry>, value: Node | null, origin: Origin): void {
    const tree = value ? this.read(value) : scalarTree(null, origin)
    for (const item of tree.kind === 'list' ? tree.items : [tree]) {
      if (item.kind === 'map') {
        for (const [name, entry] of item.entries) if (!merged.has(name)) merged.set(name, entry)
      } else if (item.kind !== 'hole') {
        this.findings.add(
          'wrong-type',
          { name: '<<', seen: `a ${item.kind}`, allowed: 'an alias of a map, or a list of these' },
          item.origin,
        )
      }
    }
  }
}

function anchorNames(document: Document.Parsed): readonly string[] {
  const names = new Set<string>()
  visit(document, { Node: (_, node) => void (!isAlias(node) && node.anchor && names.add(node.anchor)) })
  return [...names]
}
