/** The third stage: the composed document against the schema. ajv finds, this room tells: one error a mistake. */
import { Ajv, type ValidateFunction } from 'ajv'
import { nearestName } from '../../../errors/index.js'
import type { JsonValue } from '../../../util/json.js'
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
  // The schema is our own: it is compiled once and run once, so neither checking nor optimizing it pays.
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
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
 * Tells every schema error, and gives back the names that were surely meant, so that a slip in one place does not make other places
 * look wrong.
 */
export function validateSpec(root: Tree, plain: JsonValue, registry: Registry, findings: Findings): Renames {
  const validator = validatorFor(registry)
  const renames = new Renames()
  if (validator(plain)) return renames
  const all = (validator.errors ?? []).map((error): SchemaError => ({ ...error, path: toPath(error.instancePath) }))
  const errors = withoutConsequences(
    pruneAlternatives(all).filter(
      error => error.keyword !== 'if' && !isReference(error) && !inHole(root, error.path) && !isInExpression(plain, error.path),
    ),
  )
  for (const { keyword, path, params, data, parentSchema } of errors) {
    if (keyword !== 'additionalProperties') continue
    const near = nearestName(params.additionalProperty as string, Object.keys((parentSchema!.properties ?? {}) as object))
    const meant = near ?? onlyMissing(errors, path)
    if (meant !== undefined && !Object.hasOwn(data as object, meant)) renames.add(path, params.additionalProperty as string, meant)
  }
  const told = new Set<string>()
  for (const error of errors) {
    const { keyword, path, params } = error
    // All that a map misses is one error, and what a misspelt key was meant to be is not missing.
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
  return renames
}

/** Below an item with several keys nothing is said but that: its keys are not where they belong. */
function withoutConsequences(errors: readonly SchemaError[]): readonly SchemaError[] {
  const crowded = errors.filter(({ keyword, path }) => keyword === 'maxProperties' && path.length > 0)
  return errors.filter(error => crowded.includes(error) || !crowded.some(({ path }) => path.every((key, i) => error.path[i] === key)))
}

/** One key that is not known and one that is missing, in one map, are one mistake. */
function onlyMissing(errors: readonly SchemaError[], path: Path): string | undefined {
  const at = errors.filter(error => error.path.join('/') === path.join('/'))
  const missing = at.filter(({ keyword }) => keyword === 'required')
  const unknown = at.filter(({ keyword }) => keyword === 'additionalProperties')
  return missing.length === 1 && unknown.length === 1 ? (missing[0]!.params.missingProperty as string) : undefined
}

/** What a chart refers to is told with the names there are, not by the form they have. */
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

/** Whether a value is, or is part of, an expression where one may stand: anywhere in the arguments of a batch class's action. */
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
