/** Reads an experiment file for a command: prints every mistake, or returns the spec if there are none. */
import { type ExperimentSpec, type ReadResult, readCheckedFile, registry } from '../experiment.js'
import { exitCodes } from './exit-codes.js'
import type { Output } from './output.js'
import { errorToJson, reportFindings } from './report-errors.js'

/** The options of every command that reads an experiment file. */
export interface FileOptions {
  readonly set: readonly string[]
  readonly allowModule: readonly string[]
}

export type ReadOutcome =
  | { readonly code: number }
  | { readonly code?: undefined; readonly read: ReadResult & { readonly spec: ExperimentSpec } }

/** The path of a file as a command line names it: `-` is standard input. */
export const pathOf = (file: string): string => (file === '-' ? '/dev/stdin' : file)

/** Reads a file; if it has mistakes, prints them all and returns the exit code. Notes (old names) are printed either way. */
export function readForCommand(file: string, { set, allowModule }: FileOptions, output: Output): ReadOutcome {
  const read = readCheckedFile(pathOf(file), { registry, overrides: set, allowModules: allowModule })
  const { spec, errors, notes } = read
  reportFindings(errors, notes, output)
  if (spec !== undefined && errors.length === 0) return { read: { ...read, spec } }
  output.value({ ok: false, errors: errors.map(errorToJson) })
  return { code: exitCodes.wrongInput }
}
