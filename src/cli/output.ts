/** Standard output and error of a command: text for people, JSON for programs. */
import pc from 'picocolors'

/** Where a command writes. With `json`, standard output holds one JSON value and everything for people goes to standard error. */
export class Output {
  constructor(
    readonly json = false,
    readonly quiet = false,
  ) {}

  /** What the command was asked for. */
  result(text: string): void {
    ;(this.json ? process.stderr : process.stdout).write(`${text}\n`)
  }

  /** What goes on; left out with `--quiet`. */
  note(text: string): void {
    if (!this.quiet) process.stderr.write(`${text}\n`)
  }

  /** What went wrong. */
  problem(text: string): void {
    process.stderr.write(`${text}\n`)
  }

  /** The value of `--json`; nothing without it. */
  value(value: unknown): void {
    if (this.json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
  }
}

/** A reader that has gone away (`| head`) is no error: what is left unsaid is dropped and the work goes on. */
export function tolerateBrokenPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
}

/** Lines of cells as aligned columns, two spaces apart. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((known, row) => row.map((cell, i) => Math.max(known[i] ?? 0, plainLength(cell))), [])
  const pad = (cell: string, i: number) => cell + ' '.repeat(widths[i]! - plainLength(cell))
  return rows.map(row => row.map((cell, i) => (i === row.length - 1 ? cell : pad(cell, i))).join('  ')).join('\n')
}

const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g')

function plainLength(text: string): number {
  return text.replace(escapes, '').length
}

export { pc as paint }
