/** What pandas, numpy and scipy computed: see test/report/fixtures/reference.py. */
import { readFileSync } from 'node:fs'

interface Reference {
  ewma: { span: number; values: number[]; smooth: number[] }[]
  wilson: { successes: number; trials: number; low: number; high: number }[]
  moments: { values: number[]; mean: number; deviation: number; quantiles: [number, number][]; lagOne: number }
  bootstrap: { values: number[]; blockLength: number; low: number; high: number; deviation: number }[]
  classes: { rows: number[][]; labels: number[]; means: { label: number; count: number; values: number[] }[]; spread: number }
}

export const reference: Reference = JSON.parse(readFileSync(new URL('../fixtures/reference.json', import.meta.url), 'utf8'))
