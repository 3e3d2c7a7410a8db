/** Values of expressions: a reading of their JSON in a scope. */
import { fail, MillraceError } from '../../errors/index.js'
import { Config } from '../../util/config.js'
import { isPlainObject } from '../../util/json.js'
import { type ExpressionLetter, letterOf, liveNameOf, type Operation, operationOf } from '../spec/expression-json.js'
import { batchFacts, datasetFacts } from '../spec/facts.js'
import { printExpression } from '../spec/print-expression.js'
import { binaryOperations, unaryOperations } from './arithmetic.js'
import { readAttribute, readItem } from './attributes.js'
import { draw } from './draw.js'
import type { Scope } from './scope.js'

/** The value of plain data: expressions in it are evaluated, lists and objects are rebuilt, live things are handed out. */
export function evaluate(value: unknown, scope: Scope): unknown {
  const letter = letterOf(value)
  if (letter !== undefined) return readings[letter](value as NamedJson, scope)
  const operation = operationOf(value)
  if (operation !== undefined) return operate(operation, (value as Record<string, readonly unknown[]>)[operation]!, scope)
  const live = liveNameOf(value)
  if (live !== undefined) return scope.session.bindings.values[live]
  if (Array.isArray(value)) return value.map(item => evaluate(item, scope))
  if (isPlainObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluate(item, scope)]))
  return value
}

type NamedJson = Readonly<Record<string, unknown>>

const readings: Record<ExpressionLetter, (json: NamedJson, scope: Scope) => unknown> = {
  B: ({ B }, scope) => {
    const batch = scope.requireBatch('B')
    if (B === null || B === undefined || B === '') return batch
    const name = String(evaluate(B, scope))
    if (batch.componentNames.includes(name)) return batch.get(name)
    if (Object.hasOwn(batchFacts, name)) return batchFacts[name as keyof typeof batchFacts](batch)
    return fail('unknown-name', { kind: 'component', seen: name, allowed: [...batch.componentNames, ...Object.keys(batchFacts)] })
  },
  C: (json, scope) => {
    const { config } = scope.session
    if (json.C === null || json.C === '') return evaluate(config.toJSON(), scope)
    const path = String(evaluate(json.C, scope))
    if (!config.has(path)) {
      return 'default' in json
        ? evaluate(json.default, scope)
        : fail('unknown-name', { kind: 'config entry', seen: path, allowed: config.keys({ flatten: true }) })
    }
    const found = config.get(path)
    return evaluate(found instanceof Config ? found.toJSON() : found, scope)
  },
  D: ({ D }, scope) => {
    const dataset = scope.requireDataset()
    if (D === null || D === '') return dataset
    const name = String(evaluate(D, scope))
    if (Object.hasOwn(dataset.attributes, name)) return dataset.attributes[name]
    if (Object.hasOwn(datasetFacts, name)) return datasetFacts[name as keyof typeof datasetFacts](dataset)
    return fail('unknown-name', {
      kind: 'dataset attribute',
      seen: name,
      allowed: [...Object.keys(dataset.attributes), ...Object.keys(datasetFacts)],
    })
  },
  F: ({ F, args }, scope) => {
    const fn = scope.session.bindings.values[String(F)]
    if (typeof fn !== 'function')
      return fail('unknown-name', { kind: 'function', seen: String(F), allowed: Object.keys(scope.session.bindings.values) })
    return fn(...(args === undefined ? [] : (evaluate(args, scope) as unknown[])))
  },
  I: ({ I }, scope) => {
    const current = (scope.walk?.current ?? 0) + 1
    const maximum = scope.walk?.order.total ?? null
    const part = String(I ?? 'current')
    if ('current'.startsWith(part)) return current
    if ('maximum'.startsWith(part) || part === 'total') return maximum
    if ('ratio'.startsWith(part)) {
      return maximum === null
        ? fail('wrong-value', { name: "I('ratio')", seen: 'an endless run', allowed: 'a run with epochs or iterations' })
        : current / maximum
    }
    return fail('unknown-name', { kind: 'part of the iteration', seen: part, allowed: ['current', 'maximum', 'ratio'] })
  },
  M: ({ M }, scope) => scope.session.model(String(evaluate(M, scope))),
  R: (json, scope) => draw(json, scope, evaluate),
  V: ({ V }, scope) => scope.session.variable(String(evaluate(V, scope))),
  W: ({ W }) => W,
}

function operate(operation: Operation, operands: readonly unknown[], scope: Scope): unknown {
  const name = () => printExpression({ [operation]: operands as never })
  try {
    if (operation === '()') return callMethod(operands, scope)
    const [first, ...others] = operands.map(item => evaluate(item, scope))
    if (operation === '.') return readAttribute(first, String(others[0]))
    if (operation === '[]') return readItem(first, others)
    return others.length === 0 ? unaryOperations[operation as '-'](first) : binaryOperations[operation as '+'](first, others[0])
  } catch (error) {
    if (error instanceof MillraceError) throw error
    return fail('expression-failed', { expression: name(), message: (error as Error).message }, {}, error)
  }
}

/** A method call: the target is always an attribute, so that `this` is the value it belongs to. */
function callMethod([target, ...args]: readonly unknown[], scope: Scope): unknown {
  const attribute = operationOf(target) === '.' ? (target as Record<string, readonly unknown[]>)['.']! : undefined
  const owner = attribute === undefined ? undefined : evaluate(attribute[0], scope)
  const method = attribute === undefined ? evaluate(target, scope) : readAttribute(owner, String(evaluate(attribute[1], scope)))
  if (typeof method !== 'function') throw new TypeError('this is not a function')
  return Reflect.apply(
    method,
    owner,
    args.map(item => evaluate(item, scope)),
  )
}
