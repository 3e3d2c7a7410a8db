/** One error of ajv → one located MillraceError. */

import { nearestName } from '../../../errors/index.js'
import { describeKind } from '../../../util/describe-value.js'
import { isPlainObject, type JsonSchema, type JsonValue } from '../../../util/json.js'
import { liveActions } from '../../description/action-table.js'
import { actionPathOf } from '../../description/content/visit-actions.js'
import type { Registry } from '../../description/registry.js'
import { allowedActions } from '../checks/allowed-actions.js'
import type { Findings } from '../checks/findings.js'
import { printPath } from '../read/key-path.js'
import { COMMAND_LINE } from '../read/override-text.js'
import type { Origin, Path, Tree } from '../read/tree.js'
import { describeSchema } from './describe-schema.js'
import { contextOf, originOfKey, originOfValue, valueAt } from './locate.js'
import type { SchemaError } from './schema-error.js'

export function tellSchemaError(error: SchemaError, root: Tree, plain: JsonValue, registry: Registry, findings: Findings): void {
  const { keyword, path, params, data } = error
  const parent = error.parentSchema as JsonSchema
  const context = contextOf(root, path)
  const name = nameOfPath(path)
  const add: Findings['add'] = (code, details, origin, _context, reach) => findings.add(code, details, origin, context, reach)
  const byType = (fix?: string) => {
    const kind = itemKind(path)
    const allowed = kind ? `${kind === 'action' ? 'an action' : 'a chart'}: its name, a colon, a map` : describeSchema(parent, data)
    add('wrong-type', { name, seen: describeKind(data), allowed, fix }, originOfValue(root, path))
  }

  switch (keyword) {
    case 'additionalProperties': {
      const seen = params.additionalProperty as string
      const origin = originOfKey(root, [...path, seen])
      const item = itemKind(path)
      if (item === 'action' && liveActions.includes(seen)) return add('function-in-yaml', { seen }, origin)
      if (item === 'action') return add('unknown-action', { seen, allowed: allowedActions(plain, path[1]!, registry) }, origin)
      const allowed = Object.keys((parent.properties ?? {}) as object)
      if (item === 'chart') return add('unknown-name', { kind: 'chart', seen, allowed }, origin)
      return add('unknown-key', { where: name, seen, allowed, meant: params.meant as string | undefined }, origin)
    }
    case 'required':
    case 'dependencies': {
      const because = keyword === 'dependencies' ? (params.property as string) : undefined
      const keys = params.missing as string[]
      return add('missing-key', { where: name, keys, because }, originOfKey(root, path), {}, endOf(root, path))
    }
    case 'not': {
      const keys = isPlainObject(error.schema) ? error.schema.required : undefined
      if (!Array.isArray(keys)) return byType()
      return add('keys-exclude', { where: name, ...exclusion(root, path, keys as string[]) }, originOfKey(root, [...path, keys.at(-1)]))
    }
    case 'maxProperties':
      if (itemKind(path) === undefined) return byType()
      return add(
        'one-key',
        { kind: itemKind(path)!, seen: Object.keys(data as object) },
        originOfKey(root, [...path, Object.keys(data as object).at(-1)!]),
      )
    case 'enum':
    case 'const': {
      const allowed = keyword === 'enum' ? (error.schema as readonly unknown[]) : [error.schema]
      if (typeof data !== 'string' || !allowed.every(value => typeof value === 'string')) return byType()
      return add('value-not-allowed', { name, seen: data, allowed: allowed as string[] }, originOfValue(root, path))
    }
    default:
      return byType(helpWith(path, data, parent, isQuoted(originOfValue(root, path))))
  }
}

/** Keys that exclude each other; where one comes from the command line, how the others are deleted there. */
function exclusion(root: Tree, path: Path, keys: readonly string[]): { readonly keys: readonly string[]; readonly fix?: string } {
  const inFile = keys.filter(key => originOfKey(root, [...path, key]).source.file !== COMMAND_LINE)
  if (inFile.length === 0 || inFile.length === keys.length) return { keys }
  return { keys, fix: `Delete the other: ${inFile.map(key => `--set '~${printPath([...path, key])}'`).join(' ')}` }
}

/** True if a path leads to an item of `actions` or `charts`: a one-key object. */
function itemKind(path: Path): 'action' | 'chart' | undefined {
  if (path[0] === 'pipelines' && path.length > 2 && actionPathOf(path.slice(2)).length === path.length - 2) return 'action'
  return path[0] === 'report' && path[1] === 'charts' && path.length === 3 ? 'chart' : undefined
}

/** The name of a value: its key, an item's number, "the file" for the whole. */
export function nameOfPath(path: Path): string {
  const last = path.at(-1)
  if (last === undefined) return 'the file'
  return /^\d+$/.test(`${last}`) && path.length > 1 ? `item ${Number(last) + 1} of ${path.at(-2)}` : `${last}`
}

function endOf(root: Tree, path: Path): number | undefined {
  const tree: { readonly origin: Origin } | undefined = valueAt(root, path)
  return tree?.origin.end
}

/** True of a string that is written in quotes, and does not come from a reference. */
const isQuoted = ({ source, start, end }: Origin) => /^(?:"[^$]*"|'[^$]*')$/.test(source.text.slice(start, end).trim())

function helpWith(path: Path, data: unknown, schema: JsonSchema, quoted: boolean): string | undefined {
  const types = [schema, ...((schema.anyOf ?? []) as readonly JsonSchema[])].flatMap(({ type }) => type)
  if ((typeof data === 'number' || typeof data === 'boolean') && types.includes('string')) return `Put it in quotes: '${data}'`
  if (typeof data !== 'string') return undefined
  if (itemKind(path)) return `Write ${data}: {}`
  if (['saveTo', 'dst'].some(key => path.includes(key))) return `Write !V ${data} for a variable, !B ${data} for a component`
  const isNumber = quoted && data.trim() !== '' && Number.isFinite(Number(data))
  if (isNumber && types.some(type => type === 'integer' || type === 'number')) return `Write ${data} without quotes`
  if (types.includes('boolean')) {
    const meant = { yes: 'true', on: 'true', no: 'false', off: 'false' }[data.toLowerCase()] ?? nearestName(data, ['true', 'false'])
    return meant && `Write ${meant}`
  }
  return undefined
}
