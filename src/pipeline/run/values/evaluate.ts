/** Evaluates expressions from their JSON in a scope. */
import { fail, MillraceError } from '../../../errors/index.js'
import { isPlainObject } from '../../../util/json.js'
import { Expression } from '../../description/expressions/expression.js'
import { letterOf } from '../../description/expressions/expression-json.js'
import { type ExpressionLetter, letterRow } from '../../description/expressions/letters.js'
import { LIVE, liveNameOf, type Operation, operationOf } from '../../description/expressions/operations.js'
import { printExpression } from '../../description/expressions/print-expression.js'
import type { Scope } from '../execution/scope.js'
import { binaryOperations, unaryOperations } from './arithmetic.js'
import { readAttribute, readItem } from './attributes.js'
import { each, settled } from './items.js'
import { atOnce, letterReadings, type NamedJson } from './letters.js'

/** The value of plain data: expressions in it are evaluated, lists and objects are rebuilt, names are replaced by live things. */
export function evaluate(value: unknown, scope: Scope): unknown {
  return settled(read(value, scope))
}

/** The same, but what follows `L` can still be applied to each item. */
export function read(value: unknown, scope: Scope): unknown {
  const letter = letterOf(value)
  if (letter !== undefined) return readNamed(letter, value as NamedJson, scope)
  const operation = operationOf(value)
  if (operation !== undefined) return operate(operation, (value as Record<string, readonly unknown[]>)[operation]!, scope)
  const live = liveNameOf(value)
  if (live !== undefined) return scope.session.bindings.values[live]
  if (Array.isArray(value)) return value.map(item => evaluate(item, scope))
  if (isPlainObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluate(item, scope)]))
  return value
}

/** An expression that is the value of another one is evaluated, too, except one wrapped in `W`. */
function readNamed(letter: ExpressionLetter, json: NamedJson, scope: Scope): unknown {
  const value = named(json, () => letterReadings[letter].read(json, scope, evaluate))
  return value instanceof Expression && !letterRow(letter).encloses ? evaluate(withLive(value.json, value.values), scope) : value
}

function operate(operation: Operation, operands: readonly unknown[], scope: Scope): unknown {
  return named({ [operation]: operands }, () => {
    if (operation === '()') return callMethod(operands, scope)
    const owner = read(operands[0], scope)
    const others = operands.slice(1).map(item => evaluate(item, scope))
    if (operation === '.') return each(owner, item => readAttribute(item, String(others[0])))
    if (operation === '[]') return each(owner, item => readItem(item, others))
    const first = settled(owner)
    return others.length === 0 ? unaryOperations[operation as '-'](first) : binaryOperations[operation as '+'](first, others[0])
  })
}

/** A method call: the target is usually an attribute, so that `this` is its owner. */
function callMethod([target, ...args]: readonly unknown[], scope: Scope): unknown {
  const attribute = operationOf(target) === '.' ? (target as Record<string, readonly unknown[]>)['.']! : undefined
  const owner = attribute === undefined ? undefined : read(attribute[0], scope)
  const values = args.map(item => evaluate(item, scope))
  return each(owner, item => {
    const method = attribute === undefined ? evaluate(target, scope) : readAttribute(item, String(evaluate(attribute[1], scope)))
    if (typeof method !== 'function') throw new TypeError('this is not a function')
    return atOnce(Reflect.apply(method, item, values))
  })
}

/** Another library's error becomes the cause of one that names the expression. */
function named<Result>(json: NamedJson, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof MillraceError || (error instanceof Error && error.name === 'AbortError')) throw error
    const message = error instanceof Error ? error.message : String(error)
    return fail('expression-failed', { expression: printExpression(json), message }, {}, error)
  }
}

/** The description of an expression made elsewhere, with live things in place of their names. */
function withLive(json: unknown, values: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(json)) return json.map(item => withLive(item, values))
  if (!isPlainObject(json)) return json
  if (Object.hasOwn(json, LIVE)) return values[String(json[LIVE])]
  const letter = letterOf(json)
  const liveKeys = letter === undefined ? [] : [...(letterRow(letter).isLive ? [letter] : []), 'pipeline']
  return Object.fromEntries(
    Object.entries(json).map(([key, item]) => [
      key,
      liveKeys.includes(key) && Object.hasOwn(values, String(item)) ? values[String(item)] : withLive(item, values),
    ]),
  )
}
