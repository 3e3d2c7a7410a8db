/** Invariants of every graph that passes return, checked where a mistake is made and not where TensorFlow finds it. */

import { isOptimizerName } from '../optimizers/table.js'
import { attributeOr, elementsOf } from './attributes.js'
import type { DType, Graph, GraphVariable, Node, Update, Value } from './graph.js'
import { inferOutputs } from './infer.js'
import { printGraph } from './print.js'
import { sameShape, sizeOfShape } from './shapes.js'
import { typedInputs } from './typed-inputs.js'

/** True if an update is one of TensorFlow's. */
const isUpdate = (op: string) => op === 'Assign' || op.startsWith('ResourceApply')

/** What is legal at each stage: as recorded, a graph may contain what only the IR has; lowered, everything is TensorFlow's. */
const stages = {
  recorded: {
    isOperation: () => true,
    isUpdate: (op: string) => isUpdate(op) || isOptimizerName(op),
  },
  lowered: {
    isOperation: (op: string) => op !== 'Step',
    isUpdate,
  },
} as const

export type Stage = keyof typeof stages

/** What is wrong, and in which line of the print. */
interface Problem {
  readonly line?: number
  readonly reason: string
}

/**
 * Checks a graph: order, shapes, types, variables, updates and checks.
 *
 * @example
 * verify(graph, 'lowered')
 *
 * @throws Error that lists everything wrong, each with its line of the print.
 */
export function verify(graph: Graph, stage: Stage): void {
  const problems = [...nodeProblems(graph, stage), ...variableProblems(graph), ...updateProblems(graph, stage), ...rootProblems(graph)]
  if (problems.length === 0) return
  const lines = printGraph(graph).split('\n')
  const list = problems.map(({ line, reason }) => (line === undefined ? `  ${reason}` : `  ${lines[line]}\n    ${reason}`))
  throw new Error(`not a legal graph when ${stage}:\n${list.join('\n')}`)
}

function* nodeProblems(graph: Graph, stage: Stage): Iterable<Problem> {
  const seen = new Set<Node>()
  for (const [line, node] of graph.nodes.entries()) {
    if (seen.has(node)) yield { line, reason: 'it is in the graph twice' }
    for (const [i, input] of node.inputs.entries()) {
      if (!seen.has(input.node)) yield { line, reason: `input ${i} is not computed before it` }
      if (input.node.outputs[input.index] !== input) yield { line, reason: `input ${i} is not an output of its node` }
    }
    seen.add(node)
    if (!stages[stage].isOperation(node.op)) yield { line, reason: `${node.op} is not an operation of TensorFlow` }
    for (const reason of [...dimensionProblems(node), ...typeProblems(node), ...outputProblems(node), ...constantProblems(node)])
      yield { line, reason }
  }
}

function* dimensionProblems({ outputs }: Node): Iterable<string> {
  for (const { shape } of outputs)
    if (!shape.every(length => Number.isInteger(length) && length >= 0)) yield `[${shape.join()}] is not a shape`
}

/** Checks attributes of types against the inputs. */
function* typeProblems(node: Node): Iterable<string> {
  const agree = (name: string, values: readonly (Value | undefined)[]) => {
    const declared = attributeOr(node, name, 'type', values[0]?.dtype ?? 'float32')
    const other = values.find(value => value && value.dtype !== declared)
    return other ? [`${name} is ${declared}, but there is ${other.dtype}`] : []
  }
  if (node.op === 'Cast') yield* [...agree('SrcT', [node.inputs[0]]), ...agree('DstT', [node.outputs[0]])]
  else yield* agree('T', typedInputs(node))
}

function* outputProblems(node: Node): Iterable<string> {
  try {
    const inferred = inferOutputs(node.op, node.attributes, node.inputs)
    if (inferred && inferred.length !== node.outputs.length) yield `it has ${inferred.length} outputs, not ${node.outputs.length}`
    for (const [i, { shape, dtype }] of inferred?.entries() ?? []) {
      const declared = node.outputs[i]
      if (declared && (declared.dtype !== dtype || !sameShape(declared.shape, shape))) yield `output ${i} is ${dtype}[${shape.join()}]`
    }
  } catch (error) {
    yield String(error instanceof Error ? error.message : error)
  }
}

const holders: Partial<Record<DType, string>> = { float32: 'Float32Array', int32: 'Int32Array', bool: 'Uint8Array' }

function* constantProblems(node: Node): Iterable<string> {
  const [output] = node.outputs
  const elements = output && elementsOf(output)
  if (!elements || 'splat' in elements) return
  const holder = holders[output.dtype]
  if (elements.data.length !== sizeOfShape(output.shape)) yield `it holds ${elements.data.length} elements`
  if (holder !== undefined && elements.data.constructor.name !== holder) yield `it holds them in ${elements.data.constructor.name}`
}

function* variableProblems({ nodes, variables }: Graph): Iterable<Problem> {
  const known = new Map<string, GraphVariable>()
  for (const variable of variables) {
    if (known.has(variable.name)) yield { reason: `two variables are named ${variable.name}` }
    known.set(variable.name, variable)
  }
  for (const [line, node] of nodes.entries()) {
    if (node.op !== 'Variable') continue
    const name = attributeOr(node, 'variable', 'string', '')
    const variable = known.get(name)
    const [output] = node.outputs
    if (!variable) yield { line, reason: `there is no variable ${name}` }
    else if (!isLike(variable, output!)) yield { line, reason: `${name} is ${variable.dtype}[${variable.shape.join()}]` }
  }
}

const isLike = (a: Pick<Value, 'shape' | 'dtype'>, b: Pick<Value, 'shape' | 'dtype'>) => a.dtype === b.dtype && sameShape(a.shape, b.shape)

function* updateProblems({ nodes, variables, updates, checks }: Graph, stage: Stage): Iterable<Problem> {
  const known = new Map(variables.map(variable => [variable.name, variable]))
  const updated = new Set<string>()
  for (const [i, update] of updates.entries()) {
    const line = nodes.length + checks.length + i
    if (!stages[stage].isUpdate(update.op)) yield { line, reason: `${update.op} is not an update` }
    for (const name of update.variables) {
      if (!known.has(name)) yield { line, reason: `there is no variable ${name}` }
      if (updated.has(name)) yield { line, reason: `${name} is updated twice` }
      updated.add(name)
    }
    const targets = update.variables.flatMap(name => known.get(name) ?? [])
    for (const reason of update.op === 'Assign' ? assignProblems(update, targets) : optimizerProblems(update, targets))
      yield { line, reason }
  }
}

function* assignProblems({ variables, inputs }: Update, [target]: readonly GraphVariable[]): Iterable<string> {
  if (variables.length !== 1 || inputs.length !== 1) yield 'it takes one variable and one value'
  else if (target && !isLike(target, inputs[0]!)) yield `${target.name} is ${target.dtype}[${target.shape.join()}]`
}

/** An optimizer's variables have one shape; its inputs have that shape or are one number. */
function* optimizerProblems({ inputs }: Update, targets: readonly GraphVariable[]): Iterable<string> {
  const [first] = targets
  for (const target of targets) if (!isLike(target, first!)) yield `${target.name} is not like ${first!.name}`
  for (const [i, { shape, dtype }] of inputs.entries()) {
    const fits = first && dtype === first.dtype && (shape.length === 0 || sameShape(shape, first.shape))
    if (!fits) yield `input ${i} is neither a number nor like the variable`
  }
}

function* rootProblems({ nodes, outputs, updates, checks }: Graph): Iterable<Problem> {
  const known = new Set(nodes)
  const [afterNodes, afterChecks] = [nodes.length, nodes.length + checks.length]
  const missing = ({ node }: Value) => !known.has(node)
  for (const [i, { value, shown }] of checks.entries()) {
    const line = afterNodes + i
    if (missing(value) || missing(shown)) yield { line, reason: 'its value is not computed' }
    if (value.dtype !== 'bool' || value.shape.length > 0)
      yield { line, reason: `it is ${value.dtype}[${value.shape.join()}], not one bool` }
  }
  for (const [i, { inputs }] of updates.entries())
    if (inputs.some(missing)) yield { line: afterChecks + i, reason: 'one of its values is not computed' }
  const names = new Set<string>()
  for (const [i, { name, value }] of outputs.entries()) {
    const line = afterChecks + updates.length + i
    if (missing(value)) yield { line, reason: 'its value is not computed' }
    if (names.has(name)) yield { line, reason: `two outputs are named ${name}` }
    names.add(name)
  }
}
