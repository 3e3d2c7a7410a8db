import { type MetricsClass, makeMetrics } from '../../../metrics/kinds.js'
import type { SaveMode } from '../../description/expressions/save-mode.js'
import { checkGatherArguments, gatherRows, isGatherName } from '../../description/metrics-kinds.js'
import type { Handler } from '../actions/handler.js'
import { save } from '../saving/save.js'
import { evaluate } from '../values/evaluate.js'

const work: Handler['batch'] = ({ kind, saveTo, mode, ...options }, scope) => {
  const what = isGatherName(kind) ? gatherRows[kind] : (evaluate(kind, scope) as MetricsClass)
  const metrics = makeMetrics(what, evaluate(options, scope) as Record<string, unknown>, scope.batch?.length)
  save(saveTo, metrics, mode as SaveMode | undefined, scope)
}

export const gatherMetrics: Handler = {
  start: ({ kind, saveTo: _place, mode: _mode, ...options }) => {
    if (isGatherName(kind)) checkGatherArguments(kind, options)
  },
  batch: work,
  once: work,
}
