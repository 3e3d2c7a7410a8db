/**
 * The reading half of the table of named expressions: how each letter is evaluated and, if values can be saved to it, saved. The
 * compiler requires a row per letter, and `save` if the letter's row says `savable`.
 */
import { fail } from '../../../errors/index.js'
import { Config } from '../../../util/config.js'
import { copyValue } from '../../../util/copy-value.js'
import { readStored } from '../../description/content/stored-config.js'
import type { ComponentValue, SourceBatch } from '../../description/contracts.js'
import { Expression } from '../../description/expressions/expression.js'
import { batchFacts, datasetFacts } from '../../description/expressions/facts.js'
import { iterationParts } from '../../description/expressions/letters/pipeline.js'
import type { ExpressionLetter, SavableLetter } from '../../description/expressions/letters.js'
import { type LongSaveMode, type SaveMode, toSaveMode } from '../../description/expressions/save-mode.js'
import type { Evaluate, Scope } from '../execution/scope.js'
import { combine } from '../saving/combine.js'
import { isTruthy } from './condition.js'
import { copyKept } from './copy-kept.js'
import { draw } from './draw.js'
import { entriesFor, entriesOf, Items } from './items.js'
import { readEach, readOnce } from './read-per-item.js'
import { readVariable } from './read-variable.js'

export type NamedJson = Readonly<Record<string, unknown>>

interface Reading {
  /** Its value. An expression among the values is evaluated in turn. */
  read(json: NamedJson, scope: Scope, evaluate: Evaluate): unknown
}

interface Saving {
  save(json: NamedJson, value: unknown, mode: LongSaveMode, scope: Scope, evaluate: Evaluate): void
}

type Rows = { readonly [Letter in ExpressionLetter]: Letter extends SavableLetter ? Reading & Saving : Reading }

export const letterReadings: Rows = {
  B: {
    read: ({ B, copy }, scope, evaluate) => {
      const batch = scope.requireBatch('B')
      if (B === null || B === undefined || B === '') return batch
      const name = String(evaluate(B, scope))
      if (batch.componentNames.includes(name)) return copy ? copyValue(batch.get(name)) : batch.get(name)
      if (Object.hasOwn(batchFacts, name)) return batchFacts[name as keyof typeof batchFacts](batch)
      return fail('unknown-name', { kind: 'component', seen: name, allowed: [...batch.componentNames, ...Object.keys(batchFacts)] })
    },
    save: ({ B }, value, mode, scope, evaluate) => saveComponent(scope.requireBatch('B'), String(evaluate(B, scope)), value, mode),
  },
  C: {
    read: (json, scope, evaluate) => {
      const { config } = pipelineOf(json, scope, evaluate)
      if (json.C === null || json.C === '') return evaluate(readStored(config), scope)
      const path = String(evaluate(json.C, scope))
      if (config.has(path)) return evaluate(readStored(config.get(path)), scope)
      if ('default' in json) return evaluate(json.default, scope)
      return fail('unknown-name', { kind: 'config entry', seen: path, allowed: config.keys({ flatten: true }) })
    },
    save: ({ C }, value, mode, scope, evaluate) => {
      const path = String(evaluate(C, scope))
      const kept = scope.session.config.get(path)
      const own = kept instanceof Config ? readStored(kept) : copyKept(readStored(kept))
      scope.session.saveConfig(path, combine(own, value, mode, `C('${path}')`))
    },
  },
  D: {
    read: ({ D }, scope, evaluate) => {
      const dataset = scope.requireDataset(evaluate)
      if (D === null || D === '') return dataset
      const name = String(evaluate(D, scope))
      if (Object.hasOwn(dataset.attributes, name)) return dataset.attributes[name]
      if (Object.hasOwn(datasetFacts, name)) return datasetFacts[name as keyof typeof datasetFacts](dataset)
      const allowed = [...Object.keys(dataset.attributes), ...Object.keys(datasetFacts)]
      return fail('unknown-name', { kind: 'dataset attribute', seen: name, allowed })
    },
  },
  F: {
    read: ({ F, args }, scope, evaluate) => {
      const { values } = scope.session.bindings
      const fn = typeof F === 'function' ? F : values[String(F)]
      if (typeof fn !== 'function') return fail('unknown-name', { kind: 'function', seen: String(F), allowed: Object.keys(values) })
      return atOnce(fn(...(args === undefined ? [] : (evaluate(args, scope) as unknown[]))))
    },
  },
  I: {
    read: ({ I }, scope) => {
      const current = scope.iteration
      const maximum = scope.walk?.total ?? null
      const part = String(I ?? 'current')
      if ('current'.startsWith(part)) return current
      if ('maximum'.startsWith(part) || part === 'total') return maximum
      if (!'ratio'.startsWith(part)) return fail('unknown-name', { kind: 'part of the iteration', seen: part, allowed: iterationParts })
      if (maximum !== null) return current / maximum
      return fail('wrong-value', { name: "I('ratio')", seen: 'an endless run', allowed: 'a run with epochs or iterations' })
    },
  },
  IF: {
    read: ({ IF }, scope, evaluate) => {
      const [condition, value, other] = IF as readonly unknown[]
      return evaluate(isTruthy(evaluate(condition, scope)) ? value : other, scope)
    },
  },
  L: {
    read: ({ L }, scope, evaluate) => {
      const name = String(evaluate(L, scope))
      return new Items(entriesFor(evaluate({ B: name }, scope), scope.requireBatch('L').length, `L('${name}')`))
    },
    save: ({ L }, value, mode, scope, evaluate) => {
      const name = String(evaluate(L, scope))
      const batch = scope.requireBatch('L')
      const kept = mode === 'write' ? undefined : entriesOf(batch.get(name))
      const entries = entriesFor(value, batch.length, `L('${name}')`)
      batch.set(
        name,
        entries.map((one, i) => combine(kept?.[i], one, mode, `L('${name}')`)),
      )
    },
  },
  M: { read: ({ M }, scope, evaluate) => scope.session.model(String(evaluate(M, scope))) },
  P: { read: ({ P }, scope, evaluate) => readOnce(P, scope, evaluate) },
  PP: { read: ({ PP }, scope, evaluate) => readEach(PP, scope, evaluate) },
  R: { read: draw },
  V: {
    read: (json, scope, evaluate) => pipelineOf(json, scope, evaluate).variable(String(evaluate(json.V, scope))),
    save: (json, value, mode, scope, evaluate) => {
      const name = String(evaluate(json.V, scope))
      const kept = readVariable(scope.session, name, evaluate)
      scope.session.variables.set(name, combine(kept, value, toSaveMode((json.mode as SaveMode) ?? mode), `V('${name}')`))
    },
  },
  W: { read: ({ W }, { session }) => new Expression(W as Expression['json'], session.bindings.values) },
}

/** Saves a value to a component of a batch. */
export function saveComponent(batch: SourceBatch, name: string, value: unknown, mode: LongSaveMode): void {
  batch.set(name, combine(batch.get(name), value, mode, `B('${name}')`) as ComponentValue)
}

/** What variables and config are read from: this pipeline's session, or another pipeline. */
interface ReadablePipeline {
  readonly config: Config
  variable(name: string): unknown
}

function pipelineOf({ pipeline }: NamedJson, { session }: Scope, evaluate: Evaluate): ReadablePipeline {
  if (pipeline === undefined) return { config: session.config, variable: name => readVariable(session, name, evaluate) }
  const { pipelines } = session.bindings
  const other = typeof pipeline === 'object' ? pipeline : Object.hasOwn(pipelines, String(pipeline)) && pipelines[String(pipeline)]
  if (!other || !('v' in other && 'config' in other)) {
    return fail('unknown-name', { kind: 'pipeline', seen: String(pipeline), allowed: Object.keys(pipelines) })
  }
  const { config, v } = other as { readonly config: Config; v(name: string): unknown }
  return { config, variable: name => v.call(other, name) }
}

/** What a function returns, which must not be a promise, since expressions do not wait. */
export function atOnce(value: unknown): unknown {
  if (!(value instanceof Promise)) return value
  value.catch(() => undefined)
  throw new TypeError('it returned a promise, and expressions are evaluated synchronously: use an action, call(fn, { args, saveTo })')
}
