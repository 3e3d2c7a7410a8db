/** A distribution bound to its parameters: checked, with defaults, ready to draw. */
import { fail } from '../errors/index.js'
import { describeValue } from '../util/describe-value.js'
import type { Distribution, Draw } from '../util/distributions/distribution.js'
import { type DistributionName, distributionNames, distributionOf, isDistributionName } from '../util/distributions/table.js'

export interface BoundDistribution {
  readonly name: DistributionName
  readonly yields: Distribution['yields']
  /** The number of draws of a seed, usually Infinity. */
  readonly max: number
  readonly draw: Draw
}

/**
 * Binds parameters by position, by name, or both.
 *
 * @throws MillraceError `unknown-name`, `unknown-option`, `missing-argument`, `wrong-value`
 */
export function bindDistribution(
  name: string,
  positional: readonly unknown[],
  named: Readonly<Record<string, unknown>> = {},
): BoundDistribution {
  if (!isDistributionName(name)) return fail('unknown-name', { kind: 'distribution', seen: name, allowed: distributionNames })
  const row = distributionOf(name)
  const values = readParameters(name, row, positional, named)
  const problem = row.problem?.(values)
  if (problem !== undefined) fail('wrong-parameters', { name, problem })
  return { name, yields: row.yields, max: row.max?.(values) ?? Number.POSITIVE_INFINITY, draw: row.draw(values) }
}

function readParameters(
  name: string,
  { parameters }: Distribution,
  positional: readonly unknown[],
  named: Readonly<Record<string, unknown>>,
) {
  const of = `the distribution ${name}`
  const names = Object.keys(parameters)
  if (positional.length > names.length) {
    fail('wrong-parameters', { name, problem: `${positional.length} are given by position, but it has only ${names.join(', ')}` })
  }
  for (const seen of Object.keys(named)) {
    if (!names.includes(seen)) fail('unknown-option', { of, seen, allowed: names })
    if (names.indexOf(seen) < positional.length) fail('wrong-parameters', { name, problem: `${seen} is given by position and by name` })
  }
  const entries = Object.entries(parameters).map(([parameter, { allowed, read, standard }], i) => {
    const given = i < positional.length ? positional[i] : named[parameter]
    if (given === undefined)
      return [parameter, standard === undefined ? fail('missing-argument', { action: of, name: parameter }) : standard]
    const value = read(given)
    return [
      parameter,
      value === undefined ? fail('wrong-value', { name: `${parameter} of ${of}`, seen: describeValue(given), allowed }) : value,
    ]
  })
  return Object.fromEntries(entries)
}
