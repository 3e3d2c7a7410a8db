/** Every row by its name, also those of families that a program defines. */
import type { ZooRow } from './zoo-row.js'

const rows = new Map<string, ZooRow>()

export const registeredRows: ReadonlyMap<string, ZooRow> = rows

export function registerRow(name: string, row: ZooRow): void {
  rows.set(name, row)
}
