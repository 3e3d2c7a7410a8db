/** Data in memory: components by name, in the order of the batch class, or one value per id. */
import { fail } from '../errors/index.js'
import type { ComponentValue } from '../pipeline/description/contracts.js'
import { describeValue } from '../util/describe-value.js'
import { isPlainObject } from '../util/json.js'
import { NdArray } from '../util/nd-array.js'
import type { Components } from './batch/component.js'
import { type ComponentKind, type Given, toComponent } from './batch/component.js'
import type { DefinedBatch } from './batch/define-batch.js'
import type { DatasetIndex, ItemId } from './dataset-index.js'
import { ColumnsSource } from './sources/columns.js'

/** A component's values by the ids of the items. */
export type ById<Item = unknown> = ReadonlyMap<ItemId, Item> | { readonly [id: string]: Item }

/** The data of a dataset: components by name, or a list of them in the order of the batch class. null and undefined are none. */
export type PreloadedValues<Values extends Components> =
  | { readonly [Name in keyof Values]?: Given<Values[Name]> | ById | null }
  | readonly (Given<Values[keyof Values]> | ById | null | undefined)[]

/**
 * Checks the components of a dataset with this index. Copies nothing except values by id.
 *
 * @throws MillraceError `unknown-name`, `preloaded-shape`, `component-value`, `component-length`, `unknown-id`
 */
export function preload(given: unknown, batchClass: DefinedBatch, dataset: string, index: DatasetIndex): ColumnsSource {
  const values = new Map<string, ComponentValue>()
  const kinds: Readonly<Record<string, ComponentKind>> = batchClass.kinds
  for (const [name, value] of Object.entries(byName(given, batchClass))) {
    if (value === undefined || value === null) continue
    if (!(name in kinds) && batchClass.components.length > 0) {
      fail('unknown-name', { kind: `component of ${batchClass.name}`, seen: name, allowed: batchClass.components as readonly string[] })
    }
    values.set(name, toComponent(name, kinds[name]?.isSingle ? value : byId(value, index), kinds[name], `dataset ${dataset}`, index.length))
  }
  return new ColumnsSource(values, index.length)
}

function byName(given: unknown, { name, components }: DefinedBatch): Readonly<Record<string, unknown>> {
  if (isPlainObject(given)) return given
  const declared = components as readonly string[]
  const isList = Array.isArray(given) && !(given instanceof NdArray)
  if (!isList || given.length > declared.length)
    fail('preloaded-shape', { batchClass: name, components: declared, seen: describeValue(given) })
  return Object.fromEntries((given as readonly unknown[]).map((value, i) => [declared[i]!, value]))
}

/** Converts values by id to a list in the order of the index; other values are returned unchanged. */
function byId(value: unknown, index: DatasetIndex): unknown {
  const isTensor = isPlainObject(value) && 'dataSync' in value
  if (isTensor || !(value instanceof Map || isPlainObject(value))) return value
  const find = value instanceof Map ? (id: ItemId) => value.get(id) : (id: ItemId) => (Object.hasOwn(value, id) ? value[id] : undefined)
  return index.ids.map(
    id =>
      find(id) ??
      fail('unknown-id', {
        of: 'the data by id',
        seen: describeValue(id),
        length: value instanceof Map ? value.size : Object.keys(value).length,
      }),
  )
}
