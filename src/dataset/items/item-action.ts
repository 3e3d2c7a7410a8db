import type { ItemContext, ItemFunction, ParallelOptions } from '../../parallel/index.js'
import type { BatchAction } from '../../pipeline/index.js'
import type { JsonSchema } from '../../util/json.js'
import type { NdArray } from '../../util/nd-array.js'
import type { Batch } from '../batch/batch.js'
import { applyToItems } from './apply-to-items.js'
import { checkParallel, type ItemActionOptions, itemOptionSchemas } from './item-options.js'

/** Options of `itemAction`. */
export interface ItemActionDefinition<Item, Options extends object, Result> {
  /** One sentence, for docs and the schema. */
  readonly summary: string
  /** JSON Schema of the function's own options: an object schema with `properties`, `required`, `additionalProperties: false`. */
  readonly schema: JsonSchema
  /** The default of `src`. Default `images`. */
  readonly src?: string
  /** Where threads find this action: the module that exports it (`import.meta.url`) and its name there. Default: one thread only. */
  readonly parallel?: Pick<ParallelOptions, 'module' | 'export'>
  /** Returns the new item and does not change the old one. It may be async. */
  readonly apply: (item: Item, options: Options, context: ItemContext) => Result | Promise<Result>
}

/** An action of a batch class that works item by item. */
export interface ItemAction<Options extends object = any> extends BatchAction<Batch<any>, Options & ItemActionOptions> {
  readonly apply: (batch: Batch<any>, options: Options & ItemActionOptions, context: Parameters<BatchAction['apply']>[2]) => Promise<void>
  readonly perItem: true
  /** The function applied to one item. */
  readonly item: ItemFunction
}

/**
 * Defines an action that works item by item. Besides its own options it takes `src`, `dst`, `p` and `parallel`, and any option may have a
 * value per item: `P(R('uniform', -10, 10))`.
 *
 * An item is a view of an array's item (shape without the first axis), a number if the component is a list of numbers, or an entry of a
 * list. Equal results become one array, others a list if the component may be one. `context.seed` is a seed per item, the same for every
 * component of a list in `src`; `context.allocate` returns memory for the result.
 *
 * @example
 * export const darken = itemAction({
 *   summary: 'Divides the values of images.',
 *   schema: { type: 'object', properties: { by: { type: 'number' } }, required: ['by'], additionalProperties: false },
 *   parallel: { module: import.meta.url, export: 'darken' },
 *   apply(image: NdArray, { by }: { by: number }, { allocate }) {
 *     const result = allocate(image.shape, image.dtype)
 *     for (let i = 0; i < image.data.length; i++) result.data[i] = image.data[i]! / by
 *     return result
 *   },
 * })
 * const Photos = defineBatch({ name: 'Photos', extends: ImagesBatch, components: {}, actions: { darken } })
 * new Dataset(100, Photos, { preloaded: { images } }).p.darken({ by: P(R('uniform', 1, 3)), p: 0.5, parallel: { workers: 2 } })
 *
 * The action throws MillraceError `items-failed` with the ids of the items that failed and the first cause, `no-result`,
 * `unequal-items`, `worker-failed`, `needs-module`, `not-for-threads`.
 *
 * BatchFlow: `@apply_parallel`, `@inbatch_parallel`.
 */
export function itemAction<Options extends object, Item = NdArray, Result = unknown>(
  definition: ItemActionDefinition<Item, Options, Result>,
): ItemAction<Options> {
  const { summary, schema, src = 'images', parallel: place, apply } = definition
  const properties = { ...itemOptionSchemas(src), ...(schema.properties as object | undefined) }
  return {
    summary,
    schema: { ...schema, properties },
    perItem: true,
    item: apply as ItemFunction,
    apply: async (batch, { src: from = src, dst, p, parallel = {}, ...options }, context) => {
      checkParallel(parallel)
      const name = place?.export ?? 'this action'
      const job = { name, fn: apply as ItemFunction, common: { src: from, dst, p }, parallel: { ...place, ...parallel }, options }
      await applyToItems(batch, job, context)
    },
  }
}
