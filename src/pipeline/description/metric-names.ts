/** The names that `evaluate` of some kind of metrics takes, for files, which can call it on metrics only. */
import { toMetricName } from '../../metrics/metric-name.js'
import { metricRows } from '../../metrics/metric-rows.js'
import { regressionRows } from '../../metrics/regression-rows.js'

const tables = [metricRows, regressionRows, { loss: { aliases: [] } }]

/** Every name, of all kinds. */
export const metricNames: readonly string[] = [
  ...new Set(tables.flatMap(table => Object.entries(table).flatMap(([name, { aliases }]) => [name, ...aliases]))),
]

/** True if some kind of metrics knows a name, however it is spelt. */
export function isMetricName(name: string): boolean {
  return tables.some(table => {
    try {
      return toMetricName(name, table, 'metrics') !== undefined
    } catch {
      return false
    }
  })
}
