/** Values of expressions: a reading of their JSON in a scope. */
import { fail, MillraceError } from '../../../errors/index.js'
import type { Config } from '../../../util/config.js'
import { copyValue } from '../../../util/copy-value.js'
import { isPlainObject } from '../../../util/json.js'
import { readStored } from '../../description/content/stored-config.js'
import { Expression } from '../../description/expressions/expression.js'
import {
  type ExpressionLetter,
  LIVE,
  letterOf,
  liveNameOf,
  type Operation,
  operationOf,
} from '../../description/expressions/expression-json.js'
import { batchFacts, datasetFacts } from '../../description/expressions/facts.js'
import { printExpression } from '../../description/expressions/print-expression.js'
import type { Scope } from '../execution/scope.js'
import { binaryOperations, unaryOperations } from './arithmetic.js'
import { readAttribute, readItem } from './attributes.js'
import { isTruthy } from './condition.js'
import { draw } from './draw.js'
import { each, entriesFor, Items, settled } from './items.js'
import { readEach, readOnce } from './read-per-item.js'

/** The value of plain data: expressions in it are evaluated, lists and objects are rebuilt, live things are handed out. */
export function evaluate(value: unknown, scope: Scope): unknown {
  return settled(read(value, scope))
}

/** The same, where what is behind `L` can still be done with each item. */
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

type NamedJson = Readonly<Record<string, unknown>>

/** An expression that is the value of another one is evaluated too, but for what `W` hands on. */
function readNamed(letter: ExpressionLetter, json: NamedJson, scope: Scope): unknown {
  const value = named(json, () => readings[letter](json, scope))
  return value instanceof Expression && letter !== 'W' ? evaluate(withLive(value.json, value.values), scope) : value
}

const readings: Record<ExpressionLetter, (json: NamedJson, scope: Scope) => unknown> = {
  B: ({ B, copy }, scope) => {
    const batch = scope.requireBatch('B')
    if (B === null || B === undefined || B === '') return batch
    const name = String(evaluate(B, scope))
    if (batch.componentNames.includes(name)) return copy ? copyValue(batch.get(name)) : batch.get(name)
    if (Object.hasOwn(batchFacts, name)) return batchFacts[name as keyof typeof batchFacts](batch)
    return fail('unknown-name', { kind: 'component', seen: name, allowed: [...batch.componentNames, ...Object.keys(batchFacts)] })
  },
  C: (json, scope) => {
    const { config } = pipelineOf(json, scope)
    if (json.C === null || json.C === '') return evaluate(readStored(config), scope)
    const path = String(evaluate(json.C, scope))
    if (!config.has(path)) {
      return 'default' in json
        ? evaluate(json.default, scope)
        : fail('unknown-name', { kind: 'config entry', seen: path, allowed: config.keys({ flatten: true }) })
    }
    return evaluate(readStored(config.get(path)), scope)
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
    const fn = typeof F === 'function' ? F : scope.session.bindings.values[String(F)]
    if (typeof fn !== 'function')
      return fail('unknown-name', { kind: 'function', seen: String(F), allowed: Object.keys(scope.session.bindings.values) })
    return atOnce(fn(...(args === undefined ? [] : (evaluate(args, scope) as unknown[]))))
  },
  I: ({ I }, scope) => {
    const current = scope.iteration
    const maximum = scope.walk?.total ?? null
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
  IF: ({ IF }, scope) => {
    const [condition, value, other] = IF as readonly unknown[]
    return evaluate(isTruthy(evaluate(condition, scope)) ? value : other, scope)
  },
  L: ({ L }, scope) => {
    const name = String(evaluate(L, scope))
    return new Items(entriesFor(evaluate({ B: name }, scope), scope.requireBatch('L').length, `L('${name}')`))
  },
  M: ({ M }, scope) => scope.session.model(String(evaluate(M, scope))),
  P: ({ P }, scope) => readOnce(P, scope, evaluate),
  PP: ({ PP }, scope) => readEach(PP, scope, evaluate),
  R: (json, scope) => draw(json, scope, evaluate),
  V: (json, scope) => pipelineOf(json, scope).variable(String(evaluate(json.V, scope))),
  W: ({ W }, { session }) => new Expression(W as Expression['json'], session.bindings.values),
}

/** Where variables and config are read: this pipeline's session, or another pipeline. */
interface ReadablePipeline {
  readonly config: Config
  variable(name: string): unknown
}

function pipelineOf({ pipeline }: NamedJson, { session }: Scope): ReadablePipeline {
  if (pipeline === undefined) return session
  const { pipelines } = session.bindings
  const other = typeof pipeline === 'object' ? pipeline : Object.hasOwn(pipelines, String(pipeline)) && pipelines[String(pipeline)]
  if (!other || !('v' in other && 'config' in other)) {
    return fail('unknown-name', { kind: 'pipeline', seen: String(pipeline), allowed: Object.keys(pipelines) })
  }
  const { config, v } = other as { readonly config: Config; v(name: string): unknown }
  return { config, variable: name => v.call(other, name) }
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

/** A method call: the target is an attribute as a rule, so that `this` is the value it belongs to. */
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

/** What a function gave, which must be there: nobody would wait for a promise. */
function atOnce(value: unknown): unknown {
  if (!(value instanceof Promise)) return value
  value.catch(() => undefined)
  throw new TypeError('it gave a promise, and expressions are evaluated at once: do it in an action, call(fn, { args, saveTo })')
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

/** The description of an expression that was made elsewhere, with the live things in it in place of their names. */
function withLive(json: unknown, values: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(json)) return json.map(item => withLive(item, values))
  if (!isPlainObject(json)) return json
  if (Object.hasOwn(json, LIVE)) return values[String(json[LIVE])]
  const letter = letterOf(json)
  const liveKeys = letter === 'F' ? ['F'] : letter === 'V' || letter === 'C' ? ['pipeline'] : []
  return Object.fromEntries(
    Object.entries(json).map(([key, item]) => [
      key,
      liveKeys.includes(key) && Object.hasOwn(values, String(item)) ? values[String(item)] : withLive(item, values),
    ]),
  )
}
