/** The modules whose code a file runs: each is written out, allowed and there. None is loaded. */
import { dirname, relative, resolve, sep } from 'node:path'
import { isPlainObject, type JsonObject } from '../../../util/json.js'
import { ownActionOf } from '../../description/content/own-actions.js'
import { actionNumber, actionsOf, rowOf } from '../../description/content/visit-actions.js'
import { isExpressionJson } from '../../description/expressions/expression-json.js'
import type { Registry } from '../../description/registry.js'
import { batchClasses } from '../../description/schema/action-schemas.js'
import { opensetOf } from '../checks/allowed-actions.js'
import type { Checked } from '../checks/checked.js'
import type { Path } from '../read/tree.js'
import { valueAt } from '../validation/locate.js'
import { findModule } from './module-rule.js'

/** A module that a run of a file loads. */
export interface LoadedModule {
  /** Its name in the description: as written, or, in an extended file, its path from the folder of the first one. */
  readonly module: string
  /** The function that is called. */
  readonly export: string
  /** Where it is, links followed. */
  readonly place: string
  readonly url: string
  readonly pipeline: string
  readonly action: { readonly name: string; readonly number: number | string }
  /** Keys from the document to its name. */
  readonly path: readonly (string | number)[]
}

/** Where a file's relative names of modules start, and what else it may load. */
export interface ModulesScope {
  readonly folder: string
  readonly allowed: readonly string[]
}

/** Reports every module that a file may not load or that is not there; returns the others. */
export function checkModules(checked: Checked, { folder, allowed }: ModulesScope): readonly LoadedModule[] {
  const { root, plain, pipelines, registry, renames } = checked
  const found: LoadedModule[] = []
  for (const [pipeline, spec] of pipelines) {
    for (const { name, args, path } of spec ? actionsOf(spec) : []) {
      for (const keys of namingModules(name, opensetOf(plain, spec!.dataset, registry)?.batchClass, registry)) {
        const at = ['pipelines', pipeline, ...path, name]
        const option = keys.join('.')
        if (!isPlainObject(args)) continue
        const module = valueBelow(args, keys)
        if (module === undefined && rowOf(name) === undefined) checked.tell(at, 'missing-key', { where: name, keys: [option] })
        else if (isExpressionJson(module)) checked.tell([...at, ...keys], 'module-computed', { action: name, option })
        if (typeof module !== 'string') continue
        const source = valueAt(root, renames.toWritten([...at, ...keys]))?.origin.source.file ?? ''
        const own = source === root.origin.source.file || source === SET ? folder : dirname(resolve(source))
        const ruling = findModule(module, own, allowed)
        if ('refused' in ruling) checked.tell([...at, ...keys], 'module-not-allowed', ruling.refused)
        else if ('missing' in ruling) checked.tell([...at, ...keys], 'module-missing', ruling.missing)
        else
          found.push({
            ...ruling,
            module: own === folder || ruling.url === module ? module : fromFolder(folder, resolve(own, module)),
            export: exportOf(args, keys),
            pipeline,
            action: { name, number: actionNumber(path) },
            path: [...at, ...keys],
          })
      }
    }
  }
  return found
}

/** The document with the names of modules as they are called in the description. */
export function withModules(plain: JsonObject, modules: readonly LoadedModule[]): JsonObject {
  return modules.reduce((document, { path, module }) => replaced(document, path, module) as JsonObject, plain)
}

const SET = '--set'

/** The paths of an action's options that name modules. */
function namingModules(name: string, own: Parameters<typeof ownActionOf>[0] | undefined, registry: Registry) {
  const row = rowOf(name)
  if (row) return row.modules ?? []
  const classes = own ? [own] : batchClasses(registry)
  return classes.map(batchClass => ownActionOf(batchClass, name)?.modules).find(Boolean) ?? []
}

/** The value that keys lead to, or the expression on the way there; undefined if there is none. */
function valueBelow(value: unknown, keys: readonly string[]): unknown {
  if (isExpressionJson(value)) return value
  const [key, ...others] = keys
  if (key === undefined) return value
  return isPlainObject(value) && Object.hasOwn(value, key) ? valueBelow(value[key], others) : undefined
}

/** The name of the function, beside that of the module. */
function exportOf(args: JsonObject, keys: readonly string[]): string {
  const { export: name } = valueBelow(args, keys.slice(0, -1)) as { export?: unknown }
  return typeof name === 'string' ? name : 'default'
}

function fromFolder(folder: string, path: string): string {
  const way = relative(folder, path).split(sep).join('/')
  return way.startsWith('.') ? way : `./${way}`
}

function replaced(value: unknown, [key, ...others]: Path, replacement: string): unknown {
  if (key === undefined) return replacement
  if (Array.isArray(value)) return value.with(Number(key), replaced(value[Number(key)], others, replacement))
  const map = value as Record<string, unknown>
  return { ...map, [key]: replaced(map[key], others, replacement) }
}
