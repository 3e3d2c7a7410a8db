/**
 * Runs commands of `millrace` in the process of the tests, where all is loaded: what they print and the exit code they return. What belongs
 * to the process itself (its thread, signals, exit code, what it loads) is tested with `millrace.ts`.
 */
import { stripVTControlCharacters } from 'node:util'
import { main } from '../../src/cli/command-line.js'
import { runFile } from '../../src/cli/run/run-file.js'
import type { RunCommandOptions } from '../../src/cli/run/run-options.js'
import type { Ended } from './millrace.js'

type Outcome = Pick<Ended, 'stdout' | 'stderr'> & { readonly code: number }

/** Runs a command line. Not `run`, whose thread would load everything again. */
export const millraceHere = (...args: readonly string[]): Promise<Outcome> => collect(() => main(['node', 'millrace', ...args]))

/** The work of `millrace run`. */
export const runHere = (file: string, options: Partial<RunCommandOptions>): Promise<Outcome> =>
  collect(() =>
    runFile(
      file,
      { set: [], allowModule: [], ...options },
      { signal: new AbortController().signal, begun: () => undefined, heard: () => undefined },
    ),
  )

async function collect(work: () => Promise<number>): Promise<Outcome> {
  const written = { stdout: '', stderr: '' }
  const names = ['stdout', 'stderr'] as const
  const before = names.map(name => process[name].write)
  for (const name of names) {
    process[name].write = ((chunk: string | Uint8Array) => {
      written[name] += chunk
      return true
    }) as typeof process.stdout.write
  }
  try {
    const code = await work()
    // Where the tests run in a terminal, text is coloured.
    return { code, stdout: stripVTControlCharacters(written.stdout), stderr: stripVTControlCharacters(written.stderr) }
  } finally {
    for (const [i, name] of names.entries()) process[name].write = before[i]!
  }
}
