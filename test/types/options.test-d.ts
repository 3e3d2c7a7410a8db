/** Options yield the types of what users write and of what code reads. Read by tsc, never run. */
import {
  anyOf,
  boolean,
  type ConfigOf,
  integer,
  listOf,
  live,
  mapOf,
  nullable,
  number,
  oneOf,
  option,
  options,
  type PathsOf,
  tuple,
  type ValueOf,
  type WrittenOf,
} from '../../src/options/index.js'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Same<A, B>) => {}

const walk = options(
  {
    batchSize: option('items per batch', integer({ min: 1 })),
    tail: option('the last items of an epoch', oneOf(['wrap', 'short', 'drop']), { default: 'wrap' }),
    epochs: option('passes over the data', nullable(integer({ min: 1 })), { default: null }),
    iterations: option('batches in all', integer({ min: 1 }), { optional: true }),
    offset: option('rows, columns', tuple([integer(), integer()]), { default: [0, 0] }),
    each: option(
      'called after each batch',
      live<() => void>('a function', value => typeof value === 'function'),
      { optional: true },
    ),
  },
  { excludes: [['epochs', 'iterations']], needs: { each: ['batchSize'] } },
)
same<
  ValueOf<typeof walk>,
  {
    readonly batchSize: number
    readonly tail: 'wrap' | 'short' | 'drop'
    readonly epochs: number | null
    readonly offset: readonly [number, number]
    readonly iterations?: number
    readonly each?: () => void
  }
>(true)
const written: WrittenOf<typeof walk> = { batchSize: 3, each: () => {} }
written.batchSize satisfies number

// @ts-expect-error a misspelt option
;({ batchSiz: 3 }) satisfies WrittenOf<typeof walk>
// @ts-expect-error what is missing
;({}) satisfies WrittenOf<typeof walk>
// @ts-expect-error a default that is not allowed
option('padding', oneOf(['same', 'valid']), { default: 'sane' })
// @ts-expect-error a rule about an option that there is not
options({ a: option('a', boolean) }, { excludes: [['a', 'b']] })

const layout = { filters: option('filters', anyOf(integer({ min: 1 }), listOf(integer({ min: 1 }))), { default: 3 }) }
const block = options({
  ...layout,
  se_block: option('squeeze and excitation', anyOf(boolean, options({ ratio: option('the ratio', integer(), { default: 16 }) })), {
    default: false,
  }),
})
const network = options({
  inputs: option('inputs', mapOf(options({ shape: option('shape', listOf(integer())) })), { optional: true }),
  initial_block: option('the first part', options(layout), { default: {} }),
  body: option(
    'the body',
    options({
      num_blocks: option('blocks', listOf(integer({ min: 1 })), { default: [1] }),
      block: option('a block', block, { default: {} }),
    }),
    {
      default: {},
    },
  ),
  loss: option('the loss', oneOf(['ce', 'mse']), { optional: true }),
  dropout_rate: option('the share', number({ min: 0, below: 1 }), { default: 0 }),
})
type Config = ConfigOf<typeof network.table>
'body/block/se_block/ratio' satisfies PathsOf<typeof network.table>

// A path, a level, a mixture of both, a name of the user's own.
;({ 'body/num_blocks': [1], loss: 'ce' }) satisfies Config
;({ body: { num_blocks: [1], block: { se_block: true } } }) satisfies Config
;({ body: { 'block/se_block': { ratio: 4 } }, 'initial_block/filters': 3 }) satisfies Config
;({ inputs: { images: { shape: [28, 28, 1] } }, 'inputs/labels/shape': [1] }) satisfies Config
const record: Record<string, unknown> = {}
const takes = (_: Config) => {}
takes(record)
takes({ 'body/block': { se_block: false } })

// @ts-expect-error a misspelt key
takes({ losss: 'ce' })
// @ts-expect-error a misspelt path
takes({ 'body/num_blokcs': [1] })
// @ts-expect-error a misspelt key of a level
takes({ body: { num_blokcs: [1] } })
// @ts-expect-error a misspelt path in a level
takes({ body: { 'block/se_blok': true } })
// @ts-expect-error a value of another type
takes({ 'body/num_blocks': 'many' })
// @ts-expect-error a name that is not of the closed set
takes({ loss: 'cee' })
