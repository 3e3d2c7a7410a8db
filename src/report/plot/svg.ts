/** Observable Plot without a browser: static SVG, deterministic for the same data. */
import type { PlotOptions } from '@observablehq/plot'
import { escapeHtml, Html } from '../html.js'
import { document, Plot } from './library.js'

/** Attributes that hold coordinates. */
const coordinates = / (?:d|transform|x|y|x1|x2|y1|y2|cx|cy|width|height|stroke-width)="[^"]*"/g

/**
 * Draws a plot as SVG markup. Plot's own style sheet is omitted (the page has one), coordinates are rounded to a hundredth of a pixel,
 * and the ids of clip paths, which Plot counts up globally, are replaced by `id`, which must be unique on the page.
 */
export function drawSvg({ ariaLabel, ...options }: PlotOptions, id: string): Html {
  const svg = Plot.plot({ ...options, document, className: 'plot' }) as any
  svg.querySelector('style')?.remove()
  const clips: string[] = []
  const clipId = (found: string) => {
    if (!clips.includes(found)) clips.push(found)
    return `${id}-clip-${clips.indexOf(found) + 1}`
  }
  const text: string = svg.outerHTML
    .replace(/(?<= id="| clip-path="url\(#)plot-clip-\d+/g, clipId)
    .replace(coordinates, (attribute: string) =>
      attribute.replace(/-?\d+\.\d{3,}/g, number => String(Math.round(Number(number) * 100) / 100)),
    )
  // The description contains user input: it is escaped here, as linkedom does not escape angle brackets in attributes.
  return new Html(text.replace('<svg', () => `<svg role="img" aria-label="${escapeHtml(`${ariaLabel ?? ''}`)}"`))
}
