/**
 * Keeps the figures of a run under bench/results, with the date, the machine and the command that reproduces them:
 * `npx tsx bench/record-run.ts RUN_DIR`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = process.argv[2]
if (folder === undefined) throw new Error('usage: npx tsx bench/record-run.ts RUN_DIR')
const results = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'))

const { name, started, seconds, firstRoundSeconds, iterations, seed, machine, versions, timing, parameters, accuracy, charts } = results
const meanOfLast50 = (series: number[]) => series.slice(-50).reduce((sum, value) => sum + value, 0) / Math.min(50, series.length)
const losses = Object.fromEntries(
  Object.entries(results.variables as Record<string, number[]>).map(([key, series]) => [
    key.slice(key.indexOf('.') + 1),
    meanOfLast50(series),
  ]),
)
const record = {
  command: 'npm start',
  date: started.slice(0, 10),
  machine,
  versions,
  name,
  seed,
  iterations,
  seconds,
  firstRoundSeconds,
  timing,
  parameters,
  accuracy,
  lossMeanOfLast50: losses,
  conclusion: charts.find(({ kind }: { kind: string }) => kind === 'conclusion')?.data,
}
const file = fileURLToPath(new URL(`results/${record.date}-${name}.json`, import.meta.url))
writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`)
console.log(file)
