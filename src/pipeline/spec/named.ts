/** The factories of named expressions: `B C D F I M R V W`. BatchFlow's words, its meaning. */
import { fail, listNames } from '../../errors/index.js'
import type { JsonObject, JsonValue } from '../../util/json.js'
import { Expression, unwrap } from './expression.js'
import type { ExpressionLetter } from './expression-json.js'
import { type SaveMode, saveModes, toSaveMode } from './save-mode.js'

interface BFactory {
  /** The batch itself. */
  (): Expression<never>
  /** A component of the batch, e.g. `B('images')`: checked against the pipeline's batch class when compiled. */
  <const Name extends string>(name: Name): Expression<Name>
  /** The component whose name an expression gives: checked when the batch is there. */
  (name: Expression<never>): Expression<never>
  /** The same in short, `B.images`: checked when the pipeline starts. */
  readonly [name: string]: Expression<any>
  readonly images: Expression<'images'>
  readonly labels: Expression<'labels'>
  readonly masks: Expression<'masks'>
  /** The number of items. */
  readonly size: Expression<'size'>
  readonly length: Expression<'length'>
  /** The ids of the items. */
  readonly indices: Expression<'indices'>
  readonly name: Expression<any>
}

/** What a function needs to stay one. A component of such a name is written B('call'). */
const ownOfFunctions = ['apply', 'bind', 'call', 'constructor', 'prototype', 'toString']

/** A name, or an expression that gives it. */
type Name = string | Expression<never>

/** An expression whose name may be given by another one. */
function named(letter: ExpressionLetter, name: Name | undefined, further: JsonObject = {}): Expression<never> {
  const [json, values] = unwrap(name ?? null)
  return new Expression({ [letter]: json as JsonValue, ...further }, values)
}

const b = (name?: Name): Expression<any> => named('B', name)

/**
 * A component of the batch. `B('images')` and `B.images` mean the same; the compiler checks the first, and of the second the names that
 * `ImagesBatch` has. `B('size')`, `B('length')` and `B('indices')` are there in every batch.
 *
 * @example
 * pipeline.trainModel('resnet', { feed: { images: B('images'), labels: B('labels') } })
 */
export const B = new Proxy(b, {
  get: (target, name) => (typeof name === 'string' && !ownOfFunctions.includes(name) ? b(name) : Reflect.get(target, name)),
}) as unknown as BFactory

/**
 * A variable of the pipeline; its name may be an expression, `V(C('name'))`. `mode` is how values are saved to it: write (default), append, extend or update.
 *
 * @example
 * pipeline.predictModel('resnet', { fetches: 'loss', feed, saveTo: V('losses', { mode: 'append' }) })
 */
export function V(name: Name, options: { readonly mode?: SaveMode } = {}): Expression<never> {
  if (options.mode !== undefined && toSaveMode(options.mode) === undefined) {
    fail('wrong-value', { name: `the mode of V('${name}')`, seen: String(options.mode), allowed: listNames(saveModes) })
  }
  return named('V', name, options.mode ? { mode: options.mode } : {})
}

/** A value of the pipeline's config by path, `C('model/lr')`; `C()` is the whole config. A missing path is an error unless there is a `default`. */
export function C(path?: Name, options: { readonly default?: JsonValue } = {}): Expression<never> {
  return named('C', path, 'default' in options ? { default: options.default! } : {})
}

/** An attribute of the dataset, `D('classes')`; `D()` is the dataset. */
export function D(attribute?: Name): Expression<never> {
  return named('D', attribute)
}

/** A model of the pipeline by name. */
export function M(name: Name): Expression<never> {
  return named('M', name)
}

/** What `I` can tell. */
export type IterationPart = 'current' | 'maximum' | 'ratio'

/** The iteration: `current` counts batches from 1, `maximum` is the number of batches of this run (null where endless), `ratio` their quotient. */
export function I(part: IterationPart = 'current'): Expression<never> {
  return new Expression({ I: part })
}

/** The distributions `R` draws from. */
export const distributions = ['uniform', 'normal', 'integers', 'choice', 'bernoulli'] as const
export type Distribution = (typeof distributions)[number]

/**
 * A random value. Draws are pure functions of (seed, batch, action): the same run gives the same values.
 * `uniform(low=0, high=1)`, `normal(mean=0, deviation=1)`, `integers(low, high)` (high excluded), `choice(list)`, `bernoulli(p=0.5)`.
 * With `size` an array of that shape (float32, integers int32), without it one number.
 *
 * @example
 * R('normal', 0, 0.1, { size: [300] })
 */
export function R(distribution: Distribution, ...args: readonly (JsonValue | Expression<never> | ROptions)[]): Expression<never> {
  const last = args.at(-1)
  const options = isROptions(last) ? last : {}
  const [plain, values] = unwrap(isROptions(last) ? args.slice(0, -1) : args)
  const [further, moreValues] = unwrap([options.size ?? null, options.seed ?? null]) as [JsonValue[], Record<string, unknown>]
  const json: Record<string, JsonValue> = { R: distribution, args: plain as JsonValue }
  if (options.size !== undefined) json.size = further[0]!
  if (options.seed !== undefined) json.seed = further[1]!
  return new Expression(json, { ...values, ...moreValues })
}

export interface ROptions {
  readonly size?: number | readonly number[] | Expression<never>
  /** A seed of its own: then the draw depends on nothing else but the batch. */
  readonly seed?: number
}

function isROptions(value: unknown): value is ROptions {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Expression) &&
    ('size' in value || 'seed' in value)
  )
}

/**
 * The result of calling a function when the batch is there: `F(Math.max)(V('a'), 9)`. `F(fn)` alone stands for a call without arguments.
 *
 * @example
 * pipeline.update(V('count'), F((n: number) => n + 1)(V('count')))
 */
export function F<Args extends readonly unknown[]>(
  fn: (...args: any[]) => unknown,
): Expression<never> &
  (<Uses extends string = never>(...args: readonly (Expression<Uses> | Args[number] | unknown)[]) => Expression<Uses>) {
  if (typeof fn !== 'function') fail('wrong-value', { name: 'what F calls', seen: typeof fn, allowed: 'a function' })
  const name = functionName(fn)
  const make = (args: readonly unknown[]) => {
    const [plain, values] = unwrap(args)
    return new Expression<any>(args.length ? ({ F: name, args: plain } as JsonObject) : { F: name }, { ...values, [name]: fn })
  }
  const bare = make([])
  return Object.setPrototypeOf(
    Object.assign((...args: unknown[]) => make(args), { json: bare.json, values: bare.values }),
    Expression.prototype,
  )
}

const functionNames = new WeakMap<object, string>()
let functionCount = 0

/** A name for a function: its own, made unique in the process for different functions of the same name. */
export function functionName(fn: object & { readonly name?: string }): string {
  const known = functionNames.get(fn)
  if (known !== undefined) return known
  functionCount++
  const name = fn.name ? `${fn.name}#${functionCount}` : `function#${functionCount}`
  functionNames.set(fn, name)
  return name
}

/** An expression itself, handed on without being evaluated. */
export function W(value: Expression<any>): Expression<never> {
  return new Expression({ W: value.json }, value.values)
}
