/** Turns problems with names into errors that state their location. */
import { type DetailsOf, type ErrorCode, MillraceError } from '../../../errors/index.js'
import type { JsonObject } from '../../../util/json.js'
import { ownActionOf, ownNames } from '../content/own-actions.js'
import type { PipelineSpec } from '../content/pipeline-spec.js'
import { actionAt, locationOf, type SourceMap } from '../content/visit-actions.js'
import type { BatchClass, SourceDataset } from '../contracts.js'
import type { Registry } from '../registry.js'
import type { NameScope } from './check-names.js'
import type { ComponentScope } from './known-components.js'
import type { Problem } from './problem.js'

/** The names that a dataset and its batch class bring to a pipeline. What is missing is unknown. */
export function datasetScope(
  dataset: SourceDataset | undefined,
  batchClass: BatchClass | undefined = dataset?.batchClass,
): Pick<NameScope, 'components' | 'declared' | 'batchActions' | 'facts' | 'attributes' | 'classes'> {
  const classes = classesOf(dataset)
  return {
    ...(batchClass && batchScope(batchClass, dataset?.componentNames)),
    ...(dataset && { attributes: Object.keys(dataset.attributes) }),
    ...(classes !== undefined && { classes }),
  }
}

/** The classes of a dataset: the attribute of this name, if it is a number of classes or a list of labels. */
export function classesOf(dataset: SourceDataset | undefined): number | readonly unknown[] | undefined {
  const classes = dataset?.attributes.classes
  return Array.isArray(classes) || (typeof classes === 'number' && classes >= 1) ? classes : undefined
}

/** What a file says of the batches of a dataset, before it is loaded: by the rows of its open set. */
export function opensetScope(
  datasets: Readonly<Record<string, JsonObject>>,
  dataset: string | undefined,
  { opensets }: Pick<Registry, 'opensets'>,
): ComponentScope & Pick<NameScope, 'batchActions'> & { readonly batchClass?: BatchClass } {
  const name = dataset?.split('.')[0] ?? ''
  const { openset, ...options } = (Object.hasOwn(datasets, name) ? datasets[name] : undefined) ?? {}
  const row = typeof openset === 'string' && Object.hasOwn(opensets, openset) ? opensets[openset] : undefined
  if (!row) return {}
  const { batchClass } = row
  const classes = row.classes?.(options)
  return {
    batchClass,
    ...batchScope(batchClass, row.componentNames?.(options)),
    shapes: row.itemShapes?.(options) ?? {},
    ...(classes !== undefined && { classes }),
  }
}

/** The names that a batch class brings. `present` are the components its batches have before any action, if that is known. */
export function batchScope(batchClass: BatchClass, present: readonly string[] | undefined) {
  const { components: declared } = batchClass
  const components = present ?? (declared.length > 0 ? declared : undefined)
  const facts = Object.fromEntries(ownNames(batchClass).map(name => [name, ownActionOf(batchClass, name)?.components]))
  return { ...(components && { components }), declared, batchActions: ownNames(batchClass), facts }
}

/** The error of a problem, with the pipeline, the action and the line that wrote it. The path leads from the pipeline's root. */
export function toError(
  { path, code, details }: Problem,
  pipeline: string,
  spec: PipelineSpec,
  sources: SourceMap | undefined,
): MillraceError {
  const action = actionAt(spec, path)
  const location = action ? locationOf(pipeline, action, sources) : { pipeline }
  return new MillraceError<ErrorCode>(code, details as DetailsOf<ErrorCode>, location)
}
