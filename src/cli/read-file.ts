/** Reading an experiment file for a command: every mistake is printed, the spec is given if there was none. */
import { type ExperimentSpec, type ReadResult, readCheckedFile, registry } from '../experiment.js'
import { exitCodes } from './exit-codes.js'
import type { Output } from './output.js'
import { errorToJson, reportFindings } from './report-errors.js'

export type ReadOutcome =
  | { readonly code: number }
  | { readonly code?: undefined; readonly read: ReadResult & { readonly spec: ExperimentSpec } }

/** Reads a file; with mistakes it prints them all and gives the exit code. Notes (old names) are printed either way. */
export function readForCommand(file: string, overrides: readonly string[], output: Output): ReadOutcome {
  const read = readCheckedFile(file, { registry, overrides })
  const { spec, errors, notes } = read
  reportFindings(errors, notes, output)
  if (spec !== undefined && errors.length === 0) return { read: { ...read, spec } }
  output.value({ ok: false, errors: errors.map(errorToJson) })
  return { code: exitCodes.wrongInput }
}
