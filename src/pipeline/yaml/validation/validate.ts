/** The third stage: the composed document against the schema. ajv finds errors, this folder reports one per mistake. */
import { Ajv, type ValidateFunction } from 'ajv'
import { nearestName } from '../../../errors/index.js'
import { isPlainObject, type JsonValue } from '../../../util/json.js'
import { isActionName } from '../../description/action-table.js'
import { actionPathOf } from '../../description/content/visit-actions.js'
import { isExpressionJson } from '../../description/expressions/expression-json.js'
import type { Registry } from '../../description/registry.js'
import { assembleSchema } from '../../description/schema/assemble-schema.js'
import type { Findings } from '../checks/findings.js'
import { Renames } from '../read/renames.js'
import type { Path, Tree } from '../read/tree.js'
import { inHole } from './locate.js'
import { pruneAlternatives } from './prune-alternatives.js'
import type { SchemaError } from './schema-error.js'
import { tellSchemaError } from './tell-schema-error.js'

const validators = new WeakMap<Registry, ValidateFunction>()

function validatorFor(registry: Registry): ValidateFunction {
  const known = validators.get(registry)
  if (known) return known
  // The schema is Millrace's own, compiled once and run once: neither checking nor optimizing it pays off.
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    // Infinity and NaN are no numbers: no option takes them.
    strictNumbers: true,
    meta: false,
    validateSchema: false,
    addUsedSchema: false,
    code: { optimize: false },
  })
  const validator = ajv.compile(assembleSchema(registry, { expressions: false }))
  validators.set(registry, validator)
  return validator
}

/**
 * Reports every schema error, and returns the names that were surely meant, so that a typo in one place does not make other places
 * look wrong.
 */
export function validateSpec(root: Tree, plain: JsonValue, registry: Registry, findings: Findings): Renames {
  const validator = validatorFor(registry)
  const renames = new Renames()
  if (validator(plain)) return renames
  const all = (validator.errors ?? []).map((error): SchemaError => ({ ...error, path: toPath(error.instancePath) }))
  const groups = [...byPlace(all).values()].map(group =>
    withoutConsequences(
      pruneAlternatives(group).filter(
        error =>
          error.keyword !== 'if' &&
          !isIdle(error) &&
          !isReference(error) &&
          !inHole(root, error.path) &&
          !isInExpression(plain, error.path),
      ),
    ),
  )
  for (const errors of groups.slice(0, MAX_GROUPS)) findRenames(errors, renames)
  for (const errors of groups) tellErrors(errors, renames, { root, plain, registry, findings })
  return renames
}

/** Actions and sections in which misspelt keys are corrected for later stages. */
const MAX_GROUPS = 200

/** Errors by the action, or the section, that they are in: what is in another has no bearing on them. */
function byPlace(errors: readonly SchemaError[]): ReadonlyMap<string, SchemaError[]> {
  const groups = new Map<string, SchemaError[]>()
  for (const error of errors) {
    const place = JSON.stringify(error.path.slice(0, error.path[0] === 'pipelines' ? 4 : 1))
    const group = groups.get(place)
    if (group) group.push(error)
    else groups.set(place, [error])
  }
  return groups
}

function findRenames(errors: readonly SchemaError[], renames: Renames): void {
  const missing = onlyMissing(errors)
  for (const { keyword, path, params, data, parentSchema } of errors) {
    if (keyword !== 'additionalProperties') continue
    const near = nearestName(params.additionalProperty as string, Object.keys((parentSchema!.properties ?? {}) as object))
    const meant = near ?? missing.get(path.join('/'))
    if (meant !== undefined && !Object.hasOwn(data as object, meant)) renames.add(path, params.additionalProperty as string, meant)
  }
}

interface Telling {
  readonly root: Tree
  readonly plain: JsonValue
  readonly registry: Registry
  readonly findings: Findings
}

function tellErrors(errors: readonly SchemaError[], renames: Renames, { root, plain, registry, findings }: Telling): void {
  const told = new Set<string>()
  for (const error of errors) {
    if (findings.isFull) return findings.addMore()
    const { keyword, path, params } = error
    // All keys missing from a map are one error, and the key that a misspelt one was meant to be is not missing.
    const missing =
      keyword === 'required' ? missingKeys(errors, error) : keyword === 'dependencies' ? [params.missingProperty as string] : []
    const left = missing.filter(key => !renames.has(path, key) && !told.has(JSON.stringify([path, key])))
    if (missing.length > 0 && left.length === 0) continue
    const about = left.length > 0 ? left : [params.additionalProperty ?? (keyword === 'not' ? keyword : '')]
    const keys = about.map(one => JSON.stringify([path, one]))
    if (keys.some(key => told.has(key))) continue
    for (const key of keys) told.add(key)
    const meant = keyword === 'additionalProperties' ? renames.meantBy(path, params.additionalProperty as string) : undefined
    const further = left.length > 0 ? { missing: left } : { meant }
    tellSchemaError({ ...error, params: { ...params, ...further } }, root, plain, registry, findings)
  }
}

/** For an item with several keys only that is reported: its keys are misplaced. */
function withoutConsequences(errors: readonly SchemaError[]): readonly SchemaError[] {
  const crowded = errors.filter(({ keyword, path }) => keyword === 'maxProperties' && path.length > 0)
  return errors.filter(error => crowded.includes(error) || !crowded.some(({ path }) => path.every((key, i) => error.path[i] === key)))
}

/** The missing key of each map that has one, and one unknown key: these are one mistake. */
function onlyMissing(errors: readonly SchemaError[]): ReadonlyMap<string, string> {
  const counts = new Map<string, { missing: readonly string[]; unknown: number }>()
  for (const { keyword, path, params } of errors) {
    if (keyword !== 'required' && keyword !== 'additionalProperties') continue
    const at = path.join('/')
    const { missing, unknown } = counts.get(at) ?? { missing: [], unknown: 0 }
    const isMissing = keyword === 'required'
    counts.set(at, {
      missing: isMissing ? [...missing, params.missingProperty as string] : missing,
      unknown: isMissing ? unknown : unknown + 1,
    })
  }
  return new Map([...counts].flatMap(([at, { missing, unknown }]) => (missing.length === 1 && unknown === 1 ? [[at, missing[0]!]] : [])))
}

/** Keys exclude each other in maps alone; that another value is no map is an error of its own. */
const isIdle = ({ keyword, data, schema }: SchemaError) =>
  keyword === 'not' && isPlainObject(schema) && 'required' in schema && !isPlainObject(data)

/** Errors about what a chart refers to list the existing names, not their form. */
const isReference = ({ keyword, path }: SchemaError) => keyword === 'pattern' && path[0] === 'report'

const missingKeys = (errors: readonly SchemaError[], { instancePath }: SchemaError): readonly string[] => [
  ...new Set(
    errors.filter(one => one.keyword === 'required' && one.instancePath === instancePath).map(one => one.params.missingProperty as string),
  ),
]

const toPath = (pointer: string): Path =>
  pointer
    .split('/')
    .slice(1)
    .map(key => key.replace(/~1/g, '/').replace(/~0/g, '~'))

/** True if a value is, or is part of, an allowed expression: anywhere in the arguments of a batch class's action. */
function isInExpression(plain: JsonValue, path: Path): boolean {
  if (path[0] !== 'pipelines') return false
  const start = 2 + actionPathOf(path.slice(2)).length
  if (start === 2 || path[start] === undefined || isActionName(`${path[start]}`)) return false
  let value: unknown = plain
  for (const [depth, key] of path.entries()) {
    value = (value as Record<string, unknown>)[key]
    if (depth > start && isExpressionJson(value)) return true
  }
  return false
}
