/** Expressions made of other values: `F IF W`. */
import { fail } from '../../../../errors/index.js'
import type { JsonObject, JsonValue } from '../../../../util/json.js'
import { type Described, describe, SelfDescribed } from '../../content/describe.js'
import { liveName } from '../../content/live-names.js'
import { Expression, type UsesOf } from '../expression.js'
import { anyLetterValue, expressionValue, listOf } from '../letter-values.js'
import type { Use } from '../names.js'
import type { LetterRow } from './letter-row.js'

export const valueLetters = {
  F: {
    summary: 'the result of calling a function',
    value: anyLetterValue,
    further: { args: { type: 'array' } },
    changeable: true,
    isLive: true,
  },
  IF: {
    summary: 'one of two values, by a condition: [condition, value, other value]',
    value: listOf('condition', 'value', 'other value'),
    further: {},
    batchLocal: true,
    tag: { form: '!IF [condition, value, other value]', before: ['list'] },
  },
  W: {
    summary: 'an expression itself, not evaluated',
    value: expressionValue,
    further: {},
    batchLocal: true,
    encloses: true,
    tag: { form: '!W {V: name}', before: ['map', 'scalar'] },
  },
} as const satisfies Record<string, LetterRow>

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
 * The result of calling a function when the batch is there: `F(Math.max)(V('a'), 9)`. `F(fn)` alone stands for a call without arguments.
 * The function may be the value of an expression: `F(D('draw'))(3)`. It is called synchronously; for an async function use the action `call`.
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
    fail('wrong-value', { name: 'what F calls', seen: typeof fn, allowed: 'a function, or an expression for one' })
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

/**
 * An expression itself, passed on without being evaluated.
 *
 * @example
 * pipeline.update(V('later'), W(B('images')))
 */
export function W<Uses extends Use>(value: Expression<Uses>): Expression<Uses> {
  return new Expression({ W: value.json }, value.values)
}
