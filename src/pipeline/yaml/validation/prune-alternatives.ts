import type { SchemaError } from './schema-error.js'

/**
 * For a value that fits no alternative, ajv reports every alternative's errors and one more. If the value has the type of just one
 * alternative, that one's errors are kept; otherwise only the error that nothing fits.
 */
export function pruneAlternatives(errors: readonly SchemaError[]): readonly SchemaError[] {
  let kept = [...errors]
  // ajv reports an inner choice before the outer one: going backwards, the outer is settled first.
  for (const choice of [...errors].reverse()) {
    if ((choice.keyword !== 'anyOf' && choice.keyword !== 'oneOf') || !kept.includes(choice)) continue
    const prefix = `${choice.schemaPath}/`
    const inside = kept.filter(error => error.schemaPath.startsWith(prefix) && error.instancePath.startsWith(choice.instancePath))
    const branches = new Map<string, SchemaError[]>()
    for (const error of inside) {
      const branch = error.schemaPath.slice(prefix.length).split('/')[0]!
      branches.set(branch, [...(branches.get(branch) ?? []), error])
    }
    const near = [...branches.values()].filter(
      branch =>
        !branch.some(({ keyword, instancePath }) => instancePath === choice.instancePath && ['type', 'const', 'enum'].includes(keyword)),
    )
    const dropped = new Set<SchemaError>(near.length === 1 ? [choice, ...inside.filter(error => !near[0]!.includes(error))] : inside)
    kept = kept.filter(error => !dropped.has(error))
  }
  return kept
}
