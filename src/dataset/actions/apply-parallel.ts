import { fail } from '../../errors/index.js'
import { anything, live, mapOf, oneOf, option, options, plainType, string, type WrittenOf } from '../../options/index.js'
import { type ItemFunction, workOnItems } from '../../parallel/index.js'
import { sourceToTarget } from '../../pipeline/description/component-facts.js'
import { moduleIn } from '../../pipeline/description/content/file-modules.js'
import type { BatchAction, ComponentValue } from '../../pipeline/index.js'
import { NdArray } from '../../util/nd-array.js'
import type { Batch } from '../batch/batch.js'
import { batchAction } from '../batch/batch-action.js'
import { applyToItems } from '../items/apply-to-items.js'
import { commonOptions, componentNames, parallelRules, parallelTable } from '../items/item-options.js'

const fn = live<ItemFunction>('a function', value => typeof value === 'function')
const path = plainType<string | URL>({
  allowed: 'a URL or a path',
  schema: string.schema,
  test: value => value instanceof URL || (typeof value === 'string' && value !== ''),
})
const parallel = options(
  {
    ...parallelTable,
    module: option(
      'the module of the function: in a file a path relative to it, at or below its folder; in TypeScript a URL, or a path relative to the working directory',
      path,
      { optional: true },
    ),
    export: option("the function's name in the module", string, { default: 'default' }),
  },
  parallelRules,
)

const applyOptions = options({
  src: option('the components to read', componentNames),
  ...commonOptions,
  fn: option('the function, in TypeScript only; a file names a module', fn, { optional: true }),
  options: option('what the function gets as its second argument', mapOf(anything), { default: {} }),
  per: option('what it works on: each item, or the whole components of a batch, [n, …]', oneOf(['item', 'batch']), { default: 'item' }),
  parallel: option('where the function lives, and how items are worked on: in threads (workers), or several at a time', parallel, {
    default: {},
  }),
})

/** Options of `applyParallel`. */
export interface ApplyParallelOptions extends WrittenOf<typeof applyOptions> {}

/**
 * Applies a function of the user's to the items of components: `fn(item, options, context)` returns the new item. It knows no batch,
 * variable or model; all it gets is what it is given, and `context.seed` for random draws. In threads (`parallel.workers`) the function
 * is an export of a module.
 *
 * @example
 * pipeline.applyParallel({ src: 'images', fn: image => brighten(image) })
 * pipeline.applyParallel({
 *   src: ['images', 'masks'], options: { radius: P(R('integers', 1, 4)) },
 *   parallel: { module: new URL('./blur.js', import.meta.url), export: 'blur', workers: 2 },
 * })
 *
 * @throws MillraceError those of `itemAction`, `module-not-loaded`, `module-export`
 *
 * BatchFlow: `apply_parallel` (`apply_transform`; `per: 'batch'` is `apply_transform_all`).
 */
export const applyParallel: BatchAction<Batch<any>, ApplyParallelOptions> = batchAction({
  summary: 'Applies a function to the items of components: of a module, or one of TypeScript.',
  options: applyOptions,
  perItem: true,
  components: sourceToTarget(),
  modules: [['parallel', 'module']],
  apply: async (batch, { src, dst, p, fn, options, per, parallel }, context) => {
    if (fn !== undefined && parallel.module !== undefined) {
      fail('arguments-exclude', { action: 'applyParallel', names: ['fn', 'parallel.module'] })
    }
    if (fn === undefined && parallel.module === undefined) {
      fail('missing-argument', { action: 'applyParallel', name: 'fn or parallel: { module }' })
    }
    const place = { ...parallel, ...(parallel.module !== undefined && { module: moduleIn(context.modules, parallel.module) }) }
    const job = { name: fn?.name || 'the function', fn, common: { src, dst, p }, parallel: place, options }
    await applyToItems(batch, job, context, per === 'batch' ? workOnBatch : workOnItems)
  },
})

/** The whole batch as the only item. */
const workOnBatch: typeof workOnItems = async ({ p, options: { fixed, varying }, ...work }, options) => {
  if (typeof p !== 'number') return fail('wrong-value', { name: 'p', seen: 'one for each item', allowed: "a number with per: 'batch'" })
  const inputs = work.inputs.map(input => [input])
  const only = { ...work, inputs, count: 1, p, options: { fixed: { ...fixed, ...varying }, varying: {} } }
  const results = await workOnItems(only, { ...options, ids: ['all of the batch'] })
  return results instanceof NdArray ? results.item(0) : (results[0] as ComponentValue)
}
