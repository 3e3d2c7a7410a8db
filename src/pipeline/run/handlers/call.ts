import type { SaveMode } from '../../spec/save-mode.js'
import { evaluate } from '../evaluate.js'
import type { Handler } from '../handler.js'
import { save } from '../save.js'

const work: Handler['batch'] = async ({ fn, args, saveTo, mode }, scope) => {
  const { run } = scope
  const values = args === undefined ? (run ? [run.batch, ...(run.takeJoined() ?? [])] : []) : (evaluate(args, scope) as unknown[])
  const result = await (evaluate(fn, scope) as (...values: unknown[]) => unknown)(...values)
  if (saveTo !== undefined) save(saveTo, result, mode as SaveMode | undefined, scope)
}

export const call: Handler = { batch: work, once: work }
