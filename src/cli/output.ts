/** Standard output and error of a command: text for people, JSON for programs. */
import pc from 'picocolors'

/** Where a command writes. With `json`, standard output receives one JSON value and all text goes to standard error. */
export class Output {
  constructor(
    readonly json = false,
    readonly quiet = false,
  ) {}

  /** Prints the result of the command. */
  result(text: string): void {
    ;(this.json ? process.stderr : process.stdout).write(`${text}\n`)
  }

  /** Prints progress; skipped with `--quiet`. */
  note(text: string): void {
    if (!this.quiet) process.stderr.write(`${text}\n`)
  }

  /** Prints a problem. */
  problem(text: string): void {
    process.stderr.write(`${text}\n`)
  }

  /** Prints the value of `--json`; does nothing without it. */
  value(value: unknown): void {
    if (this.json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
  }
}

/** A closed pipe (`| head`) is not an error: further output is dropped and the work continues. */
export function tolerateBrokenPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
}

export { pc as paint }
