import type { SaveMode } from '../../description/expressions/save-mode.js'
import type { Handler } from '../actions/handler.js'
import { save } from '../saving/save.js'
import { evaluate } from '../values/evaluate.js'

const work: Handler['batch'] = async ({ fn, args, saveTo, mode }, scope) => {
  const { run } = scope
  const values = args === undefined ? (run ? [run.batch, ...(run.takeJoined() ?? [])] : []) : (evaluate(args, scope) as unknown[])
  const result = await (evaluate(fn, scope) as (...values: unknown[]) => unknown)(...values)
  if (saveTo !== undefined) save(saveTo, result, mode as SaveMode | undefined, scope)
}

export const call: Handler = { batch: work, once: work }
