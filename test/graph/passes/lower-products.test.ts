import { expect } from 'chai'
import { bool, type } from '../../../src/graph/ir/attributes.js'
import type { Shape } from '../../../src/graph/ir/graph.js'
import { lowerProducts } from '../../../src/graph/passes/lower-products.js'
import { loadTensorflow, type Tensorflow } from '../../../src/graph/tensorflow.js'
import { expectSame, expectText, opsOf, sketch } from './support.js'

let tf: Tensorflow
before(async () => {
  tf = await loadTensorflow()
})

const T = type('float32')
const matMul = (x: Shape, y: Shape, a: boolean, b: boolean) =>
  sketch(s => s.value('MatMul', { T, transpose_a: bool(a), transpose_b: bool(b) }, [s.input('x', x), s.input('y', y)]))
const batchMatMul = (x: Shape, y: Shape, a: boolean, b: boolean) =>
  sketch(s => s.value('BatchMatMulV2', { T, adj_x: bool(a), adj_y: bool(b) }, [s.input('x', x), s.input('y', y)]))
const X = "%0 = Placeholder() {dtype: float32, name: 'x'} : float32"
const Y = "%1 = Placeholder() {dtype: float32, name: 'y'} : float32"

describe('products of matrices', () => {
  for (const first of [false, true]) {
    const x = first ? [512, 4] : [4, 512]
    it(`with a large transposed matrix${first ? ', the other transposed as well' : ''}`, () => {
      const graph = matMul(x, [256, 512], first, true)
      const lowered = lowerProducts(graph)
      expectText(
        lowered,
        `${X}[${x}]
        ${Y}[256,512]
        %2 = BatchMatMulV2(%0, %1) {T: float32, adj_x: ${first}, adj_y: true} : float32[4,256]
        output a = %2`,
      )
      // Sums of 512 products up to 4, in another order.
      expectSame(tf, graph, lowered, { within: 1e-4 })
    })
  }

  it('of tfjs, with a batch of one', () => {
    const graph = batchMatMul([1, 3, 2], [1, 4, 3], true, true)
    const lowered = lowerProducts(graph)
    expectText(
      lowered,
      `${X}[1,3,2]
      ${Y}[1,4,3]
      %2 = Const() {dtype: int32, value: [3, 2]} : int32[2]
      %3 = Reshape(%0, %2) {T: float32, Tshape: int32} : float32[3,2]
      %4 = Const() {dtype: int32, value: [4, 3]} : int32[2]
      %5 = Reshape(%1, %4) {T: float32, Tshape: int32} : float32[4,3]
      %6 = MatMul(%3, %5) {T: float32, transpose_a: true, transpose_b: true} : float32[2,4]
      %7 = Const() {dtype: int32, value: [1, 2, 4]} : int32[3]
      %8 = Reshape(%6, %7) {T: float32, Tshape: int32} : float32[1,2,4]
      output a = %8`,
    )
    expectSame(tf, graph, lowered)
  })

  it('of tfjs, with a batch of one and large: in one operation, as matrices', () => {
    const lowered = lowerProducts(batchMatMul([1, 4, 512], [1, 256, 512], false, true))
    expect(opsOf(lowered)).to.deep.equal(['Reshape', 'Reshape', 'BatchMatMulV2', 'Reshape'])
  })

  it('whose modes are not given, which are not transposed', () => {
    const graph = sketch(s => s.value('BatchMatMulV2', { T }, [s.input('x', [4, 3]), s.input('y', [3, 5])]))
    const lowered = lowerProducts(graph)
    expectText(
      lowered,
      `${X}[4,3]
      ${Y}[3,5]
      %2 = MatMul(%0, %1) {T: float32, transpose_a: false, transpose_b: false} : float32[4,5]
      output a = %2`,
    )
    expectSame(tf, graph, lowered)
  })

  for (const [first, second] of [
    [true, false],
    [false, true],
  ] as const) {
    it(`with ${first ? 'the first' : 'the second'} transposed`, () => {
      const graph = batchMatMul(first ? [3, 4] : [4, 3], second ? [5, 3] : [3, 5], first, second)
      const lowered = lowerProducts(graph)
      expect(opsOf(lowered)).to.deep.equal(['MatMul'])
      expectSame(tf, graph, lowered)
    })
  }

  const kept = {
    'one by many': batchMatMul([1, 3, 4], [2, 4, 5], false, false),
    integers: sketch(s => s.op('MatMul', s.input('x', [3, 4], 'int32'), s.input('y', [4, 5], 'int32'))),
    'integers of tfjs': sketch(s => s.op('BatchMatMulV2', s.input('x', [1, 3, 4], 'int32'), s.input('y', [1, 4, 5], 'int32'))),
    'small, transposed': matMul([4, 8], [3, 8], false, true),
    'large, not transposed': matMul([4, 512], [512, 256], false, false),
    'many at once': batchMatMul([2, 3, 4], [2, 4, 5], false, false),
    'large, transposed, in its operation already': batchMatMul([4, 512], [256, 512], false, true),
  }
  for (const [name, graph] of Object.entries(kept)) {
    it(`${name}: stay as they are`, () => {
      expect(lowerProducts(graph).nodes).to.deep.equal(graph.nodes)
    })
  }
})
