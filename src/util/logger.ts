/** The lines that a user's pipeline prints. The library writes no others; whatever draws on the terminal's last line clears it first. */

/** Receives one line, without its line break. */
export type Logger = (line: string) => void

const toStdout: Logger = line => {
  process.stdout.write(`${line}\n`)
}

let logger = toStdout
const screens = new Set<() => void>()

/**
 * Redirects what `print` writes; without an argument back to standard output.
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

/** Calls `clear` before each line until the returned function is called: a progress bar erases itself. */
export function beforeEachLine(clear: () => void): () => void {
  screens.add(clear)
  return () => screens.delete(clear)
}
