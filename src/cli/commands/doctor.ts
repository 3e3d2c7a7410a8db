import { diagnose, formatTable } from '../../../engine/doctor.mjs'
import { exitCodes } from '../exit-codes.js'
import { Output } from '../output.js'

/** Checks this machine and reports each piece as fine or with what to do. If a piece prevents training, the exit code is not 0. */
export async function doctor({ json }: { readonly json?: boolean }): Promise<number> {
  const output = new Output(json)
  const rows = await diagnose()
  if (json) output.value(rows)
  else output.result(formatTable(rows))
  return rows.some(({ status }) => status === 'fail') ? exitCodes.runFailed : exitCodes.done
}
