import { formatValue } from '../../../util/format-value.js'
import { log } from '../../../util/logger.js'
import { callActions } from '../../description/actions/calls.js'
import { type Handler, handle } from '../actions/handler.js'
import { save } from '../saving/save.js'
import { evaluate } from '../values/evaluate.js'
import { PerItem } from '../values/per-item.js'

const { call, print } = callActions

export const callHandlers = {
  call: handle(call, ['batch', 'once'], async ({ fn, args, saveTo, mode }, scope) => {
    const { run } = scope
    const values = args === undefined ? (run ? [run.batch, ...(run.takeJoined() ?? [])] : []) : (evaluate(args, scope) as unknown[])
    const result = await (evaluate(fn, scope) as (...values: unknown[]) => unknown)(...values)
    if (saveTo !== undefined) save(saveTo, result, mode, scope)
  }),

  print: handle(print, ['batch', 'once'], ({ values, label }, scope) => {
    const seen = (evaluate(values, scope) as unknown[]).map(value => formatValue(value instanceof PerItem ? value.values : value))
    log([...(label === undefined ? [] : [`${label}:`]), ...seen].join(' '))
  }),
} satisfies Record<keyof typeof callActions, Handler>
