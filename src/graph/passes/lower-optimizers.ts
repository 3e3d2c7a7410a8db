/** Lowers optimizers' steps to TensorFlow's operations. */
import { arithmeticOf } from '../ir/arithmetic.js'
import { string } from '../ir/attributes.js'
import type { Graph, GraphVariable, Node, Value } from '../ir/graph.js'
import { builderOf } from '../ir/rewrite.js'
import { isOptimizerName, optimizerRows } from '../optimizers/table.js'
import { shareCommon } from './share-common.js'

/**
 * The graph with TensorFlow's `ResourceApply…` for the optimizers' updates if its kernel computes what tfjs computes, otherwise with
 * arithmetic and `Assign`.
 *
 * @example
 * lowerOptimizers(graph) // update SGD [w] (g, lr) is update ResourceApplyGradientDescent [w] (lr, g)
 */
export function lowerOptimizers(graph: Graph): Graph {
  const nodes = [...graph.nodes]
  const arithmetic = arithmeticOf(builderOf(nodes))
  const valueOf = variableValues(graph, nodes)
  const updates = graph.updates.flatMap(update =>
    isOptimizerName(update.op) ? optimizerRows[update.op].lower(update, arithmetic, valueOf) : [update],
  )
  // Numbers and corrections are the same for all variables.
  return shareCommon({ ...graph, nodes, updates })
}

/** Variables' values: their nodes in the graph, or new ones. */
export function variableValues(graph: Graph, nodes: Node[]): (name: string) => Value {
  const known = new Map(graph.nodes.filter(({ op }) => op === 'Variable').map(node => [node.attributes.variable!.value, node.outputs[0]!]))
  const variables = new Map(graph.variables.map(variable => [variable.name, variable]))
  return name => {
    const value = known.get(name) ?? addVariable(nodes, variables.get(name)!)
    known.set(name, value)
    return value
  }
}

function addVariable(nodes: Node[], { name, shape, dtype }: GraphVariable): Value {
  return builderOf(nodes).value('Variable', { variable: string(name) }, [], [{ shape, dtype }])
}
