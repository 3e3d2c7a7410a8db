import { type Options, type OptionTable, options, read, type ValuesOf, type WrittenOptions } from '../../options/index.js'
import type { ItemContext, ItemFunction, ParallelOptions } from '../../parallel/index.js'
import { type ShapeRule, sourceToTarget, withDefaults } from '../../pipeline/description/component-facts.js'
import type { BatchAction } from '../../pipeline/index.js'
import type { JsonSchema } from '../../util/json.js'
import type { NdArray } from '../../util/nd-array.js'
import type { Batch } from '../batch/batch.js'
import { applyToItems } from './apply-to-items.js'
import { type ItemActionOptions, itemOptions } from './item-options.js'

interface ItemRow {
  /** One sentence, for docs and the schema. */
  readonly summary: string
  /** The default of `src`. Default `images`. */
  readonly src?: string
  /** The shape of its results, for the check of what models are fed: see `sameShape`. Default: not known. */
  readonly shape?: ShapeRule
  /** Where threads find this action: the module that exports it (`import.meta.url`) and its name there. Default: one thread only. */
  readonly parallel?: Pick<ParallelOptions, 'module' | 'export'>
}

/** An action on items whose options are checked, and have their defaults. */
export interface ItemActionDefinition<O extends OptionTable = any, Item = any, Result = unknown> extends ItemRow {
  /** The function's own options. */
  readonly options: Options<O>
  /** Returns the new item and does not change the old one. It may be async. */
  readonly apply: (item: Item, options: ValuesOf<O>, context: ItemContext) => Result | Promise<Result>
}

/** An action on items that checks its options itself. */
export interface UncheckedItemAction<Written extends object = any, Item = any, Result = unknown> extends ItemRow {
  /** JSON Schema of the function's own options: an object schema with `properties`, `required`, `additionalProperties: false`. */
  readonly schema: JsonSchema
  /** Returns the new item and does not change the old one. It may be async. */
  readonly apply: (item: Item, options: Written, context: ItemContext) => Result | Promise<Result>
}

/** An action of a batch class that works item by item. */
export interface ItemAction<Written extends object = any> extends BatchAction<Batch<any>, Written & ItemActionOptions> {
  readonly apply: (batch: Batch<any>, options: Written & ItemActionOptions, context: Parameters<BatchAction['apply']>[2]) => Promise<void>
  readonly perItem: true
  /** The function applied to one item. */
  readonly item: ItemFunction
}

/**
 * Defines an action that works item by item. Besides its own options it takes `src`, `dst`, `p` and `parallel`, and any option may have a value
 * per item: `P(R('uniform', -10, 10))`. Options are checked once per batch, those with a value per item once per item; instead of
 * `options` a JSON `schema` describes options that `apply` checks itself.
 *
 * An item is a view of an array's item (shape without the first axis), a number where the component is numbers, or an entry of a list.
 * Equal results become one array, others a list where the component may be one. `context.seed` is a seed per item, the same for
 * every component of a list in `src`; `context.allocate` returns memory for the result.
 *
 * @example
 * export const darken = itemAction({
 *   summary: 'Divides the values of images.',
 *   options: options({ by: option('the divisor', number({ above: 0 })) }),
 *   parallel: { module: import.meta.url, export: 'darken' },
 *   apply(image: NdArray, { by }, { allocate }) {
 *     const result = allocate(image.shape, image.dtype)
 *     for (let i = 0; i < image.data.length; i++) result.data[i] = image.data[i]! / by
 *     return result
 *   },
 * })
 * const Photos = defineBatch({ name: 'Photos', extends: ImagesBatch, components: {}, actions: { darken } })
 * new Dataset(100, Photos, { preloaded: { images } }).p.darken({ by: P(R('uniform', 1, 3)), p: 0.5, parallel: { workers: 2 } })
 *
 * The action throws MillraceError `items-failed` with the ids of the items that failed and the first cause, `wrong-value`, `no-result`,
 * `unequal-items`, `worker-failed`, `needs-module`, `not-for-threads`.
 *
 * BatchFlow: `@apply_parallel`, `@inbatch_parallel`.
 */
export function itemAction<O extends OptionTable, Item = NdArray, Result = unknown>(
  definition: ItemActionDefinition<O, Item, Result>,
): ItemAction<WrittenOptions<O>>
export function itemAction<Written extends object, Item = NdArray, Result = unknown>(
  definition: UncheckedItemAction<Written, Item, Result>,
): ItemAction<Written>
export function itemAction(definition: ItemActionDefinition | UncheckedItemAction): ItemAction {
  const { summary, src = commonSource, parallel: place } = definition
  const common = options(itemOptions(src))
  const name = place?.export ?? 'this action'
  const own = 'options' in definition ? definition.options : undefined
  const { schema, fn } = 'options' in definition ? checked(definition, name) : { schema: definition.schema, fn: definition.apply }
  return {
    summary,
    ...(own && { options: together(common, own) }),
    schema: { ...schema, properties: { ...(common.schema.properties as object), ...(schema.properties as object | undefined) } },
    perItem: true,
    components: sourceToTarget(
      src,
      definition.shape && 'options' in definition ? withDefaults(definition.options, definition.shape) : definition.shape,
    ),
    item: fn,
    apply: async (batch, { src, dst, p, parallel, ...own }, context) => {
      const values = read(common, { src, dst, p, parallel }, name)
      await applyToItems(batch, { name, fn, common: values, parallel: { ...place, ...values.parallel }, options: own }, context)
    },
  }
}

/** The options of all item actions and an action's own, whose rules know no others. */
function together(common: Options, own: Options<any>): Options {
  const { misfit } = own.rules
  const isOwn = ([name]: [string, unknown]) => Object.hasOwn(own.table, name)
  const ownMisfit = misfit && ((values: object) => misfit(Object.fromEntries(Object.entries(values).filter(isOwn))))
  return options({ ...common.table, ...own.table }, { ...own.rules, ...(ownMisfit && { misfit: ownMisfit }) })
}

/** The component that an action reads if neither it nor the user names another. */
const commonSource = 'images'

/** The function of an item with its options checked: those that all items share, once. */
function checked(
  { options: takes, apply }: ItemActionDefinition,
  name: string,
): { readonly schema: JsonSchema; readonly fn: ItemFunction } {
  const known = new WeakMap<object, ValuesOf<any>>()
  const valuesOf = (written: object) => {
    const values = known.get(written) ?? read(takes, written, name)
    known.set(written, values)
    return values
  }
  return { schema: takes.schema, fn: (item, written, context) => apply(item, valuesOf(written), context) }
}
