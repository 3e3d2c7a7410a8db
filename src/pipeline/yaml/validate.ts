/** The third stage: the composed document against the schema. ajv finds, this room tells: one error a mistake. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { nearestName } from '../../errors/index.js'
import type { JsonValue } from '../../util/json.js'
import { isActionName } from '../spec/action-table.js'
import { isExpressionJson } from '../spec/expression-json.js'
import type { Registry } from '../spec/registry.js'
import { assembleSchema } from '../spec/schema.js'
import type { Findings } from './findings.js'
import { inHole } from './locate.js'
import { pruneAlternatives } from './prune-alternatives.js'
import { Renames } from './renames.js'
import { tellSchemaError } from './tell-schema-error.js'
import type { Path, Tree } from './tree.js'

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

/** What a schema error is about, besides ajv's own words. */
export interface SchemaError extends ErrorObject {
  readonly path: Path
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
  const errors = pruneAlternatives(all).filter(
    error => error.keyword !== 'if' && !inHole(root, error.path) && !isInExpression(plain, error.path),
  )
  const crowded = errors.filter(({ keyword, path }) => keyword === 'maxProperties' && path.length > 0).map(({ path }) => path)
  const told = new Set<string>()
  for (const error of errors) {
    const { keyword, path, params } = error
    if (keyword !== 'maxProperties' && crowded.some(prefix => prefix.every((key, i) => path[i] === key))) continue
    if (keyword === 'additionalProperties') {
      const to = nearestName(params.additionalProperty as string, Object.keys(error.parentSchema!.properties as object))
      if (to !== undefined && !Object.hasOwn(error.data as object, to)) renames.add(path, params.additionalProperty as string, to)
    }
  }
  for (const error of errors) {
    const { keyword, path, params } = error
    if (keyword !== 'maxProperties' && crowded.some(prefix => prefix.every((key, i) => path[i] === key))) continue
    const missing = keyword === 'required' || keyword === 'dependencies' ? (params.missingProperty as string) : undefined
    if (missing !== undefined && renames.has(path, missing)) continue
    const about = missing ?? params.additionalProperty ?? (keyword === 'not' ? 'not' : '')
    const key = JSON.stringify([path, about])
    if (told.has(key)) continue
    told.add(key)
    if (keyword === 'required') {
      const same = errors.filter(other => other.keyword === 'required' && other.instancePath === error.instancePath)
      params.missing = [...new Set(same.map(other => other.params.missingProperty as string))].filter(one => !renames.has(path, one))
      for (const one of params.missing) told.add(JSON.stringify([path, one]))
    }
    tellSchemaError(error, root, plain, registry, findings)
  }
  return renames
}

const toPath = (pointer: string): Path =>
  pointer
    .split('/')
    .slice(1)
    .map(key => key.replace(/~1/g, '/').replace(/~0/g, '~'))

/** Whether a value is, or is part of, an expression where one may stand: anywhere in the arguments of a batch class's action. */
function isInExpression(plain: JsonValue, path: Path): boolean {
  const [section, , actions, , action] = path
  if (section !== 'pipelines' || actions !== 'actions' || action === undefined || isActionName(`${action}`)) return false
  let value: unknown = plain
  for (const [depth, key] of path.entries()) {
    value = (value as Record<string, unknown>)[key]
    if (depth > 4 && isExpressionJson(value)) return true
  }
  return false
}
