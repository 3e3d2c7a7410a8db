/** Options as the rows of a table: `millrace models`, the YAML reference, `--help`. */
import type { OptionTable } from './option-type.js'

export interface OptionRow {
  /** The key, or the path to it: `batch_norm/momentum`. */
  readonly key: string
  readonly summary: string
  readonly allowed: string
  readonly isRequired: boolean
  readonly default?: unknown
}

/**
 * Returns one row per option, followed by the options below it.
 *
 * @example
 * rowsOf(walk).map(({ key, allowed }) => `${key}: ${allowed}`)
 */
export function rowsOf({ table }: { readonly table: OptionTable }, above = ''): readonly OptionRow[] {
  return Object.entries(table).flatMap(([name, { summary, type, presence, default: value }]) => {
    const key = above + name
    const row = { key, summary, allowed: type.allowed, isRequired: presence === 'required', ...(value !== undefined && { default: value }) }
    const below = type.level?.table
    return below ? [row, ...rowsOf({ table: below }, `${key}/`)] : [row]
  })
}
