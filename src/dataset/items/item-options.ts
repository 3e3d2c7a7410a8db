/** The options of every action that works item by item: what is read, where results go, how often, how parallel. */
import { fail } from '../../errors/index.js'
import { anyOf, integer, listOf, number, option, options, string, type ValueOf, type WrittenOptions, worded } from '../../options/index.js'
import { PerItem } from '../../pipeline/index.js'
import { describeValue } from '../../util/describe-value.js'

/**
 * Components an action reads or writes: one, or a list that is processed one by one. A list in the list is several
 * components at once: with `[['images', 'masks']]` the function gets a list of an image and its mask.
 */
export const componentNames = worded(
  anyOf(string, listOf(anyOf(string, listOf(string)))),
  "a component's name, a list of names, or a list with lists of names: [['images', 'masks']]",
)
export type ComponentNames = ValueOf<typeof componentNames>

const share = number({ min: 0, max: 1 })
/** A number from 0 to 1, or one per item. */
const probability: typeof share = {
  ...share,
  inspect: (value, site) => {
    if (!(value instanceof PerItem)) return share.inspect(value, site)
    for (let i = 0; i < value.length; i++) share.inspect(value.at(i), site)
  },
}

/** How items are worked on. */
export const parallelTable = {
  workers: option('threads; 0 for none besides this one', integer({ min: 0, max: 64 }), { default: 0 }),
  concurrency: option('items of an async function that are worked on at a time', integer({ min: 1 }), { default: 1 }),
}

export const parallelRules = {
  misfit: ({ workers, concurrency }: { readonly workers: number; readonly concurrency: number }) =>
    workers > 0 && concurrency > 1 ? { option: 'concurrency' as const, allowed: 'workers or concurrency, not both' } : undefined,
}

/** The options of every action on items besides what it reads. */
export const commonOptions = {
  dst: option('the component to write; src by default. A list for a list', componentNames, { optional: true }),
  p: option('the probability of each item to be changed', probability, { default: 1 }),
}

/** The options of an action on items; `src` is the component that is read unless the user names another. */
export const itemOptions = (src: string) => ({
  src: option('the component to read; of a list each of them, with the same random numbers per item', componentNames, { default: src }),
  ...commonOptions,
  parallel: option(
    'how items are worked on: in threads (workers), or several at a time (concurrency)',
    options(parallelTable, parallelRules),
    { default: {} },
  ),
})

/** Options of every action that works item by item. */
export interface ItemActionOptions extends WrittenOptions<ReturnType<typeof itemOptions>> {}

/** What is read and written in one go: one component, or several. */
export interface ComponentPair {
  readonly from: string | readonly string[]
  readonly to: string | readonly string[]
}

/** @throws MillraceError `wrong-value` where `dst` has not as many components as `src` */
export function pairComponents(src: ComponentNames, dst: ComponentNames = src): readonly ComponentPair[] {
  const [from, to] = [src, dst].map(names => (typeof names === 'string' ? [names] : names)) as [
    readonly ComponentPair['from'][],
    readonly ComponentPair['to'][],
  ]
  if (from.length !== to.length) {
    fail('wrong-value', { name: 'dst', seen: describeValue(dst), allowed: `as many components as src has: ${from.length}` })
  }
  return from.map((name, i) => ({ from: name, to: to[i]! }))
}
