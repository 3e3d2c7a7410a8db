/** The steps of optimizers in what TensorFlow has for them. */
import { string } from '../ir/attributes.js'
import type { Graph, GraphVariable, Node, Update, Value } from '../ir/graph.js'
import { builderOf } from '../ir/rewrite.js'
import { type Arithmetic, arithmeticOf } from './arithmetic.js'
import { lowerAdadelta, lowerAdagrad, lowerAdamW } from './optimizer-formulas.js'
import { lowerAdam, lowerAdamax, lowerMomentum, lowerRmsProp, lowerSgd } from './optimizer-kernels.js'
import { shareCommon } from './share-common.js'

/** An optimizer's update as others; `valueOf` gives a variable's value before the step. */
export type Lowering = (update: Update, arithmetic: Arithmetic, valueOf: (variable: string) => Value) => readonly Update[]

const lowerings: Readonly<Record<string, Lowering>> = {
  SGD: lowerSgd,
  Momentum: lowerMomentum,
  Adam: lowerAdam,
  AdamW: lowerAdamW,
  RMSProp: lowerRmsProp,
  Adagrad: lowerAdagrad,
  Adadelta: lowerAdadelta,
  Adamax: lowerAdamax,
}

/**
 * The graph with TensorFlow's `ResourceApply…` for the optimizers' updates where its kernel computes what tfjs computes, else with
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
    Object.hasOwn(lowerings, update.op) ? lowerings[update.op]!(update, arithmetic, valueOf) : [update],
  )
  // Numbers and corrections are the same for all variables.
  return shareCommon({ ...graph, nodes, updates })
}

/** Variables' values: their nodes in the graph, or new ones. */
function variableValues(graph: Graph, nodes: Node[]): (name: string) => Value {
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
