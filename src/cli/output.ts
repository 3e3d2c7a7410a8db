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
    if (this.json) process.stdout.write(`${escapeControls(JSON.stringify(value, spellNumbers, 2))}\n`)
  }
}

/** JSON leaves some control and direction characters as they are; their escapes mean the same to every reader. */
function escapeControls(json: string): string {
  return json.replace(/[\u007f-\u009f\p{Bidi_Control}]/gu, mark => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** JSON has no infinity and no NaN: they are strings, spelt as in YAML. */
function spellNumbers(_key: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value
  return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf'
}

/** A closed pipe (`| head`) or a closed terminal is not an error: further output is dropped and the work continues. */
export function tolerateBrokenPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
    })
  }
}

export { pc as paint }
