/** A result of the benchmark: what every kind has, where it is kept, how it is printed. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeMachine, describeVersions, type Machine } from './machine.js'
import type { Asked } from './options.js'
import { resultsFolder } from './places.js'

export interface Result {
  readonly kind: string
  readonly command: string
  /** The day, as 2026-11-25. */
  readonly date: string
  readonly machine: Machine
  readonly versions: Readonly<Record<string, string>>
}

/** What a result begins with. */
export function resultHead(kind: string, { command }: Asked, versions: Readonly<Record<string, string>>): Result {
  const date = new Date().toISOString().slice(0, 10)
  return { kind, command, date, machine: describeMachine(), versions: { ...describeVersions(), ...versions } }
}

export interface Presentation {
  readonly json?: boolean
  readonly record?: boolean
}

/** Prints a result, as text or JSON, and keeps it if asked. */
export function present(result: Result, name: string, text: string, { json, record }: Presentation): void {
  console.log(json ? JSON.stringify(result, null, 2) : text)
  if (!record) return
  const file = `${result.date}-${name}.json`
  writeFileSync(join(resultsFolder, file), `${JSON.stringify(result, null, 2)}\n`)
  progress(`kept in bench/results/${file}`)
}

/** Every result that is kept, oldest first. */
export function keptResults(): Result[] {
  const files = readdirSync(resultsFolder).filter(file => file.endsWith('.json'))
  return files.sort().map(file => JSON.parse(readFileSync(join(resultsFolder, file), 'utf8')) as Result)
}

/** A line about what is going on; stdout stays free for the result. */
export function progress(line: string): void {
  process.stderr.write(`${line}\n`)
}

const numbers = new Intl.NumberFormat('en-US')
/** A whole number with commas, as 8,022,474. */
export const grouped = (value: number) => numbers.format(value)

/** Rows with columns of equal width; all but the first to the right. */
export function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => row[column]!.length)))
  const pad = (text: string, column: number) => (column === 0 ? text.padEnd(widths[0]!) : text.padStart(widths[column]!))
  return rows.map(row => row.map(pad).join('   ').trimEnd()).join('\n')
}
