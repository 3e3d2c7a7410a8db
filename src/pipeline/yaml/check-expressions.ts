/** Expressions inside actions: well formed, and unable to run code. */
import { isPlainObject } from '../../util/json.js'
import {
  type ExpressionLetter,
  isExpressionJson,
  LIVE,
  letterOf,
  namedExpressions,
  operationOf,
  operations,
} from '../spec/expression-json.js'
import { distributions } from '../spec/named.js'
import { liveActions } from '../spec/schema-actions.js'
import { actionsOf, blocksOf } from '../spec/walk-actions.js'
import type { Checked } from './checked.js'
import { describeValue } from './describe-schema.js'
import type { Path } from './tree.js'

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
  if (letter) checkLetter(checked, letter, value, path)
  else if (operation) checkOperation(checked, operation, value[operation] as readonly unknown[], path)
  else if (strict) checkKeys(checked, value, path)
  if (letter === 'F' || operation === '()') return
  for (const [key, item] of Object.entries(value)) walk(checked, item, [...path, key], strict)
}

function checkLetter(checked: Checked, letter: ExpressionLetter, value: Record<string, unknown>, path: Path): void {
  const name = value[letter]
  const wrong = (allowed: string) => checked.tell([...path, letter], 'wrong-type', { name: letter, seen: describeValue(name), allowed })
  const oneOf = (allowed: readonly string[]) => {
    if (typeof name !== 'string') wrong(allowed.join(', '))
    else if (!allowed.includes(name)) checked.tell([...path, letter], 'value-not-allowed', { name: letter, seen: name, allowed })
  }
  if (letter === 'F') checked.tell([...path, letter], 'function-in-yaml', { seen: 'F' })
  else if (letter === 'R') oneOf(distributions)
  else if (letter === 'I') oneOf(['current', 'maximum', 'ratio'])
  else if (letter === 'W') {
    if (!isExpressionJson(name)) wrong('an expression')
  } else if (typeof name !== 'string' && !isExpressionJson(name) && !(name === null && namedExpressions[letter].empty)) {
    wrong(`the name of ${namedExpressions[letter].summary.split(',')[0]}`)
  }
}

function checkOperation(checked: Checked, sign: keyof typeof operations, operands: readonly unknown[], path: Path): void {
  const at = [...path, sign]
  if (sign === '()') return checked.tell(at, 'function-in-yaml', { seen: '()' })
  const [least, most] = operations[sign].operands
  if (operands.length < least || operands.length > most) {
    const allowed = `a list of ${least === most ? least : `${least} to ${most}`}`
    return checked.tell(at, 'wrong-type', { name: sign, seen: describeValue(operands), allowed })
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

/** A letter with a key it does not have, or an operation that is not the only key. */
function checkKeys(checked: Checked, value: Record<string, unknown>, path: Path): void {
  const keys = Object.keys(value)
  const letter = keys.find((key): key is ExpressionLetter => Object.hasOwn(namedExpressions, key))
  if (letter !== undefined) {
    const allowed: readonly string[] = [letter, ...namedExpressions[letter].further]
    for (const seen of keys) if (!allowed.includes(seen)) checked.tell([...path, seen], 'unknown-key', { where: letter, seen, allowed })
  } else if (keys.length === 1 && Object.hasOwn(operations, keys[0]!)) {
    const allowed = 'a list of operands'
    checked.tell([...path, keys[0]!], 'wrong-type', { name: keys[0]!, seen: describeValue(value[keys[0]!]), allowed })
  }
}

/** Results can be saved to a variable, a component, or an item of one. */
function checkPlaces(checked: Checked, value: unknown, path: Path): void {
  const places = Array.isArray(value) ? value.map((item, i) => [item, [...path, i]] as const) : [[value, path] as const]
  for (const [place, at] of places) {
    if (!isPlainObject(place) || !isExpressionJson(place)) continue
    const letter = letterOf(place)
    const fits = letter === 'V' || (letter === 'B' && place.B !== null) || operationOf(place) === '[]'
    if (!fits && letter !== 'F' && operationOf(place) !== '()') checked.tell(at, 'not-a-place', { seen: Object.keys(place)[0]! })
  }
}
