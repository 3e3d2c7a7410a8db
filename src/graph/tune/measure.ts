/** Measures how long a piece of a graph takes on this machine. */
import { nodeBackend } from '../backend.js'
import { Emitter } from '../emit/emit.js'
import { string, type } from '../ir/attributes.js'
import { createNode, type Graph, type Node, type TensorType, type Value } from '../ir/graph.js'
import { type Builder, builderOf, prune } from '../ir/rewrite.js'
import { sizeOfShape } from '../ir/shapes.js'
import { Session } from '../session/session.js'
import type { Tensorflow } from '../tensorflow.js'

const RUNS = 3

/** Milliseconds by the clock `now` that `build` takes for operands of these types: the minimum of three runs, after one that is not counted. */
export function measure(
  tf: Tensorflow,
  operands: readonly TensorType[],
  build: (b: Builder, operands: readonly Value[]) => Value,
  now = () => performance.now(),
): number {
  const { binding } = nodeBackend(tf)
  const emitter = new Emitter()
  const variables = operands.map(({ shape, dtype }, i) => ({ name: `operand${i}`, shape, dtype }))
  const names = emitter.addVariables(variables)
  const { outputs } = emitter.addGraph(buildGraph(variables, build), 'f')
  const session = new Session(binding, emitter.serialize())
  const ids = operands.map(({ shape }) => binding.createTensor(shape, binding.TF_FLOAT, new Float32Array(sizeOfShape(shape)).fill(0.5)))
  const run = (inputs: readonly number[], inputNames: string, outputName: string) => {
    const started = now()
    for (const { id } of session.run(inputs, inputNames, outputName)) binding.deleteTensor(id)
    return now() - started
  }
  try {
    run(ids, variables.map(({ name }) => names.feeds[name]!).join(), names.written)
    const times = Array.from({ length: RUNS + 1 }, () => run([], '', outputs[0]!))
    return Math.min(...times.slice(1))
  } finally {
    for (const id of ids) binding.deleteTensor(id)
    session.dispose()
  }
}

/** Only one element of the result leaves the graph, so that copying it does not count. */
function buildGraph(variables: Graph['variables'], build: (b: Builder, operands: readonly Value[]) => Value): Graph {
  const nodes: Node[] = variables.map(({ name, ...type }) => createNode('Variable', { variable: string(name) }, [], [type]))
  const b = builderOf(nodes)
  const result = b.reshape(
    build(
      b,
      nodes.map(({ outputs }) => outputs[0]!),
    ),
    [-1],
  )
  const [begin, size] = [0, 1].map(number => b.const({ data: Int32Array.of(number) }, [1], 'int32'))
  const first = b.value('Slice', { T: type(result.dtype), Index: type('int32') }, [result, begin!, size!])
  return prune({ nodes, variables, outputs: [{ name: 'first', value: first }], updates: [], checks: [] })
}
