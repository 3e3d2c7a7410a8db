import { describeModule, readCheckedFile, registry } from '../../experiment.js'
import { exitCodes } from '../exit-codes.js'
import { moduleToJson } from '../module-to-json.js'
import { Output } from '../output.js'
import { type FileOptions, pathOf } from '../read-file.js'
import { errorToJson, reportFindings } from '../report-errors.js'

/** Finds every mistake in the files. Runs nothing, writes nothing, loads no TensorFlow. */
export async function check(
  files: readonly string[],
  { set, allowModule, json }: FileOptions & { readonly json?: boolean },
): Promise<number> {
  const output = new Output(json)
  const found = files.map(file => ({ file, ...readCheckedFile(pathOf(file), { registry, overrides: set, allowModules: allowModule }) }))
  for (const { file, errors, notes, modules } of found) {
    reportFindings(errors, notes, output)
    if (errors.length === 0)
      output.result([`${file}: correct`, ...modules.loaded.map(one => `  runs code of ${describeModule(one)}`)].join('\n'))
  }
  const files_ = found.map(({ file, errors, notes, modules }) => ({
    file,
    ok: errors.length === 0,
    errors: errors.map(errorToJson),
    notes: notes.map(errorToJson),
    code: modules.loaded.map(moduleToJson),
  }))
  output.value(files_)
  return found.some(({ errors }) => errors.length > 0) ? exitCodes.wrongInput : exitCodes.done
}
