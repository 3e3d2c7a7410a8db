/** Text in aligned columns. */

const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g')

function plainLength(text: string): number {
  return text.replace(escapes, '').length
}

/**
 * Formats rows of cells as columns two spaces apart; ANSI colours have no width. With `numbers`, every column but the first is
 * right-aligned.
 *
 * @example
 * columns([['', 'recall'], ['cat', '0.5']], { numbers: true })
 */
export function columns(rows: readonly (readonly string[])[], { numbers = false }: { readonly numbers?: boolean } = {}): string {
  const widths = rows.reduce<number[]>((known, row) => row.map((cell, i) => Math.max(known[i] ?? 0, plainLength(cell))), [])
  const pad = (cell: string, i: number, last: boolean) => {
    const room = ' '.repeat(widths[i]! - plainLength(cell))
    if (numbers && i > 0) return room + cell
    return last ? cell : cell + room
  }
  return rows.map(row => row.map((cell, i) => pad(cell, i, i === row.length - 1)).join('  ')).join('\n')
}
