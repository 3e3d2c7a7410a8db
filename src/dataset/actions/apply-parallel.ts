import { fail } from '../../errors/index.js'
import { type ItemFunction, type ParallelOptions, workOnItems } from '../../parallel/index.js'
import type { BatchAction, ComponentValue } from '../../pipeline/index.js'
import { describeValue } from '../../util/describe-value.js'
import { NdArray } from '../../util/nd-array.js'
import type { Batch } from '../batch/batch.js'
import { applyToItems } from '../items/apply-to-items.js'
import { checkParallel, type ItemActionOptions, itemOptionSchemas, parallelSchema } from '../items/item-options.js'
import { checkOneOf } from './action-args.js'

const unitNames = ['item', 'batch'] as const

/** Options of `applyParallel`. */
export interface ApplyParallelOptions extends Omit<ItemActionOptions, 'src' | 'parallel'> {
  /** The components to read. */
  readonly src: NonNullable<ItemActionOptions['src']>
  /** The function; it runs in this thread. Left out, it is that of `parallel.module`. */
  readonly fn?: ItemFunction
  /** What the function gets as its second argument. */
  readonly options?: Readonly<Record<string, unknown>>
  /** What it works on: each `item`, or the whole components of a `batch`, [n, …]. Default `item`. */
  readonly per?: (typeof unitNames)[number]
  /** Where the function lives (`module`, `export`), and how items are worked on: `workers` or `concurrency`. */
  readonly parallel?: ParallelOptions
}

/**
 * Applies a function of one's own to the items of components: `fn(item, options, context)` gives the new item. It knows no batch,
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
export const applyParallel: BatchAction<Batch<any>, ApplyParallelOptions> = {
  summary: 'Applies a function to the items of components: of a module, or one of TypeScript.',
  schema: {
    type: 'object',
    properties: {
      ...itemOptionSchemas(),
      fn: { not: {}, description: 'The function, in TypeScript only; a file names a module.' },
      options: { type: 'object', description: 'What the function gets as its second argument.' },
      per: { enum: unitNames, description: 'What it works on: each item, or the whole batch.', default: 'item' },
      parallel: parallelSchema({
        module: { type: 'string', description: 'The module of the function: a URL or a path, relative to the working directory.' },
        export: { type: 'string', description: "The function's name in the module.", default: 'default' },
      }),
    },
    required: ['src'],
    additionalProperties: false,
  },
  perItem: true,
  apply: async (batch, { src, dst, p, fn, options = {}, per = 'item', parallel = {} }, context) => {
    checkParallel(parallel, ['module', 'export'])
    checkOneOf('per', per, unitNames)
    if (fn !== undefined && typeof fn !== 'function') fail('wrong-value', { name: 'fn', seen: describeValue(fn), allowed: 'a function' })
    if (fn !== undefined && parallel.module !== undefined) {
      fail('arguments-exclude', { action: 'applyParallel', names: ['fn', 'parallel.module'] })
    }
    if (fn === undefined && parallel.module === undefined) {
      fail('missing-argument', { action: 'applyParallel', name: 'fn or parallel: { module }' })
    }
    const job = { name: fn?.name || 'the function', fn, common: { src, dst, p }, parallel, options }
    await applyToItems(batch, job, context, per === 'batch' ? workOnBatch : workOnItems)
  },
}

/** The whole batch as the only item. */
const workOnBatch: typeof workOnItems = async ({ p, options: { fixed, varying }, ...work }, options) => {
  if (typeof p !== 'number') return fail('wrong-value', { name: 'p', seen: 'one for each item', allowed: "a number with per: 'batch'" })
  const inputs = work.inputs.map(input => [input])
  const only = { ...work, inputs, count: 1, p, options: { fixed: { ...fixed, ...varying }, varying: {} } }
  const results = await workOnItems(only, { ...options, ids: ['all of the batch'] })
  return results instanceof NdArray ? results.item(0) : (results[0] as ComponentValue)
}
