/** Lines over a common x axis, labelled at their ends; hovering shows the values of each stretch of x. */
import type { Markish } from '@observablehq/plot'
import { formatInteger, formatNumber } from '../format.js'
import type { Html } from '../html.js'
import { type Axis, logTicks, shareOf, valueAt } from './axis.js'
import { Plot } from './library.js'
import { spread } from './spread.js'
import { drawSvg } from './svg.js'

/** One line: a gap where `y` is null. */
export interface Line {
  readonly label: string
  readonly color: string
  readonly x: readonly number[]
  readonly y: readonly (number | null)[]
}

export interface LineChart {
  /** A description for screen readers. */
  readonly description: string
  readonly lines: readonly Line[]
  readonly x: Axis
  readonly y: Axis
  readonly strokeWidth?: number
}

export interface LineChartSize {
  readonly width: number
  readonly height: number
  /** Room for labels at the ends of the lines; 0 for none, if there is a legend. */
  readonly labelWidth: number
  readonly fontSize: number
}

const top = 30
const bottom = 44
const maxPoints = 100

/** Draws the chart; `id` must be unique on the page. */
export function drawLines(chart: LineChart, size: LineChartSize, id: string): Html {
  const { x, y, lines, strokeWidth = 1.6 } = chart
  const { width, height, labelWidth, fontSize } = size
  const ticks = y.type === 'log' ? logTicks(y) : 5
  const axis = { tickSize: 0, labelArrow: 'none' as const, fontSize }
  const left = 14 + fontSize * 0.62 * Math.max(...[y.low, valueAt(y, 0.37), y.high].map(value => formatNumber(value, 2).length))
  return drawSvg(
    {
      width,
      height,
      marginTop: top,
      marginBottom: bottom,
      marginLeft: left,
      marginRight: Math.max(labelWidth, 12),
      ariaLabel: chart.description,
      style: { fontSize: `${fontSize}px` },
      x: { domain: [x.low, x.high], label: x.label },
      y: { domain: [y.low, y.high], type: y.type, label: y.label },
      marks: [
        Plot.gridY({ className: 'grid', strokeOpacity: 1, stroke: 'var(--rule)', ticks }),
        Plot.axisY({
          ...axis,
          ticks,
          tickPadding: 8,
          fill: 'var(--quiet)',
          ...(y.type === 'log' ? { tickFormat: (value: number) => formatNumber(value, 1) } : {}),
        }),
        Plot.axisX({
          ...axis,
          ticks: Math.floor(width / 110),
          tickPadding: 8,
          labelOffset: 38,
          labelAnchor: 'center',
          fill: 'var(--quiet)',
          tickFormat: (value: number) => (Number.isInteger(value) ? formatInteger(value) : ''),
        }),
        Plot.ruleY([y.low], { stroke: 'var(--quiet)', strokeOpacity: 0.6 }),
        ...lines.map(line => drawLine(line, y, strokeWidth)),
        ...bands(chart, width),
        ...(labelWidth > 0 ? [endLabels(chart, height, fontSize)] : []),
      ],
    },
    id,
  )
}

/** A line of one point is drawn as a dot: a path of one point is invisible. */
function drawLine(line: Line, y: Axis, strokeWidth: number): Markish {
  const points = line.x
    .map((x, i) => ({ x, y: line.y[i] ?? Number.NaN }))
    .map(point => (y.type === 'log' && point.y <= 0 ? { ...point, y: Number.NaN } : point))
  if (points.length === 1) return Plot.dot(points, { x: 'x', y: 'y', fill: line.color, r: 3.5, clip: true })
  return Plot.line(points, { x: 'x', y: 'y', stroke: line.color, strokeWidth, strokeLinejoin: 'round', clip: true })
}

function endLabels({ lines, x, y }: LineChart, height: number, fontSize: number): Markish {
  const room = height - top - bottom
  const ends = lines.map(line => line.y.findLast(value => value !== null && Number.isFinite(value)) ?? y.low)
  const placed = spread(
    ends.map(end => (1 - shareOf(y, end)) * room),
    fontSize + 3,
    0,
    room,
  )
  const labels = lines.map((line, i) => ({ ...line, at: valueAt(y, 1 - placed[i]! / room) }))
  return Plot.text(labels, {
    x: () => x.high,
    y: 'at',
    text: 'label',
    fill: 'color',
    dx: 10,
    textAnchor: 'start',
    fontWeight: 600,
    fontSize,
  })
}

/** Invisible stretches of the x axis whose tooltips show the values at their middle. */
function bands({ lines, x }: LineChart, width: number): Markish[] {
  const grid = lines.reduce<readonly number[]>((longest, line) => (line.x.length > longest.length ? line.x : longest), [])
  if (grid.length === 0) return []
  const stride = Math.max(1, Math.ceil(grid.length / maxPoints))
  const values = lines.map(line => new Map(line.x.map((at, i) => [at, line.y[i] ?? null])))
  const tell = (at: number) => lines.flatMap((line, i) => (values[i]!.has(at) ? `${line.label}: ${formatNumber(values[i]!.get(at)!)}` : []))
  const titles = grid
    .filter((_, i) => i % stride === Math.floor((stride - 1) / 2))
    .map(at => ({ at, title: [`${x.label} ${formatInteger(at)}`, ...tell(at)].join('\n') }))
  const thickness = Math.max(2, Math.min(40, (width * 0.85) / titles.length))
  return [Plot.ruleX(titles, { x: 'at', title: 'title', className: 'band', stroke: 'currentColor', strokeWidth: thickness, clip: true })]
}
