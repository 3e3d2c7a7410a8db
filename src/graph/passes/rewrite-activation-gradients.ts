/** Computes gradients of smooth functions by TensorFlow's own kernels. */
import { type } from '../ir/attributes.js'
import type { Graph, Node, Value } from '../ir/graph.js'
import { countUses, rewrite } from '../ir/rewrite.js'
import { areAlike, eitherWay, isAll, producer } from './match.js'

/** A kernel and what it takes. */
type Call = readonly [op: string, ...inputs: Value[]]
/** The output of a function that is already in the graph. */
type Known = (op: string, x: Value | undefined) => Value | undefined

/**
 * The graph with `TanhGrad`, `SigmoidGrad`, `SoftplusGrad`, `RsqrtGrad` and `ReciprocalGrad` for what tfjs composes from
 * arithmetic: the same functions in one pass over memory, and without powers. `SqrtGrad` would return 0 where tfjs divides 0 by 0.
 *
 * @example
 * rewriteActivationGradients(graph) // Mul(Sub(1, Square(y)), dy) is TanhGrad(y, dy)
 */
export function rewriteActivationGradients(graph: Graph): Graph {
  const outputs = new Map<string, Map<Value, Value>>()
  const known: Known = (op, x) => x && outputs.get(op)?.get(x)
  const uses = countUses(graph)
  return rewrite(graph, (node, builder, original) => {
    if (functions.has(node.op)) outputs.set(node.op, (outputs.get(node.op) ?? new Map()).set(node.inputs[0]!, node.outputs[0]!))
    const isUsedOnce = (i: number) => uses.get(original.inputs[i]!) === 1
    const [op, ...inputs] = matches.reduce<Call | undefined>((found, match) => found ?? match(node, known, isUsedOnce), undefined) ?? []
    return op && areAlike(node.outputs[0]!, ...inputs) ? builder.value(op, { T: type('float32') }, inputs) : undefined
  })
}

const functions = new Set(['Softplus', 'Rsqrt', 'Reciprocal'])
const isQuotient = ({ op }: Node) => op === 'RealDiv' || op === 'Div'

type Match = (node: Node, known: Known, isUsedOnce: (input: number) => boolean) => Call | undefined

/** `Mul(Sub(1, Square(y)), dy)`. */
const tanh: Match = node =>
  node.op !== 'Mul'
    ? undefined
    : eitherWay(node, (slope, gradient) => {
        const square = oneLess(slope)
        const y = square?.node.op === 'Square' ? square.node.inputs[0] : undefined
        return y && ['TanhGrad', y, gradient]
      })

/** `Mul(dy, Mul(y, Sub(1, y)))`. */
const sigmoid: Match = node =>
  node.op !== 'Mul'
    ? undefined
    : eitherWay(node, (gradient, slope) => {
        const product = producer(slope, 'Mul')
        const y = product && eitherWay(product, (y, rest) => (oneLess(rest) === y ? y : undefined))
        return y && ['SigmoidGrad', y, gradient]
      })

/** `Mul(dy, Sigmoid(x))` beside `Softplus(x)`. */
const softplus: Match = (node, known, isUsedOnce) => {
  if (node.op !== 'Mul') return undefined
  const at = node.inputs.findIndex(({ node }, i) => node.op === 'Sigmoid' && known('Softplus', node.inputs[0]) && isUsedOnce(i))
  return at === -1 ? undefined : ['SoftplusGrad', node.inputs[1 - at]!, node.inputs[at]!.node.inputs[0]!]
}

/** `Neg(RealDiv(dy, Mul(Pow(x, 1.5), 2)))` beside `Rsqrt(x)`. */
const rsqrt: Match = (node, known) => {
  const quotient = node.op === 'Neg' ? node.inputs[0]!.node : undefined
  const power = quotient && isQuotient(quotient) ? doubleOf(quotient.inputs[1]!)?.node : undefined
  const y = power?.op === 'Pow' && isAll(power.inputs[1]!, 1.5) ? known('Rsqrt', power.inputs[0]) : undefined
  return y && ['RsqrtGrad', y, quotient!.inputs[0]!]
}

/** `RealDiv(dy, Neg(Square(x)))` beside `Reciprocal(x)`. */
const reciprocal: Match = (node, known) => {
  const square = isQuotient(node) && node.inputs[1]!.node.op === 'Neg' ? node.inputs[1]!.node.inputs[0]!.node : undefined
  const y = square?.op === 'Square' ? known('Reciprocal', square.inputs[0]) : undefined
  return y && ['ReciprocalGrad', y, node.inputs[0]!]
}

const matches: readonly Match[] = [tanh, sigmoid, softplus, rsqrt, reciprocal]

/** `y` of `Sub(1, y)`. */
const oneLess = ({ node }: Value) => (node.op === 'Sub' && isAll(node.inputs[0]!, 1) ? node.inputs[1] : undefined)

/** `y` of `Mul(y, 2)`. */
const doubleOf = ({ node }: Value) => (node.op === 'Mul' ? eitherWay(node, (y, two) => (isAll(two, 2) ? y : undefined)) : undefined)
