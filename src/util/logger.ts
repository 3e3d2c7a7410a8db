/** The lines a user asks a pipeline for. The library writes no others; who shows something on the last line of a terminal makes room. */

/** Takes one line of text, without its end. */
export type Logger = (line: string) => void

const toStdout: Logger = line => {
  process.stdout.write(`${line}\n`)
}

let logger = toStdout
const screens = new Set<() => void>()

/**
 * Sends what `print` writes somewhere else than to standard output; without an argument there again.
 *
 * @example
 * const lines: string[] = []
 * setLogger(line => lines.push(line))
 */
export function setLogger(next: Logger = toStdout): void {
  logger = next
}

/** Writes a line. */
export function log(line: string): void {
  for (const clear of screens) clear()
  logger(line)
}

/** Calls `clear` before each line, until the function it gives is called: a progress bar wipes itself off. */
export function beforeEachLine(clear: () => void): () => void {
  screens.add(clear)
  return () => screens.delete(clear)
}
