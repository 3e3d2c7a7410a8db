/** Expressions inside actions: well formed, and unable to run code. */
import { describeKind } from '../../../util/describe-value.js'
import { distributionNames, distributionOf, isDistributionName } from '../../../util/distributions/table.js'
import { isPlainObject } from '../../../util/json.js'
import { actionsOf, blocksOf } from '../../description/content/visit-actions.js'
import { isPlace } from '../../description/expressions/destinations.js'
import {
  callableMethods,
  type ExpressionLetter,
  isExpressionJson,
  LIVE,
  letterOf,
  namedExpressions,
  operationOf,
  operations,
} from '../../description/expressions/expression-json.js'
import { saveModes, toSaveMode } from '../../description/expressions/save-mode.js'
import { liveActions } from '../../description/schema/action-schemas.js'
import type { Path } from '../read/tree.js'
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
        if (arg === 'saveTo' || (arg === 'dst' && action === 'update')) checkPlaces(checked, value, [...at, arg])
      }
    }
  }
}

/** With `strict`, a map with a letter among its keys is an expression or a mistake; configs may have such keys of their own. */
function walk(checked: Checked, value: unknown, path: Path, strict: boolean): void {
  if (Array.isArray(value)) for (const [i, item] of value.entries()) walk(checked, item, [...path, i], strict)
  if (!isPlainObject(value)) return
  const letter = letterOf(value)
  const operation = operationOf(value)
  if (Object.hasOwn(value, LIVE)) return checked.tell([...path, LIVE], 'function-in-yaml', { seen: LIVE })
  if (letter) {
    checkLetter(checked, letter, value, path)
    checkFurther(checked, value, path)
  } else if (operation) checkOperation(checked, operation, value[operation] as readonly unknown[], path)
  else if (strict) checkKeys(checked, value, path)
  if (letter === 'F' || (operation === '()' && !methodOf(value['()'] as readonly unknown[]))) return
  for (const [key, item] of Object.entries(value)) walk(checked, item, [...path, key], strict)
}

/** The keys beside a letter, where not every value will do. */
function checkFurther(checked: Checked, { mode, copy, pipeline }: Record<string, unknown>, path: Path): void {
  const wrong = (key: string, value: unknown, allowed: string) =>
    checked.tell([...path, key], 'wrong-type', { name: key, seen: describeKind(value), allowed })
  if (mode !== undefined && toSaveMode(mode) === undefined)
    checked.tell([...path, 'mode'], 'value-not-allowed', { name: 'mode', seen: `${mode}`, allowed: saveModes })
  if (copy !== undefined && typeof copy !== 'boolean') wrong('copy', copy, 'true or false')
  if (pipeline !== undefined && typeof pipeline !== 'string') wrong('pipeline', pipeline, 'the name of a pipeline')
}

function checkLetter(checked: Checked, letter: ExpressionLetter, value: Record<string, unknown>, path: Path): void {
  const name = value[letter]
  const wrong = (allowed: string) => checked.tell([...path, letter], 'wrong-type', { name: letter, seen: describeKind(name), allowed })
  const oneOf = (allowed: readonly string[]) => {
    if (typeof name !== 'string') wrong(allowed.join(', '))
    else if (!allowed.includes(name)) checked.tell([...path, letter], 'value-not-allowed', { name: letter, seen: name, allowed })
  }
  if (letter === 'F') checked.tell([...path, letter], 'function-in-yaml', { seen: 'F' })
  else if (letter === 'R') {
    if (typeof name === 'string') checkDistribution(checked, name, value.params, path)
    else if (typeof name !== 'number' && !Array.isArray(name) && !isExpressionJson(name)) wrong('a distribution, or a list to choose from')
  } else if (letter === 'I') oneOf(['current', 'maximum', 'ratio'])
  else if (letter === 'IF') {
    if (!Array.isArray(name) || name.length !== 3) wrong('a list of 3: condition, value, other value')
  } else if (letter === 'P' || letter === 'PP') {
    // Whatever gives a value for each item.
  } else if (letter === 'W') {
    if (!isExpressionJson(name)) wrong('an expression')
  } else if (typeof name !== 'string' && !isExpressionJson(name) && !(name === null && namedExpressions[letter].empty)) {
    wrong(`the name of ${namedExpressions[letter].summary.split(',')[0]}`)
  }
}

/** A distribution and the names of its parameters; their values are known when the batch is there. */
function checkDistribution(checked: Checked, name: string, params: unknown, path: Path): void {
  if (!isDistributionName(name))
    return checked.tell([...path, 'R'], 'value-not-allowed', { name: 'R', seen: name, allowed: distributionNames })
  const allowed = Object.keys(distributionOf(name).parameters)
  for (const seen of isPlainObject(params) ? Object.keys(params) : []) {
    if (!allowed.includes(seen))
      checked.tell([...path, 'params', seen], 'unknown-key', { where: `the distribution ${name}`, seen, allowed })
  }
}

function checkOperation(checked: Checked, sign: keyof typeof operations, operands: readonly unknown[], path: Path): void {
  const at = [...path, sign]
  if (sign === '()') return checkCall(checked, operands, at)
  const [min, max] = operations[sign].operands
  if (operands.length < min || operands.length > max) {
    const allowed = `a list of ${min === max ? min : `${min} to ${max}`}`
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

/** A file can call what arrays and texts have of methods that do no harm. */
function checkCall(checked: Checked, operands: readonly unknown[], at: Path): void {
  const method = methodOf(operands)
  if (method === undefined) checked.tell(at, 'function-in-yaml', { seen: '()' })
  else if (!callable.includes(method)) checked.tell([...at, 0, '.', 1], 'unknown-name', { kind: 'method', seen: method, allowed: callable })
}

const callable: readonly string[] = callableMethods

/** The name of the method that is called, if it is one that a file could name. */
function methodOf([target]: readonly unknown[]): string | undefined {
  const name = operationOf(target) === '.' ? (target as Record<string, readonly unknown[]>)['.']![1] : undefined
  return typeof name === 'string' && !forbiddenAttribute.test(name) ? name : undefined
}

/** A letter with a key it does not have, or an operation that is not the only key. */
function checkKeys(checked: Checked, value: Record<string, unknown>, path: Path): void {
  const keys = Object.keys(value)
  const letter = keys.find((key): key is ExpressionLetter => Object.hasOwn(namedExpressions, key))
  if (letter !== undefined) {
    const allowed: readonly string[] = [letter, ...namedExpressions[letter].further]
    for (const seen of keys) if (!allowed.includes(seen)) checked.tell([...path, seen], 'unknown-key', { where: letter, seen, allowed })
  } else if (keys.length === 1 && Object.hasOwn(operations, keys[0]!)) {
    const allowed = 'a list of operands'
    checked.tell([...path, keys[0]!], 'wrong-type', { name: keys[0]!, seen: describeKind(value[keys[0]!]), allowed })
  }
}

/** Values can be saved to some expressions only. */
function checkPlaces(checked: Checked, value: unknown, path: Path): void {
  if (Array.isArray(value)) for (const [i, item] of value.entries()) checkPlaces(checked, item, [...path, i])
  if (!isPlainObject(value)) return
  if (!isExpressionJson(value)) {
    for (const [key, item] of Object.entries(value)) checkPlaces(checked, item, [...path, key])
  } else if (!isPlace(value) && letterOf(value) !== 'F' && operationOf(value) !== '()') {
    checked.tell(path, 'not-a-place', { seen: Object.keys(value)[0]! })
  }
}
