/** The names that `evaluate` of some kind of metrics takes, for files, which can call it on metrics only. */
import { toMetricName } from '../../metrics/metric-name.js'
import { metricRows } from '../../metrics/metric-rows.js'
import type { MetricsKind } from '../../metrics/options.js'
import { regressionRows } from '../../metrics/regression-rows.js'

type Table = Readonly<Record<string, { readonly aliases: readonly string[] }>>

const tables: Readonly<Record<MetricsKind, Table>> = {
  classification: metricRows,
  segmentation: metricRows,
  instances: metricRows,
  regression: regressionRows,
  loss: { loss: { aliases: [] } },
}

/** Every name of a kind. */
export const metricNamesOf = (kind: MetricsKind): readonly string[] =>
  Object.entries(tables[kind]).flatMap(([name, { aliases }]) => [name, ...aliases])

const kinds = Object.keys(tables) as readonly MetricsKind[]

/** Every name, of all kinds. */
export const metricNames: readonly string[] = [...new Set(kinds.flatMap(metricNamesOf))]

/** True if a kind of metrics knows a name, however it is spelt. */
export function isMetricOf(kind: MetricsKind, name: string): boolean {
  try {
    return toMetricName(name, tables[kind], 'metrics') !== undefined
  } catch {
    return false
  }
}

/** True if some kind of metrics knows a name. */
export const isMetricName = (name: string): boolean => kinds.some(kind => isMetricOf(kind, name))
