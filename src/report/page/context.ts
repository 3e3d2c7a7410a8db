/** What the charts of one page share: names, colours, ids. */
import { isPlainObject } from '../../util/json.js'
import type { ChartContext } from '../charts/chart-row.js'
import type { PreparedChart } from '../results.js'

/** The number of colours in the style sheet, from `--s0` on. */
const colors = 6

/** The options that are keyed by the short names of models or series. */
const keyed = ['series', 'models', 'baseline', 'candidate', 'maps', 'predictions']

/**
 * Returns a context per chart of a page, in order. Colours go to short names as they first appear on the page; a name set in one chart
 * applies to all.
 */
export function pageContexts(charts: readonly PreparedChart[]): readonly ChartContext[] {
  const keys = [...new Set(charts.flatMap(({ options }) => keyed.flatMap(option => keysOf(options[option]))))]
  const shared = Object.assign({}, ...charts.map(({ options }) => namesOf(options.names)).reverse()) as Record<string, string>
  const counts = new Map<string, number>()
  return charts.map(({ options }) => {
    const names: Record<string, string> = { ...shared, ...namesOf(options.names) }
    return {
      nameOf: key => (Object.hasOwn(names, key) ? names[key]! : key),
      colorOf: key => `var(--s${Math.max(0, keys.indexOf(key)) % colors})`,
      id: stem => {
        counts.set(stem, (counts.get(stem) ?? 0) + 1)
        return `${stem}-${counts.get(stem)}`
      },
    }
  })
}

function keysOf(value: unknown): string[] {
  return isPlainObject(value) ? Object.keys(value) : []
}

function namesOf(value: unknown): Record<string, string> {
  return isPlainObject(value) ? (value as Record<string, string>) : {}
}
