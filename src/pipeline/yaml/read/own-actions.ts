/** In a file, an action's name means the batch class's action of that name, if any, otherwise the core action. */
import { isActionName } from '../../description/action-table.js'
import { toOwnName } from '../../description/content/own-actions.js'
import { sections } from '../../description/content/pipeline-spec.js'
import { rowOf } from '../../description/content/visit-actions.js'
import type { Registry } from '../../description/registry.js'
import { batchClasses } from '../../description/schema/action-schemas.js'
import { opensetOf } from '../checks/allowed-actions.js'
import { type Entry, listTree, mapTree, type Tree, toPlain } from './tree.js'

/** The document with the own actions of batch classes by their names in descriptions. */
export function withOwnActions(root: Tree, registry: Registry): Tree {
  if (!batchClasses(registry).some(({ actions }) => Object.keys(actions).some(isActionName))) return root
  const plain = toPlain(root)
  return mapEntry(root, 'pipelines', pipelines =>
    mapEntries(pipelines, pipeline => {
      const dataset = pipeline.kind === 'map' ? pipeline.entries.get('dataset')?.value : undefined
      const actions = opensetOf(plain, dataset && toPlain(dataset), registry)?.batchClass.actions ?? {}
      return sections.reduce((tree, section) => mapEntry(tree, section, list => renamedIn(list, actions)), pipeline)
    }),
  )
}

/** A list of actions. Anything else is returned unchanged. */
function renamedIn(list: Tree, actions: object): Tree {
  if (list.kind !== 'list') return list
  const items = list.items.map(item => {
    if (item.kind !== 'map') return item
    const entries = [...item.entries].map(([name, { key, value }]): [string, Entry] => {
      if (Object.hasOwn(actions, name)) return [toOwnName(name), { key, value }]
      const blocks = rowOf(name)?.blocks ?? []
      return [name, { key, value: blocks.reduce((tree, block) => mapEntry(tree, block, inner => renamedIn(inner, actions)), value) }]
    })
    return mapTree(new Map(entries), item.origin)
  })
  return listTree(items, list.origin)
}

const mapEntry = (tree: Tree, name: string, change: (value: Tree) => Tree): Tree =>
  mapEntries(tree, (value, key) => (key === name ? change(value) : value))

function mapEntries(tree: Tree, change: (value: Tree, name: string) => Tree): Tree {
  if (tree.kind !== 'map') return tree
  return mapTree(new Map([...tree.entries].map(([name, { key, value }]) => [name, { key, value: change(value, name) }])), tree.origin)
}
