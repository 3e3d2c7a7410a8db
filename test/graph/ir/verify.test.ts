import { expect } from 'chai'
import { bool, float, string, type } from '../../../src/graph/ir/attributes.js'
import { createNode, type Graph, type Update, type Value } from '../../../src/graph/ir/graph.js'
import { type Stage, verify } from '../../../src/graph/ir/verify.js'
import { lowerOptimizers } from '../../../src/graph/passes/lower-optimizers.js'
import { lowerStep } from '../../../src/graph/passes/lower-step.js'
import { type Sketch, sketch } from '../passes/support.js'

const T = type('float32')

/** A step with a bit of everything. */
function legal(): Graph {
  const graph = sketch(s => {
    const [x, w] = [s.input('x', [2, 3]), s.variable('w', [3])]
    s.variable('n', [])
    const masked = s.op('Mul', x, s.value('Step', { alpha: float(0) }, [x]))
    const gradient = s.op('Sum', s.op('Mul', masked, w), s.list(0))
    const updates: Update[] = [
      { op: 'SGD', variables: ['w'], inputs: [gradient, s.scalar(0.1)], attributes: {} },
      { op: 'Assign', variables: ['n'], inputs: [s.scalar(1)], attributes: {} },
    ]
    return { outputs: masked, updates }
  })
  return graph
}

/** A graph with one output and whatever is wrong with it. */
const withOutput = (draw: (s: Sketch) => Value): Graph => sketch(draw)
const withUpdate = (draw: (s: Sketch) => Update): Graph => sketch(s => ({ outputs: [], updates: [draw(s)] }))
const node = (op: string, inputs: readonly Value[], shape: readonly number[], attributes = {}) =>
  createNode(op, { T, ...attributes }, inputs, [{ shape, dtype: 'float32' }])

const checkOf = ({ outputs: [output] }: Graph, message: string) => ({ value: output!.value, message, shown: output!.value })

interface Wrong {
  readonly graph: () => Graph
  readonly reason: string
  readonly stage?: Stage
}

const wrong: Record<string, Wrong> = {
  'a node before its input': {
    graph: () => {
      const graph = withOutput(s => s.op('Relu', s.input('x', [2])))
      return { ...graph, nodes: graph.nodes.toReversed() }
    },
    reason: 'input 0 is not computed before it',
  },
  'a node twice': {
    graph: () => {
      const graph = withOutput(s => s.input('x', [2]))
      return { ...graph, nodes: [...graph.nodes, ...graph.nodes] }
    },
    reason: 'it is in the graph twice',
  },
  'an input that its node does not give': {
    graph: () => withOutput(s => s.op('Relu', { ...s.input('x', [2]) })),
    reason: 'input 0 is not an output of its node',
  },
  'a length that is no number': {
    graph: () => withOutput(s => s.input('x', [2, Number.NaN])),
    reason: '[2,NaN] is not a shape',
  },
  'a length that is not whole': { graph: () => withOutput(s => s.input('x', [2.5])), reason: '[2.5] is not a shape' },
  'outputs that are not what the operation gives': {
    graph: () => withOutput(s => s.value('Relu', { T }, [s.input('x', [2])], [{ shape: [3], dtype: 'float32' }])),
    reason: 'output 0 is float32[2]',
  },
  'outputs of another number': {
    graph: () =>
      withOutput(s => {
        const type = { shape: [2], dtype: 'float32' } as const
        return s.value('Relu', { T }, [s.input('x', [2])], [type, type])
      }),
    reason: 'it has 1 outputs, not 2',
  },
  'an attribute that is missing': {
    graph: () => withOutput(s => s.value('Cast', { SrcT: T }, [s.input('x', [2])], [{ shape: [2], dtype: 'int32' }])),
    reason: 'Cast has no attribute DstT',
  },
  'a type that its inputs do not have': {
    graph: () => withOutput(s => s.value('Mul', { T }, [s.input('x', [2]), s.input('n', [2], 'int32')])),
    reason: 'T is float32, but there is int32',
  },
  'a cast from another type': {
    graph: () => withOutput(s => s.value('Cast', { SrcT: type('int32'), DstT: T }, [s.input('x', [2])])),
    reason: 'SrcT is int32, but there is float32',
  },
  'a choice between types': {
    graph: () => withOutput(s => s.value('SelectV2', { T }, [s.input('c', [2], 'bool'), s.input('n', [2], 'int32'), s.input('x', [2])])),
    reason: 'T is float32, but there is int32',
  },
  'a constant of too few elements': {
    graph: () => withOutput(s => s.const({ data: Float32Array.of(1) }, [2], 'float32')),
    reason: 'it holds 1 elements',
  },
  'a constant of another type': {
    graph: () => withOutput(s => s.const({ data: Float32Array.of(1) }, [1], 'int32')),
    reason: 'it holds them in Float32Array',
  },
  'two variables of one name': {
    graph: () => {
      const graph = withOutput(s => s.variable('w', [2]))
      return { ...graph, variables: [...graph.variables, ...graph.variables] }
    },
    reason: 'two variables are named w',
  },
  'a variable that is not known': {
    graph: () => ({ ...withOutput(s => s.variable('w', [2])), variables: [] }),
    reason: 'there is no variable w',
  },
  'a variable of another shape': {
    graph: () => ({ ...withOutput(s => s.variable('w', [2])), variables: [{ name: 'w', shape: [3], dtype: 'float32' }] }),
    reason: 'w is float32[3]',
  },
  'an update of no variable': {
    graph: () => withUpdate(s => ({ op: 'Assign', variables: ['w'], inputs: [s.scalar(1)], attributes: {} })),
    reason: 'there is no variable w',
  },
  'a variable updated twice': {
    graph: () => {
      const graph = legal()
      return { ...graph, updates: [...graph.updates, graph.updates[1]!] }
    },
    reason: 'n is updated twice',
  },
  'an assignment of another shape': {
    graph: () =>
      withUpdate(s => ({
        op: 'Assign',
        variables: ['w'],
        inputs: [s.op('Neg', s.variable('w', [2])), s.scalar(1)].slice(1),
        attributes: {},
      })),
    reason: 'w is float32[2]',
  },
  'an assignment of two values': {
    graph: () => withUpdate(s => ({ op: 'Assign', variables: ['w'], inputs: [s.variable('w', [2]), s.scalar(1)], attributes: {} })),
    reason: 'it takes one variable and one value',
  },
  'a gradient of another shape': {
    graph: () =>
      withUpdate(s => {
        s.variable('w', [2])
        return { op: 'SGD', variables: ['w'], inputs: [s.input('g', [3]), s.scalar(1)], attributes: {} }
      }),
    reason: 'input 0 is neither a number nor like the variable',
  },
  'a state of another shape': {
    graph: () =>
      withUpdate(s => {
        const [w] = [s.variable('w', [2]), s.variable('a', [3])]
        return { op: 'Adagrad', variables: ['w', 'a'], inputs: [w, s.scalar(1)], attributes: {} }
      }),
    reason: 'a is not like w',
  },
  'an update that nobody knows': {
    graph: () => withUpdate(s => ({ op: 'Ftrl', variables: ['w'], inputs: [s.variable('w', [2])], attributes: {} })),
    reason: 'Ftrl is not an update',
  },
  'an optimizer’s update, lowered': {
    graph: () => lowerStep(legal()),
    reason: 'SGD is not an update',
    stage: 'lowered',
  },
  'a step, lowered': {
    graph: () => lowerOptimizers(legal()),
    reason: 'Step is not an operation of TensorFlow',
    stage: 'lowered',
  },
  'a check of many': {
    graph: (): Graph => {
      const graph = withOutput(s => s.input('x', [2], 'bool'))
      return { ...graph, checks: [checkOf(graph, 'all')] }
    },
    reason: 'it is bool[2], not one bool',
  },
  'a check of a number': {
    graph: (): Graph => {
      const graph = withOutput(s => s.scalar(1))
      return { ...graph, checks: [checkOf(graph, 'one')] }
    },
    reason: 'it is float32[], not one bool',
  },
  'an output that is not in the graph': {
    graph: () => ({ ...withOutput(s => s.scalar(1)), outputs: [{ name: 'a', value: node('Relu', [], [2]).outputs[0]! }] }),
    reason: 'its value is not computed',
  },
  'an update’s value that is not in the graph': {
    graph: (): Graph => {
      const graph = legal()
      const inputs = [node('Variable', [], [], { variable: string('n') }).outputs[0]!]
      return { ...graph, updates: [{ op: 'Assign', variables: ['n'], inputs, attributes: {} }] }
    },
    reason: 'one of its values is not computed',
  },
  'two outputs of one name': {
    graph: (): Graph => {
      const graph = withOutput(s => s.scalar(1))
      return { ...graph, outputs: [...graph.outputs, ...graph.outputs] }
    },
    reason: 'two outputs are named a',
  },
}

describe('verification of graphs', () => {
  for (const [name, { graph, reason, stage = 'recorded' }] of Object.entries(wrong)) {
    it(`tells of ${name}`, () => {
      expect(() => verify(graph(), stage)).to.throw(Error, reason)
    })
  }

  it('lets a legal graph pass, as recorded and lowered', () => {
    verify(legal(), 'recorded')
    verify(lowerOptimizers(lowerStep(legal())), 'lowered')
  })

  it('lists everything, each with its line', () => {
    const graph = sketch(s => {
      const product = s.value(
        'MatMul',
        { T, transpose_a: bool(false) },
        [s.input('x', [2, 3]), s.input('y', [3, 4])],
        [{ shape: [2, 3], dtype: 'float32' }],
      )
      return { outputs: product, updates: [{ op: 'Assign', variables: ['w'], inputs: [product], attributes: {} }] }
    })
    expect(() => verify(graph, 'lowered')).to.throw(
      Error,
      `not a legal graph when lowered:
  %2 = MatMul(%0, %1) {T: float32, transpose_a: false} : float32[2,3]
    output 0 is float32[2,4]
  update Assign [w] (%2)
    there is no variable w`,
    )
  })
})
