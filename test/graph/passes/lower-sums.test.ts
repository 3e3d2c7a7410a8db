import { expect } from 'chai'
import { bool, type } from '../../../src/graph/ir/attributes.js'
import { lowerSums } from '../../../src/graph/passes/lower-sums.js'
import { loadTensorflow, type Tensorflow } from '../../../src/graph/tensorflow.js'
import { expectSame, expectText, sketch } from './support.js'

let tf: Tensorflow
before(async () => {
  tf = await loadTensorflow()
})

const sum = (shape: number[], axes: number[], keep: boolean) =>
  sketch(s => s.value('Sum', { T: type('float32'), Tidx: type('int32'), keep_dims: bool(keep) }, [s.input('x', shape), s.list(...axes)]))

describe('sums over positions', () => {
  it('are gradients of biases', () => {
    const graph = sum([2, 3, 3, 32], [0, -2, 1], true)
    const lowered = lowerSums(graph)
    expectText(
      lowered,
      `%0 = Placeholder() {dtype: float32, name: 'x'} : float32[2,3,3,32]
      %1 = BiasAddGrad(%0) {T: float32, data_format: 'NHWC'} : float32[32]
      %2 = Const() {dtype: int32, value: [1, 1, 1, 32]} : int32[4]
      %3 = Reshape(%1, %2) {T: float32, Tshape: int32} : float32[1,1,1,32]
      output a = %3`,
    )
    expectSame(tf, graph, lowered)
  })

  const kept = {
    'over some axes': sum([2, 3, 3, 32], [0, 1], false),
    'over channels too': sum([2, 3, 32], [0, 1, 2], false),
    'of channels': sum([2, 32], [-1], false),
    'of few channels': sum([2, 3, 3, 16], [0, 1, 2], false),
    'of a list': sum([32], [], false),
  }
  for (const [name, graph] of Object.entries(kept)) {
    it(`${name} stay`, () => {
      expect(lowerSums(graph).nodes).to.deep.equal(graph.nodes)
    })
  }
})
