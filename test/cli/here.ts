/**
 * Runs commands of `millrace` in the process of the tests, where all is loaded: what they print and the exit code they return. What belongs
 * to the process itself (its thread, signals, exit code, what it loads) is tested with `millrace.ts`.
 */
import { main } from '../../src/cli/command-line.js'
import { runFile } from '../../src/cli/run/run-file.js'
import type { RunCommandOptions } from '../../src/cli/run/run-options.js'
import { type Printed, printedBy } from '../support/printed.js'

/** Runs a command line. Not `run`, whose thread would load everything again. */
export const millraceHere = (...args: readonly string[]): Promise<Printed> => printedBy(() => main(['node', 'millrace', ...args]))

/** The work of `millrace run`. */
export const runHere = (file: string, options: Partial<RunCommandOptions>): Promise<Printed> =>
  printedBy(() =>
    runFile(
      file,
      { set: [], allowModule: [], ...options },
      { signal: new AbortController().signal, begun: () => undefined, heard: () => undefined },
    ),
  )
