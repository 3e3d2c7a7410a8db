/**
 * Draws lines over batches as an SVG, in less than a millisecond. Reports use Observable Plot,
 * which takes a second to load and needs a document: too much while a model is training.
 */
import { formatSignificant } from '../util/format-value.js'
import type { History, Point } from './history.js'

const WIDTH = 720
const HEIGHT = 200
const LEFT = 70
const RIGHT = 90
const TOP = 34
const BOTTOM = 26

const style = `text { font: 12px system-ui, sans-serif; fill: currentColor } .name { font-weight: 600 }
.frame { stroke: currentColor; stroke-opacity: .25 } polyline { fill: none; stroke: #2a78d6; stroke-width: 1.5; stroke-linejoin: round }`

/** One panel per variable, stacked vertically. */
export function drawChart(title: string, total: number | null, history: ReadonlyMap<string, History>): string {
  const panels = [...history].map(
    ([name, { points }], i) => `<g transform="translate(0 ${i * HEIGHT})">${drawPanel(name, points, total)}</g>`,
  )
  const height = Math.max(1, panels.length) * HEIGHT
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">`,
    `<title>${escape(title)}</title><style>${style}</style>`,
    ...panels,
    '</svg>',
  ].join('\n')
}

/** The chart as a page, which a browser reloads during the run. */
export function toPage(svg: string, isLive: boolean): string {
  const title = /<title>(.*)<\/title>/.exec(svg)?.[1] ?? ''
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>`,
    ...(isLive ? ['<meta http-equiv="refresh" content="2">'] : []),
    `<style>:root { color-scheme: light dark } body { margin: 2rem auto; max-width: ${WIDTH}px }</style></head><body>`,
    svg,
    '</body></html>\n',
  ].join('\n')
}

function drawPanel(name: string, points: readonly Point[], total: number | null): string {
  const values = points.map(({ value }) => value)
  const [low, high] = values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)]
  const last = points.at(-1)
  const end = Math.max(2, total ?? last?.batch ?? 2)
  const x = (batch: number) => (LEFT + ((batch - 1) / (end - 1)) * (WIDTH - LEFT - RIGHT)).toFixed(1)
  const y = (value: number) => (HEIGHT - BOTTOM - (high === low ? 0.5 : (value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM)).toFixed(1)
  const label = (at: readonly [string | number, string | number], anchor: string, text: string, more = '') =>
    `<text x="${at[0]}" y="${at[1]}" text-anchor="${anchor}"${more}>${escape(text)}</text>`
  const frame = [low, high].map(value => `<line class="frame" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}"/>`)
  return [
    label([LEFT, 18], 'start', name, ' class="name"'),
    ...frame,
    ...(last === undefined ? [] : [low, high]).map(value => label([LEFT - 8, Number(y(value)) + 4], 'end', formatSignificant(value, 4))),
    label([LEFT, HEIGHT - 8], 'start', 'batch 1'),
    label([WIDTH - RIGHT, HEIGHT - 8], 'end', String(Math.round(end))),
    `<polyline points="${points.map(({ batch, value }) => `${x(batch)},${y(value)}`).join(' ')}"/>`,
    ...(last === undefined
      ? []
      : [label([Number(x(last.batch)) + 6, Number(y(last.value)) + 4], 'start', formatSignificant(last.value, 4))]),
  ].join('')
}

const escape = (text: string) => text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`)
