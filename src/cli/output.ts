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

export { pc as paint }
