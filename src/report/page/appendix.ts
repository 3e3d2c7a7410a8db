/** The end of the page: all that is needed to repeat the run. */
import { table } from '../charts/section.js'
import { formatBytes, formatInteger, formatNumber } from '../format.js'
import { type Html, html } from '../html.js'
import type { ReportInput, RunResults } from '../results.js'

export function appendix({ results, configYaml }: ReportInput): Html {
  return html`<section class="appendix" aria-labelledby="appendix">
<h2 id="appendix">How it was run</h2>
<div class="pair">
${timing(results)}
${machine(results)}
</div>
<details>
<summary>The resolved configuration</summary>
<pre><code>${configYaml.trimEnd()}</code></pre>
</details>
</section>`
}

function timing({ timing }: RunResults): Html | undefined {
  const rows = Object.entries(timing).map(([pipeline, { medianMs, batches }]) => [
    html`<code>${pipeline}</code>`,
    `${formatNumber(medianMs)} ms`,
    formatInteger(batches),
  ])
  return rows.length > 0 ? table('Time of one batch', ['Pipeline', 'Median', 'Batches'], rows) : undefined
}

function machine({ versions, machine, seed, name }: RunResults): Html {
  const rows: [string, string][] = [
    ['Experiment', name],
    ['Seed', `${seed}`],
    ['Millrace', versions.millrace],
    ['Node', versions.node.replace(/^v/, '')],
    ['TensorFlow.js', versions.tfjs],
    ['TensorFlow', versions.tensorflow],
    ['Processor', `${machine.cpu}, ${formatInteger(machine.cores)} ${machine.cores === 1 ? 'core' : 'cores'}`],
    ...(machine.gpu === undefined ? [] : [['Accelerator', machine.gpu] as [string, string]]),
    ['Memory', formatBytes(machine.memoryBytes)],
  ]
  return html`<div class="table"><table class="facts">
<caption>Versions and machine</caption>
<tbody>
${rows.map(([label, value]) => html`<tr><th scope="row">${label}</th><td>${value}</td></tr>\n`)}</tbody>
</table></div>`
}
