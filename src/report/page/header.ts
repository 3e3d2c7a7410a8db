/** The top of the page: title, headline, figures. */
import type { ChartContext } from '../charts/chart-row.js'
import { formatDate, formatDuration, formatInteger, formatPercent, plural } from '../format.js'
import { type Html, html } from '../html.js'
import type { RunResults } from '../results.js'

export function header(results: RunResults, headlines: readonly string[], context: ChartContext): Html {
  return html`<header>
<p class="eyebrow">Millrace report <span>${formatDate(results.started)}</span></p>
<h1>${results.title || results.name}</h1>
${headlines.map(headline => html`<p class="headline">${headline}</p>\n`)}
${notice(results)}
${figures(results, context)}
${paragraphs(results.description)}
</header>`
}

function notice({ error, interrupted, stoppedBy, iterations }: RunResults): Html | undefined {
  const done = `${formatInteger(iterations.done)} of ${plural(iterations.planned, 'iteration')}`
  if (error)
    return html`<p class="notice"><strong>The run failed after ${done}.</strong> ${error.message} Its results so far are below.</p>`
  if (interrupted)
    return html`<p class="notice"><strong>The run was stopped after ${done}.</strong> The report shows its results so far.</p>`
  if (stoppedBy !== undefined)
    return html`<p class="notice"><strong>Pipeline ${stoppedBy} stopped the run after ${done}.</strong> It asked for that by stopPipeline.</p>`
  return undefined
}

function figures({ iterations, seconds, seed, accuracy = {} }: RunResults, context: ChartContext): Html {
  const { done, planned } = iterations
  const entries: [string, string, string?][] = [
    ['Iterations', formatInteger(done), done < planned ? `of ${formatInteger(planned)}` : undefined],
    ['Time', formatDuration(seconds)],
    ['Seed', `${seed}`],
    ...Object.entries(accuracy).map(([key, share]): [string, string, string] => ['Accuracy', formatPercent(share), context.nameOf(key)]),
  ]
  return html`<dl class="figures">
${entries.map(([label, value, more]) => html`<div><dt>${label}</dt><dd>${value}${more && html` <small>${more}</small>`}</dd></div>\n`)}</dl>`
}

function paragraphs(text: string): Html[] {
  return text
    .split(/\n\s*\n/)
    .map(paragraph => paragraph.trim())
    .filter(Boolean)
    .map(paragraph => html`<p>${paragraph}</p>\n`)
}
