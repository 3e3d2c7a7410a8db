import { formatValue } from '../../../util/format-value.js'
import { log } from '../../../util/logger.js'
import { print as row } from '../../description/actions/print.js'
import { handle } from '../actions/handler.js'
import { evaluate } from '../values/evaluate.js'
import { PerItem } from '../values/per-item.js'

export const print = handle(row, ['batch', 'once'], ({ values, label }, scope) => {
  const seen = (evaluate(values, scope) as unknown[]).map(value => formatValue(value instanceof PerItem ? value.values : value))
  log([...(label === undefined ? [] : [`${label}:`]), ...seen].join(' '))
})
