import { type MetricsClass, makeMetrics } from '../../../metrics/kinds.js'
import { checkGatherArguments, gatherRows, isGatherName } from '../../spec/metrics-kinds.js'
import type { SaveMode } from '../../spec/save-mode.js'
import { evaluate } from '../evaluate.js'
import type { Handler } from '../handler.js'
import { save } from '../save.js'

const work: Handler['batch'] = ({ kind, saveTo, mode, ...options }, scope) => {
  const what = isGatherName(kind) ? gatherRows[kind].kind : (evaluate(kind, scope) as MetricsClass)
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
