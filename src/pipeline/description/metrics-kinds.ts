/** The kinds of metrics that `gatherMetrics` knows by name, and what each takes. */
import { fail } from '../../errors/index.js'
import { kindOptions, type MetricsKind } from '../../metrics/options.js'

/** The kind of each name; BatchFlow's names among them. */
export const gatherRows = {
  classification: 'classification',
  segmentation: 'segmentation',
  mask: 'segmentation',
  masks: 'segmentation',
  instances: 'instances',
  instance: 'instances',
  regression: 'regression',
  loss: 'loss',
} as const satisfies Record<string, MetricsKind>

/** A name of a kind of metrics. */
export type GatherName = keyof typeof gatherRows
export const gatherNames = Object.keys(gatherRows) as readonly GatherName[]

export const isGatherName = (name: unknown): name is GatherName => gatherNames.includes(name as GatherName)

/**
 * The name that a name or its beginning stands for: `class` is `classification`. BatchFlow takes any part of a name.
 *
 * @throws MillraceError `metrics-kind` if it is the beginning of no name, or of several different kinds
 */
export function toGatherName(seen: string): GatherName {
  if (isGatherName(seen)) return seen
  const found = gatherNames.filter(name => name.startsWith(seen))
  const kinds = new Set(found.map(name => gatherRows[name]))
  return kinds.size === 1 ? found[0]! : fail('metrics-kind', { seen, matches: found, allowed: gatherNames })
}

/** @throws MillraceError `unknown-option`, `missing-argument` if a kind receives arguments that are not its own */
export function checkGatherArguments(name: GatherName, args: Readonly<Record<string, unknown>>): void {
  const { of: made, takes } = kindOptions[gatherRows[name]]
  const [needs, allowed] = [Object.keys(made), Object.keys({ ...made, ...takes.table })]
  const of = `gatherMetrics of ${name}`
  for (const seen of Object.keys(args)) if (!allowed.includes(seen)) fail('unknown-option', { of, seen, allowed })
  for (const one of needs) if (!Object.hasOwn(args, one)) fail('missing-argument', { action: of, name: one })
}
