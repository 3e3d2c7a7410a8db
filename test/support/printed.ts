/** What work in this process writes to standard output and standard error, without colours. */
import { stripVTControlCharacters } from 'node:util'

export interface Printed {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command that returns its exit code. Where the tests run in a terminal, its text is coloured: colours are removed. */
export async function printedBy(work: () => Promise<number>): Promise<Printed> {
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
    return { code, stdout: stripVTControlCharacters(written.stdout), stderr: stripVTControlCharacters(written.stderr) }
  } finally {
    for (const [i, name] of names.entries()) process[name].write = before[i]!
  }
}
