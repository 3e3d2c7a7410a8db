import { isPlainObject, type JsonValue } from '../../../util/json.js'
import { actionNames, liveActions } from '../../description/action-table.js'
import { ownNames } from '../../description/content/own-actions.js'
import type { BatchClass } from '../../description/contracts.js'
import type { OpensetRow, Registry } from '../../description/registry.js'
import { batchClasses } from '../../description/schema/action-schemas.js'

/** The open set a pipeline takes its batches from, by its `dataset: name.part`; undefined if that leads nowhere. */
export function opensetOf(plain: JsonValue, dataset: unknown, registry: Registry): OpensetRow | undefined {
  if (typeof dataset !== 'string' || !isPlainObject(plain) || !isPlainObject(plain.datasets)) return undefined
  const name = dataset.split('.')[0]!
  const described = Object.hasOwn(plain.datasets, name) ? plain.datasets[name] : undefined
  const openset = isPlainObject(described) ? described.openset : undefined
  return typeof openset === 'string' && Object.hasOwn(registry.opensets, openset) ? registry.opensets[openset] : undefined
}

/** Actions of the table that a file can use. */
export const tableActions: readonly string[] = actionNames.filter(name => !liveActions.includes(name))

/** The actions of a pipeline: its batch class's and the table's; all batch classes' if its own is unknown. */
export function allowedActions(plain: JsonValue, pipeline: string | number, registry: Registry): readonly string[] {
  const pipelines = isPlainObject(plain) && isPlainObject(plain.pipelines) ? plain.pipelines : {}
  const described = Object.hasOwn(pipelines, pipeline) ? pipelines[pipeline] : undefined
  const dataset = isPlainObject(described) ? described.dataset : undefined
  const own = opensetOf(plain, dataset, registry)?.batchClass
  const classes: readonly BatchClass[] = own ? [own] : batchClasses(registry)
  return [...new Set([...classes.flatMap(ownNames), ...tableActions])]
}
