/** Options as the rows of a table: `millrace models`, the YAML reference, `--help`. */
import type { OptionTable, OptionType } from './option-type.js'

export interface OptionRow {
  /** The key, or the path to it: `batch_norm/momentum`; `<name>` stands for a name of the user's choice. */
  readonly key: string
  readonly summary: string
  readonly allowed: string
  readonly isRequired: boolean
  /** True of a level: it has no value but those of the keys below it. */
  readonly isLevel?: true
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
    const row: OptionRow = {
      key,
      summary,
      allowed: type.allowed,
      isRequired: presence === 'required',
      ...(('table' in type || 'each' in type) && { isLevel: true }),
      ...(value !== undefined && { default: value }),
    }
    return [row, ...below(type, key)]
  })
}

function below({ level }: OptionType, key: string): readonly OptionRow[] {
  if (level?.table) return rowsOf({ table: level.table }, `${key}/`)
  const each = level?.entry('<name>')
  if (!each) return []
  const rows = below(each.type, `${key}/<name>`)
  const { summary, type } = each
  return rows.length > 0 || summary === '' ? rows : [{ key: `${key}/<name>`, summary, allowed: type.allowed, isRequired: false }]
}
