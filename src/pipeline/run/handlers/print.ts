import { formatValue } from '../../../util/format-value.js'
import { log } from '../../../util/logger.js'
import type { Handler } from '../actions/handler.js'
import { evaluate } from '../values/evaluate.js'
import { PerItem } from '../values/per-item.js'

const write: Handler['batch'] = ({ values, label }, scope) => {
  const seen = (evaluate(values, scope) as unknown[]).map(value => formatValue(value instanceof PerItem ? value.values : value))
  log([...(label === undefined ? [] : [`${label}:`]), ...seen].join(' '))
}

export const print: Handler = { batch: write, once: write }
