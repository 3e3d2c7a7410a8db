/** The factories of named expressions: `B C D F I IF M V W`. Names and meaning are BatchFlow's. `L P PP`: `named-items.ts`; `R`: `named-random.ts`. */
import { fail, listNames } from '../../../errors/index.js'
import type { JsonObject, JsonValue } from '../../../util/json.js'
import { type Described, describe, SelfDescribed } from '../content/describe.js'
import { liveName } from '../content/live-names.js'
import type { PipelineSpec } from '../content/pipeline-spec.js'
import { Expression, type UsesOf } from './expression.js'
import { type ExpressionLetter, iterationParts } from './letters.js'
import type { Use, Variable } from './names.js'
import { type SaveMode, saveModes, toSaveMode } from './save-mode.js'

interface BFactory {
  /** The batch itself. */
  (): Expression<never>
  /** A component of the batch, e.g. `B('images')`: checked against the pipeline's batch class when compiled. With `copy`, a copy. */
  <const Name extends string>(name: Name, options?: { readonly copy?: boolean }): Expression<Name>
  /** The component whose name is the value of an expression: checked once there is a batch. */
  <Uses extends Use>(name: Expression<Uses>, options?: { readonly copy?: boolean }): Expression<Uses>
}

/**
 * Components with a short form, `B.images`. A program may add the components of its batch class:
 * `declare module 'millrace' { interface ShortComponents { readonly waves: Expression<'waves'> } }`.
 */
export interface ShortComponents {
  /** The number of items. */
  readonly size: Expression<'size'>
  readonly length: Expression<'length'>
  /** The ids of the items. */
  readonly indices: Expression<'indices'>
}

/** Properties that functions need. A component with such a name is written B('call'). */
const ownOfFunctions = ['apply', 'bind', 'call', 'constructor', 'prototype', 'toString']

/** A name, or an expression that evaluates to it. */
type Name = string | Expression<any>

/** A pipeline whose variables or config another one reads. */
export interface OtherPipeline {
  readonly name: string
  readonly spec: PipelineSpec
}

/** An expression whose name may be the value of another one. */
function named(letter: ExpressionLetter, name: Name | undefined, further: JsonObject = {}, from?: OtherPipeline): Expression<any> {
  const { json, values } = describe(name ?? null)
  if (from === undefined) return new Expression({ [letter]: json, ...further }, values)
  const pipeline = liveName(from)
  return new Expression({ [letter]: json, ...further, pipeline }, { ...values, [pipeline]: from })
}

const b = (name?: Name, { copy = false }: { readonly copy?: boolean } = {}): Expression<any> => named('B', name, copy ? { copy } : {})

/**
 * A component of the batch. `B('images')` and `B.images` mean the same; the short form compiles for the components of `ImagesBatch` and
 * those added to `ShortComponents`. Every batch has `B('size')`, `B('length')` and `B('indices')`.
 *
 * @example
 * pipeline.trainModel('resnet', { feed: { images: B('images'), labels: B('labels') } })
 */
export const B = new Proxy(b, {
  get: (target, name) => (typeof name === 'string' && !ownOfFunctions.includes(name) ? b(name) : Reflect.get(target, name)),
}) as unknown as BFactory & ShortComponents

/**
 * A variable of the pipeline, or of another one; its name may be an expression, `V(C('name'))`. `mode` is how values are saved to it:
 * write (default), append, extend or update.
 *
 * @example
 * pipeline.predictModel('resnet', { fetches: 'loss', feed, saveTo: V('losses', { mode: 'append' }) })
 * test.update(V('gap'), V('loss').sub(V('loss', { pipeline: train })))
 */
export function V<const Given extends Name, const Other extends OtherPipeline | undefined = undefined>(
  name: Given,
  options: { readonly mode?: SaveMode; readonly pipeline?: Other } = {},
): Expression<Given extends string ? (Other extends OtherPipeline ? never : Variable<Given>) : UsesOf<Given>> {
  const { mode, pipeline } = options
  if (mode !== undefined && toSaveMode(mode) === undefined) {
    fail('wrong-value', { name: `the mode of V('${name}')`, seen: String(mode), allowed: listNames(saveModes) })
  }
  return named('V', name, mode ? { mode } : {}, pipeline)
}

/**
 * A value of the pipeline's config, or of another pipeline's, by path: `C('model/lr')`; `C()` is the whole config. A missing path is an
 * error unless there is a `default`.
 */
export function C<const Given extends Name>(
  path?: Given,
  options: { readonly default?: JsonValue; readonly pipeline?: OtherPipeline } = {},
): Expression<UsesOf<Given>> {
  return named('C', path, 'default' in options ? { default: options.default! } : {}, options.pipeline)
}

/** An attribute of the dataset, `D('classes')`; `D()` is the dataset. */
export function D<const Given extends Name>(attribute?: Given): Expression<UsesOf<Given>> {
  return named('D', attribute)
}

/** A model of the pipeline by name. */
export function M<const Given extends Name>(name: Given): Expression<UsesOf<Given>> {
  return named('M', name)
}

/** What `I` can return, including BatchFlow's short forms and synonyms. */
export type IterationPart = (typeof iterationParts)[number] | 'c' | 'm' | 'r' | 'total' | 't'

/**
 * The iteration: `current` counts batches from 1, `maximum` (BatchFlow also: `total`) is the number of batches of this run (null if
 * endless), `ratio` their quotient, an error if endless.
 *
 * @example
 * pipeline.saveModel('resnet', I().format('models/{:04d}'))
 */
export function I(part: IterationPart = 'current'): Expression<never> {
  const meant = 'total'.startsWith(part) ? 'maximum' : iterationParts.find(name => name.startsWith(part))
  return new Expression({ I: meant ?? part })
}

/**
 * One of two values by a condition; only the chosen one is evaluated. 0, false, null and the empty string are false;
 * a list or an array of several values is not a condition.
 *
 * @example
 * IF(V('losses').attr('length').gt(0), V('losses').at(-1), 0)
 */
export function IF<const Condition, const Then, const Else>(
  condition: Condition,
  value: Then,
  other: Else,
): Expression<UsesOf<readonly [Condition, Then, Else]>> {
  const { json, values } = describe([condition, value, other])
  return new Expression({ IF: json }, values)
}

/**
 * The result of calling a function once there is a batch: `F(Math.max)(V('a'), 9)`. `F(fn)` alone stands for a call without arguments.
 * The function may be the value of an expression: `F(D('draw'))(3)`. The call is synchronous; for async functions use the action `call`.
 *
 * @example
 * pipeline.update(V('count'), F((n: number) => n + 1)(V('count')))
 */
export function F<const Fn extends ((...args: any[]) => unknown) | Expression<any>>(
  fn: Fn,
): Expression<UsesOf<Fn>> & (<const Args extends readonly unknown[]>(...args: Args) => Expression<UsesOf<Fn> | UsesOf<Args>>) {
  const given = fn as Fn & { readonly json?: JsonObject }
  const isExpression = given instanceof Expression
  if (!isExpression && typeof fn !== 'function') {
    fail('wrong-value', { name: 'what F calls', seen: typeof fn, allowed: 'a function, or an expression that evaluates to one' })
  }
  const name = liveName(fn)
  const make = (args: readonly unknown[]) => {
    const { json, values } = describe(args)
    const plain = json as readonly JsonValue[]
    if (isExpression) return new Expression<any>({ '()': [given.json, ...plain] }, { ...given.values, ...values })
    return new Expression<any>(plain.length ? { F: name, args: plain } : { F: name }, { ...values, [name]: fn })
  }
  const bare = make([])
  return Object.setPrototypeOf(
    Object.assign((...args: unknown[]) => make(args), { json: bare.json, values: bare.values }),
    Expression.prototype,
  )
}

/** A value; for a function, the expression that calls it. */
export function describeMade(made: unknown): Described {
  return describe(typeof made === 'function' && !(made instanceof SelfDescribed) ? F(made as () => unknown) : made)
}

/** An expression itself, passed on without being evaluated. */
export function W<Uses extends Use>(value: Expression<Uses>): Expression<Uses> {
  return new Expression({ W: value.json }, value.values)
}
