/** The Python programs that Millrace is measured against, in an environment made by `bench/peers/setup.sh`. */
import { accessSync, constants } from 'node:fs'
import { resolve } from 'node:path'
import { BenchProblem } from './problem.js'

export const peerNames = { torch: 'PyTorch', tensorflow: 'TensorFlow (Python)', batchflow: 'BatchFlow' } as const
export type PeerName = keyof typeof peerNames

/** How a program is called in tables. */
export const nameOf = (program: string) => (program === 'millrace' ? 'Millrace' : (peerNames[program as PeerName] ?? program))

/** A path as the user wrote it: npm runs scripts in the package's folder and tells where it was called. */
export const fromHere = (path: string) => resolve(process.env.INIT_CWD ?? '.', path)

/** The interpreter of a virtual environment. */
export function pythonIn(folder: string): string {
  const python = resolve(fromHere(folder), 'bin/python')
  try {
    accessSync(python, constants.X_OK)
    return python
  } catch {
    throw new BenchProblem(`${folder} holds no bin/python; --peers takes a folder made by: bash bench/peers/setup.sh DIR`)
  }
}
