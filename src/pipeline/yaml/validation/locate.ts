/** Maps a path in the composed plain data back to the source. */
import { actionNumber, actionPathOf } from '../../description/content/visit-actions.js'
import type { Context } from '../checks/findings.js'
import { childOf, type Origin, type Path, type Tree } from '../read/tree.js'

/** The value at a path, or at the longest part of it that exists. */
export function valueAt(root: Tree, path: Path): Tree | undefined {
  return path.reduce<Tree | undefined>((tree, key) => childOf(tree, key), root)
}

/** The location of a value. A map or list under a key is located at its key: it starts on the line after. */
export function originOfValue(root: Tree, path: Path): Origin {
  const value = valueAt(root, path)
  if (value?.kind === 'scalar' && value.origin.end > value.origin.start) return value.origin
  const key = originOfKey(root, path)
  if (!value || value.origin.source !== key.source || value.origin.start <= key.start) return key
  return key.source.text.slice(key.start, value.origin.start).includes('\n') ? key : value.origin
}

/** The location of the key at the end of a path; for a list's item, the item; for what is absent, what should contain it. */
export function originOfKey(root: Tree, path: Path): Origin {
  if (path.length === 0) return { ...root.origin, end: root.origin.start + 1 }
  const parent = valueAt(root, path.slice(0, -1))
  const last = path.at(-1)!
  if (parent?.kind === 'map') {
    const entry = parent.entries.get(`${last}`)
    if (entry) return entry.key
  } else if (parent?.kind === 'list') {
    const item = parent.items[Number(last)]
    if (item) return item.kind === 'map' ? (firstKey(item) ?? item.origin) : item.origin
  }
  return originOfKey(root, path.slice(0, -1))
}

/** A key and its value, if both are in one source. */
export function originOfEntry(root: Tree, path: Path): Origin {
  const key = originOfKey(root, path)
  const value = valueAt(root, path)?.origin
  return value?.source === key.source && value.start > key.start ? { ...key, end: value.end } : key
}

function firstKey(map: Extract<Tree, { kind: 'map' }>): Origin | undefined {
  const [first] = map.entries.values()
  return first?.key
}

/** True if a place on the way to a path, or at it, has already been reported. */
export function inHole(root: Tree, path: Path): boolean {
  let tree: Tree | undefined = root
  for (const key of path) {
    if (tree?.kind === 'hole') return true
    tree = childOf(tree, key)
  }
  return tree?.kind === 'hole'
}

/** Pipeline and action of a path such as `pipelines/resTest/actions/1/…`. */
export function contextOf(root: Tree, [section, pipeline, ...inside]: Path): Context {
  if (section !== 'pipelines' || pipeline === undefined) return {}
  const path = actionPathOf(inside)
  if (path.length === 0) return { pipeline: `${pipeline}` }
  const item = valueAt(root, [section, pipeline, ...path])
  const name = item?.kind === 'map' ? [...item.entries.keys()][0] : undefined
  return { pipeline: `${pipeline}`, ...(name === undefined ? {} : { action: { number: actionNumber(path), name } }) }
}
