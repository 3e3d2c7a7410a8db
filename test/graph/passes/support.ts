/** Small graphs for the tests of passes: built by hand, printed, and computed before and after. */
import { expect } from 'chai'
import type { Tensor } from '../../../src/graph/backend.js'
import { evaluate } from '../../../src/graph/evaluate.js'
import { string, type } from '../../../src/graph/ir/attributes.js'
import type { DType, Graph, Node, Shape, Update, Value } from '../../../src/graph/ir/graph.js'
import { printGraph } from '../../../src/graph/ir/print.js'
import { type Builder, builderOf } from '../../../src/graph/ir/rewrite.js'
import { sizeOfShape } from '../../../src/graph/ir/shapes.js'
import { typedInputs } from '../../../src/graph/ir/typed-inputs.js'
import { verify } from '../../../src/graph/ir/verify.js'
import type { Tensorflow } from '../../../src/graph/tensorflow.js'
import { uniformAt } from '../../../src/util/seeds.js'

/** A builder with the few things that tests write all the time. */
export interface Sketch extends Builder {
  input(name: string, shape: Shape, dtype?: DType): Value
  variable(name: string, shape: Shape): Value
  /** A float scalar. */
  scalar(number: number): Value
  /** A float constant of this shape, all of it this number. */
  full(number: number, ...shape: number[]): Value
  /** A constant list of integers. */
  list(...numbers: number[]): Value
  cast(x: Value, to: DType): Value
  /** An operation whose only attribute is the type of its inputs. */
  op(name: string, ...inputs: Value[]): Value
}

type Outputs = Value | readonly Value[]
type WithUpdates = { readonly outputs: Outputs; readonly updates: readonly Update[] }

/** The graph that a function sketches, its outputs named a, b, c. */
export function sketch(draw: (sketch: Sketch) => Outputs | WithUpdates): Graph {
  const nodes: Node[] = []
  const variables = new Map<string, { name: string; shape: Shape; dtype: DType }>()
  const builder = builderOf(nodes)
  const drawn = draw({
    ...builder,
    input: (name, shape, dtype = 'float32') =>
      builder.value('Placeholder', { name: string(name), dtype: type(dtype) }, [], [{ shape, dtype }]),
    variable: (name, shape) => {
      variables.set(name, { name, shape, dtype: 'float32' })
      return builder.value('Variable', { variable: string(name) }, [], [{ shape, dtype: 'float32' }])
    },
    scalar: splat => builder.const({ splat }, [], 'float32'),
    full: (splat, ...shape) => builder.const({ splat }, shape, 'float32'),
    cast: (x, to) => builder.value('Cast', { SrcT: type(x.dtype), DstT: type(to) }, [x]),
    list: (...numbers) => builder.const({ data: Int32Array.from(numbers) }, [numbers.length], 'int32'),
    op: (op, ...inputs) => builder.value(op, { T: type(typedInputs({ op, inputs })[0]!.dtype) }, inputs),
  })
  const { outputs, updates } = 'outputs' in drawn ? drawn : { outputs: drawn, updates: [] }
  const values = 'node' in outputs ? [outputs] : outputs
  return {
    nodes,
    variables: [...variables.values()],
    outputs: values.map((value, i) => ({ name: String.fromCharCode(97 + i), value })),
    updates,
    checks: [],
  }
}

/** The graph's text without the indentation of a test. */
export function expectText(graph: Graph, text: string): void {
  const lines = text.trim().split('\n')
  expect(printGraph(graph).trim().split('\n')).to.deep.equal(lines.map(line => line.trim()))
}

/** That a pass makes this text of a graph, which has the same values. */
export function expectPass(tf: Tensorflow, pass: (graph: Graph, tf: Tensorflow) => Graph, draw: (sketch: Sketch) => Outputs, text: string) {
  const graph = sketch(draw)
  const result = pass(graph, tf)
  expectText(result, text)
  expectSame(tf, graph, result)
}

/** The first line of a graph of one input, up to its shape. */
export const X = "%0 = Placeholder() {dtype: float32, name: 'x'} : float32"

/** That a pass leaves every node as it is. */
export function expectKept(pass: (graph: Graph) => Graph, draw: (sketch: Sketch) => Outputs): void {
  const graph = sketch(draw)
  const kept = pass(graph).nodes
  expect(printGraph({ ...graph, nodes: kept })).to.equal(printGraph(graph))
  expect(kept.every((node, i) => node === graph.nodes[i])).to.equal(true)
}

/** The operations of a graph without those that only hold what it is given. */
export const opsOf = ({ nodes }: Pick<Graph, 'nodes'>): string[] => nodes.map(({ op }) => op).filter(op => !given.has(op))
const given: ReadonlySet<string> = new Set(['Placeholder', 'Variable', 'Const'])

/** Numbers in [−2, 2), the same for the same name and place; what a placeholder or a variable is in these tests. */
export function numbersFor(name: string, size: number): number[] {
  const seed = [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7)
  return Array.from({ length: size }, (_, i) => 4 * uniformAt(seed, i) - 2)
}

export interface Expectation {
  /** How far apart, in relation to their size, results may be. Default: 1e-5. */
  readonly within?: number
  /** What inputs are made from the usual numbers. */
  readonly inputs?: (number: number) => number
}

/** That two graphs, both legal, give the same for the same inputs and variables. */
export function expectSame(tf: Tensorflow, before: Graph, after: Graph, { within = 1e-5, inputs = x => x }: Expectation = {}): void {
  const run = (graph: Graph) =>
    evaluate(
      tf,
      graph.outputs.map(({ value }) => value),
      new Map(graph.nodes.filter(isGiven).map(node => [node, tensorFor(tf, node, inputs)])),
    )
  for (const graph of [before, after]) verify(graph, 'recorded')
  tf.tidy(() => {
    const [wanted, got] = [run(before), run(after)]
    expect(got.map(describeTensor)).to.deep.equal(wanted.map(describeTensor))
    for (const [i, tensor] of wanted.entries()) expectClose(got[i]!, tensor, within)
  })
}

const isGiven = ({ op }: Node) => op === 'Placeholder' || op === 'Variable'
const describeTensor = ({ dtype, shape }: Tensor) => `${dtype}[${shape}]`

function tensorFor(tf: Tensorflow, { attributes, outputs }: Node, change: (number: number) => number): Tensor {
  const { shape, dtype } = outputs[0]!
  const name = String((attributes.name ?? attributes.variable)!.value)
  const numbers = numbersFor(name, sizeOfShape(shape)).map(change)
  return tf.tensor(dtype === 'bool' ? numbers.map(x => Number(x > 0)) : numbers, [...shape], dtype as 'float32')
}

function expectClose(got: Tensor, wanted: Tensor, within: number): void {
  const [a, b] = [got.dataSync(), wanted.dataSync()]
  for (const [i, value] of b.entries()) {
    if (Number.isNaN(value)) expect(a[i]).to.be.NaN
    else if (Number.isFinite(value)) expect(a[i]!, `element ${i}`).to.be.closeTo(value, within * Math.max(1, Math.abs(value)))
    else expect(a[i]).to.equal(value)
  }
}
