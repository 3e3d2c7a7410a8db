import { readCheckedFile, registry } from '../../experiment.js'
import { exitCodes } from '../exit-codes.js'
import { Output } from '../output.js'
import { errorToJson, reportFindings } from '../report-errors.js'

/** Finds every mistake in the files. Runs nothing, writes nothing, loads no TensorFlow. */
export async function check(
  files: readonly string[],
  { set, json }: { readonly set: readonly string[]; readonly json?: boolean },
): Promise<number> {
  const output = new Output(json)
  const found = files.map(file => ({ file, ...readCheckedFile(file, { registry, overrides: set }) }))
  for (const { file, errors, notes } of found) {
    reportFindings(errors, notes, output)
    if (errors.length === 0) output.result(`${file}: correct`)
  }
  const files_ = found.map(({ file, errors, notes }) => ({
    file,
    ok: errors.length === 0,
    errors: errors.map(errorToJson),
    notes: notes.map(errorToJson),
  }))
  output.value(files_)
  return found.some(({ errors }) => errors.length > 0) ? exitCodes.wrongInput : exitCodes.done
}
