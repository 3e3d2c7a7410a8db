/** Lets a run fail, and change nothing, where one of its updates might not be finite. */
import { arithmeticOf } from '../ir/arithmetic.js'
import { bool, type } from '../ir/attributes.js'
import type { Graph, Value } from '../ir/graph.js'
import { type Builder, builderOf } from '../ir/rewrite.js'
import { isOptimizerName, optimizerRows } from '../optimizers/table.js'
import { addAll, integers } from './convolutions/operations.js'
import { variableValues } from './lower-optimizers.js'

/** Gradients' squares may be this much smaller than the largest number, so that no step adds up to infinity. */
const MARGIN = 1e6

/**
 * The graph with one more check: a sum that is finite only if every new value is. It is the sum of what is assigned, of the squares of the
 * gradients (one fused kernel each), and of what else the optimizers' rows name. The check is strict: it may fail for finite updates by
 * gradients above 1e16.
 *
 * @example
 * checkUpdates(graph) // update SGD [w] (g, lr): check IsFinite(AddN(L2Loss(g), L2Loss(lr)))
 */
export function checkUpdates(graph: Graph): Graph {
  const nodes = [...graph.nodes]
  const builder = builderOf(nodes)
  const arithmetic = arithmeticOf(builder)
  const valueOf = variableValues(graph, nodes)
  const [assigned, squared] = [new Set<Value>(), new Set<Value>()]
  for (const update of graph.updates) {
    if (!isOptimizerName(update.op)) assigned.add(update.inputs[0]!)
    else {
      const { lower, risks } = optimizerRows[update.op]
      const [gradient, rate] = update.inputs
      squared.add(gradient!).add(rate!)
      const others = risks?.(update, arithmetic, valueOf) ?? lower(update, arithmetic, valueOf).flatMap(({ inputs }) => inputs)
      for (const value of others) assigned.add(value)
    }
  }
  const squares = [...squared].map(value => builder.value('L2Loss', { T: type('float32') }, [value]))
  const sums = [...assigned].filter(({ dtype }) => dtype === 'float32').map(value => sumOf(builder, value))
  const terms = [...sums, ...(squares.length > 0 ? [arithmetic.mul(addAll(builder, squares), MARGIN)] : [])]
  if (terms.length === 0) return graph
  const shown = addAll(builder, terms)
  const value = builder.value('IsFinite', { T: type('float32') }, [shown])
  return { ...graph, nodes, checks: [...graph.checks, { value, message: 'the updates are finite numbers', shown }] }
}

function sumOf(builder: Builder, value: Value): Value {
  if (value.shape.length === 0) return value
  const all = integers(
    builder,
    value.shape.map((_, axis) => axis),
  )
  return builder.value('Sum', { T: type('float32'), Tidx: type('int32'), keep_dims: bool(false) }, [value, all])
}
