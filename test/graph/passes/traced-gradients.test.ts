import { expect } from 'chai'
import type { Tensor } from '../../../src/graph/backend.js'
import type { Graph } from '../../../src/graph/ir/graph.js'
import { cleanUp } from '../../../src/graph/passes/clean-up.js'
import { lowerStep } from '../../../src/graph/passes/lower-step.js'
import { rewriteActivationGradients } from '../../../src/graph/passes/rewrite-activation-gradients.js'
import { rewriteReluGradients } from '../../../src/graph/passes/rewrite-relu-gradients.js'
import { trace } from '../../../src/graph/record/trace-function.js'
import { loadTensorflow, type Tensorflow } from '../../../src/graph/tensorflow.js'
import { expectSame } from './support.js'

/** Functions of tfjs and what is to be left of each with its gradient. */
const cases: Record<string, { readonly fn: (tf: Tensorflow, x: Tensor) => Tensor; readonly ops: string; readonly positive?: boolean }> = {
  relu: { fn: (tf, x) => tf.relu(x), ops: 'Relu ReluGrad' },
  relu6: { fn: (tf, x) => tf.relu6(x), ops: 'Relu6 Relu6Grad' },
  'relu6 of layers': { fn: (tf, x) => tf.minimum(6, tf.relu(x)), ops: 'Relu6 Relu6Grad' },
  'leaky relu': { fn: (tf, x) => tf.leakyRelu(x, 0.25), ops: 'LeakyRelu LeakyReluGrad' },
  tanh: { fn: (tf, x) => tf.tanh(x), ops: 'Tanh TanhGrad' },
  sigmoid: { fn: (tf, x) => tf.sigmoid(x), ops: 'Sigmoid SigmoidGrad' },
  softplus: { fn: (tf, x) => tf.softplus(x), ops: 'Softplus SoftplusGrad' },
  rsqrt: { fn: (tf, x) => tf.rsqrt(x), ops: 'Rsqrt RsqrtGrad', positive: true },
  reciprocal: { fn: (tf, x) => tf.reciprocal(x), ops: 'Reciprocal ReciprocalGrad', positive: true },
  abs: { fn: (tf, x) => tf.abs(x), ops: 'Abs Greater SelectV2 IsNan SelectV2 Mul' },
  elu: { fn: (tf, x) => tf.elu(x), ops: 'Elu EluGrad' },
}

describe('gradients as tfjs’s tape records them', () => {
  let tf: Tensorflow
  before(async () => {
    tf = await loadTensorflow()
  })

  for (const [name, { fn, ops, positive }] of Object.entries(cases)) {
    it(`${name}: ${ops}`, () => {
      const types = ['x', 'dy'].map(name => ({ name, shape: [4, 5], dtype: 'float32' as const }))
      const both = (x: Tensor, dy: Tensor) => {
        const { value, grad } = tf.valueAndGrad((x: Tensor) => fn(tf, x))(x, dy)
        return { value, grad }
      }
      const { graph } = trace(tf, both, types, { seed: 0, step: () => 0 })
      const passes: ((graph: Graph) => Graph)[] = [graph => cleanUp(graph, tf), rewriteReluGradients, rewriteActivationGradients, lowerStep]
      const result = cleanUp(
        passes.reduce((now, pass) => pass(now), graph),
        tf,
      )
      expect(result.nodes.map(({ op }) => op).filter(op => op !== 'Placeholder' && op !== 'Const')).to.deep.equal(ops.split(' '))
      expectSame(tf, graph, result, { inputs: positive ? x => Math.abs(x) + 0.5 : x => 5 * x })
    })
  }
})
