/** Estimates with their intervals, one below the other on a common axis. */
import type { Html } from '../html.js'
import { Plot } from './library.js'
import { drawSvg } from './svg.js'

/** One estimate with its interval. */
export interface IntervalRow {
  readonly label: string
  readonly color: string
  readonly estimate: number
  readonly low: number
  readonly high: number
  /** Shown on hovering. */
  readonly title: string
}

export interface IntervalChart {
  readonly description: string
  readonly rows: readonly IntervalRow[]
  readonly xLabel: string
  /** A value to compare with, drawn as a line, e.g. 0 for a difference. */
  readonly reference?: number
  readonly tickFormat: (value: number) => string
}

/** Draws the chart; `id` must be unique on the page. */
export function drawIntervals(chart: IntervalChart, { width, fontSize }: { width: number; fontSize: number }, id: string): Html {
  const { rows, reference, xLabel, tickFormat } = chart
  const ends = [...rows.flatMap(row => [row.low, row.high]), ...(reference === undefined ? [] : [reference])]
  const low = Math.min(...ends)
  const high = Math.max(...ends)
  const pad = (high - low || Math.abs(high) || 1) * 0.12
  const longest = Math.max(...rows.map(row => row.label.length))
  return drawSvg(
    {
      width,
      height: 58 + rows.length * 34,
      marginLeft: Math.min(width * 0.4, 18 + longest * fontSize * 0.58),
      marginRight: 24,
      marginTop: 8,
      marginBottom: 46,
      ariaLabel: chart.description,
      style: { fontSize: `${fontSize}px` },
      x: { domain: [low - pad, high + pad], label: xLabel },
      y: { domain: rows.map(row => row.label), label: null, padding: 0.4 },
      marks: [
        Plot.gridX({ stroke: 'var(--rule)', strokeOpacity: 1, ticks: Math.floor(width / 130) }),
        Plot.axisX({
          tickSize: 0,
          tickPadding: 8,
          labelArrow: 'none',
          labelOffset: 38,
          labelAnchor: 'center',
          ticks: Math.floor(width / 130),
          tickFormat,
          fill: 'var(--quiet)',
          fontSize,
        }),
        Plot.axisY({ tickSize: 0, tickPadding: 10, fontSize, fontWeight: 600 }),
        ...(reference === undefined ? [] : [Plot.ruleX([reference], { stroke: 'currentColor', strokeWidth: 1, strokeDasharray: '3 3' })]),
        Plot.ruleY(rows, {
          y: 'label',
          x1: 'low',
          x2: 'high',
          stroke: 'color',
          strokeWidth: 3,
          strokeLinecap: 'round',
          strokeOpacity: 0.45,
        }),
        Plot.dot(rows, { x: 'estimate', y: 'label', fill: 'color', r: 5.5, title: 'title' }),
      ],
    },
    id,
  )
}
