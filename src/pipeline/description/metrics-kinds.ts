/** The kinds of metrics that `gatherMetrics` knows by name, and what each takes. */
import { fail } from '../../errors/index.js'

interface GatherRow {
  /** The kind of metrics it stands for. */
  readonly kind: 'classification' | 'segmentation' | 'instances' | 'regression' | 'loss'
  readonly needs: readonly string[]
  readonly may: readonly string[]
}

const needs = ['targets', 'predictions']
const labels = ['fmt', 'numClasses', 'axis', 'threshold', 'labels']
const classification = { kind: 'classification', needs, may: [...labels, 'skipBg'] } as const
const segmentation = { kind: 'segmentation', needs, may: [...labels, 'skipBg'] } as const
const instances = { kind: 'instances', needs, may: [...labels, 'iot'] } as const

/** One row per name, including BatchFlow's. */
export const gatherRows = {
  classification,
  segmentation,
  mask: segmentation,
  masks: segmentation,
  instances,
  instance: instances,
  regression: { kind: 'regression', needs, may: ['weights', 'multi'] },
  loss: { kind: 'loss', needs: ['loss'], may: ['batchLen'] },
} as const satisfies Record<string, GatherRow>

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
  const kinds = new Set(found.map(name => gatherRows[name].kind))
  return kinds.size === 1 ? found[0]! : fail('metrics-kind', { seen, matches: found, allowed: gatherNames })
}

/** @throws MillraceError `unknown-option`, `missing-argument` if a kind receives arguments that are not its own */
export function checkGatherArguments(name: GatherName, args: Readonly<Record<string, unknown>>): void {
  const { needs, may }: GatherRow = gatherRows[name]
  const allowed = [...needs, ...may]
  const of = `gatherMetrics of ${name}`
  for (const seen of Object.keys(args)) if (!allowed.includes(seen)) fail('unknown-option', { of, seen, allowed })
  for (const one of needs) if (!Object.hasOwn(args, one)) fail('missing-argument', { action: of, name: one })
}
