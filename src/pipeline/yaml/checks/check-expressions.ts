/** Expressions inside actions: well-formed and unable to run code. */

import { describeKind } from '../../../util/describe-value.js'
import { isPlainObject, type JsonSchema } from '../../../util/json.js'
import { liveActions } from '../../description/action-table.js'
import { actionsOf, blocksOf, destinationArguments } from '../../description/content/visit-actions.js'
import { isDestination } from '../../description/expressions/destinations.js'
import { isExpressionJson, letterOf } from '../../description/expressions/expression-json.js'
import type { LetterValue } from '../../description/expressions/letter-values.js'
import { type ExpressionLetter, isLetter, letterRow } from '../../description/expressions/letters.js'
import { callableMethods, LIVE, operationOf, operations } from '../../description/expressions/operations.js'
import { isMetricName, metricNames } from '../../description/metric-names.js'
import type { Path } from '../read/tree.js'
import { describeSchema } from '../validation/describe-schema.js'
import type { Checked } from './checked.js'

/** Attributes that lead from data to code. */
const forbiddenAttribute = /^(constructor|prototype|caller|callee|arguments|__.*)$/

export function checkExpressions(checked: Checked): void {
  for (const [name, pipeline] of Object.entries(checked.section('pipelines'))) {
    if (!isPlainObject(pipeline)) continue
    walk(checked, pipeline.config, ['pipelines', name, 'config'], false)
    const spec = checked.pipelines.get(name)
    if (!spec) continue
    for (const { name: action, args, path } of actionsOf(spec)) {
      if (!isPlainObject(args) || liveActions.includes(action)) continue
      const at = ['pipelines', name, ...path, action]
      const blocks = blocksOf(action, args).map(([block]) => block)
      for (const [arg, value] of Object.entries(args)) {
        if (blocks.includes(arg)) continue
        walk(checked, value, [...at, arg], arg !== 'config')
        if (destinationArguments(action).includes(arg)) checkDestinations(checked, value, [...at, arg])
      }
    }
  }
}

/** With `strict`, a map with a letter among its keys is an expression or a mistake; configs may have such keys. */
function walk(checked: Checked, value: unknown, path: Path, strict: boolean): void {
  if (Array.isArray(value)) for (const [i, item] of value.entries()) walk(checked, item, [...path, i], strict)
  if (!isPlainObject(value)) return
  const letter = letterOf(value)
  const operation = operationOf(value)
  if (Object.hasOwn(value, LIVE)) return checked.tell([...path, LIVE], 'function-in-yaml', { seen: LIVE })
  if (letter) checkLetter(checked, letter, value, path)
  else if (operation) checkOperation(checked, operation, value[operation] as readonly unknown[], path)
  else if (strict) checkKeys(checked, value, path)
  if ((letter && letterRow(letter).isLive) || (operation === '()' && !methodOf(value['()'] as readonly unknown[]))) return
  for (const [key, item] of Object.entries(value)) walk(checked, item, [...path, key], strict)
}

/** Checks what is under a letter and beside it; values of expressions are checked once they are known. */
function checkLetter(checked: Checked, letter: ExpressionLetter, json: Record<string, unknown>, path: Path): void {
  const { value, further, isLive, parameters } = letterRow(letter)
  if (isLive) return checked.tell([...path, letter], 'function-in-yaml', { seen: letter })
  checkValue(checked, letter, json[letter], value, [...path, letter])
  for (const [key, schema] of Object.entries(further)) {
    if (Object.hasOwn(json, key)) checkFurther(checked, key, json[key], schema, [...path, key])
  }
  const { where, allowed } = parameters?.(json[letter]) ?? {}
  for (const seen of allowed && isPlainObject(json.params) ? Object.keys(json.params) : []) {
    if (!allowed!.includes(seen)) checked.tell([...path, 'params', seen], 'unknown-key', { where: where!, seen, allowed: allowed! })
  }
}

function checkValue(checked: Checked, name: string, seen: unknown, { accepts, words, allowed }: LetterValue, at: Path): void {
  if (accepts(seen, isExpressionJson(seen))) return
  if (words && typeof seen === 'string') checked.tell(at, 'value-not-allowed', { name, seen, allowed: words })
  else checked.tell(at, 'wrong-type', { name, seen: describeKind(seen), allowed })
}

/** The keys beside a letter that hold a word, a choice or a name; others may hold expressions. */
function checkFurther(checked: Checked, name: string, seen: unknown, schema: JsonSchema, at: Path): void {
  const words = schema.enum as readonly string[] | undefined
  if (words && !words.includes(seen as string)) checked.tell(at, 'value-not-allowed', { name, seen: `${seen}`, allowed: words })
  const isScalar = schema.type === 'boolean' || schema.type === 'string'
  if (isScalar && typeof seen !== schema.type)
    checked.tell(at, 'wrong-type', { name, seen: describeKind(seen), allowed: describeSchema(schema) })
}

function checkOperation(checked: Checked, sign: keyof typeof operations, operands: readonly unknown[], path: Path): void {
  const at = [...path, sign]
  if (sign === '()') return checkCall(checked, operands, at)
  const [min, max] = operations[sign].operands
  if (operands.length < min || operands.length > max) {
    const allowed = `a list of ${min === max ? min : `${min} to ${max}`} operands`
    return checked.tell(at, 'wrong-type', { name: sign, seen: describeKind(operands), allowed })
  }
  const key = operands[1]
  if (sign === '.' && (typeof key !== 'string' || !/^[A-Za-z_]\w*$/.test(key) || forbiddenAttribute.test(key))) {
    checked.tell([...at, 1], 'attribute-not-allowed', { seen: typeof key === 'string' ? key : undefined })
  }
  if (sign === '[]') {
    for (const [i, item] of operands.slice(1).entries()) {
      if (typeof item === 'string' && forbiddenAttribute.test(item)) checked.tell([...at, i + 1], 'attribute-not-allowed', { seen: item })
    }
  }
}

/** A file may call the harmless methods of arrays and strings. */
function checkCall(checked: Checked, operands: readonly unknown[], at: Path): void {
  const method = methodOf(operands)
  if (method === undefined) checked.tell(at, 'function-in-yaml', { seen: '()' })
  else if (!callable.includes(method)) checked.tell([...at, 0, '.', 1], 'unknown-name', { kind: 'method', seen: method, allowed: callable })
  else if (method === 'evaluate') checkMetrics(checked, operands[1], [...at, 1])
}

/** The names of metrics, where they are written out. Of the methods that a file may call only metrics have `evaluate`. */
function checkMetrics(checked: Checked, names: unknown, at: Path): void {
  if (Array.isArray(names)) for (const [i, name] of names.entries()) checkMetrics(checked, name, [...at, i])
  if (typeof names !== 'string' || isMetricName(names)) return
  checked.tell(at, 'unknown-name', { kind: 'metric', seen: names, allowed: metricNames })
}

const callable: readonly string[] = callableMethods

/** The name of the called method, if a file could name it. */
function methodOf([target]: readonly unknown[]): string | undefined {
  const name = operationOf(target) === '.' ? (target as Record<string, readonly unknown[]>)['.']![1] : undefined
  return typeof name === 'string' && !forbiddenAttribute.test(name) ? name : undefined
}

/** A letter with a key it does not have, or an operation that is not the only key. */
function checkKeys(checked: Checked, value: Record<string, unknown>, path: Path): void {
  const keys = Object.keys(value)
  const letter = keys.find(isLetter)
  if (letter !== undefined) {
    const allowed = [letter, ...Object.keys(letterRow(letter).further)]
    for (const seen of keys) if (!allowed.includes(seen)) checked.tell([...path, seen], 'unknown-key', { where: letter, seen, allowed })
  } else if (keys.length === 1 && Object.hasOwn(operations, keys[0]!)) {
    const allowed = 'a list of operands'
    checked.tell([...path, keys[0]!], 'wrong-type', { name: keys[0]!, seen: describeKind(value[keys[0]!]), allowed })
  }
}

/** Values can be saved only to some expressions. */
function checkDestinations(checked: Checked, value: unknown, path: Path): void {
  if (Array.isArray(value)) for (const [i, item] of value.entries()) checkDestinations(checked, item, [...path, i])
  if (!isPlainObject(value)) return
  if (!isExpressionJson(value)) {
    for (const [key, item] of Object.entries(value)) checkDestinations(checked, item, [...path, key])
  } else if (!isDestination(value) && !isTold(value)) {
    checked.tell(path, 'not-a-place', { seen: Object.keys(value)[0]! })
  }
}

/** True if an expression calls a function, which is already reported. */
function isTold(value: Record<string, unknown>): boolean {
  const letter = letterOf(value)
  return letter === undefined ? operationOf(value) === '()' : letterRow(letter).isLive === true
}
