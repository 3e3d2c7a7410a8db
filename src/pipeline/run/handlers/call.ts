import { call as row } from '../../description/actions/call.js'
import { handle } from '../actions/handler.js'
import { save } from '../saving/save.js'
import { evaluate } from '../values/evaluate.js'

export const call = handle(row, ['batch', 'once'], async ({ fn, args, saveTo, mode }, scope) => {
  const { run } = scope
  const values = args === undefined ? (run ? [run.batch, ...(run.takeJoined() ?? [])] : []) : (evaluate(args, scope) as unknown[])
  const result = await (evaluate(fn, scope) as (...values: unknown[]) => unknown)(...values)
  if (saveTo !== undefined) save(saveTo, result, mode, scope)
})
