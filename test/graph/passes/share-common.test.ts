import { expect } from 'chai'
import { float, int, ints, string, type } from '../../../src/graph/ir/attributes.js'
import type { Attributes, DType, Elements, Value } from '../../../src/graph/ir/graph.js'
import { shareCommon } from '../../../src/graph/passes/share-common.js'
import { loadTensorflow, type Tensorflow } from '../../../src/graph/tensorflow.js'
import { expectPass, type Sketch, sketch, X } from './support.js'

let tf: Tensorflow
before(async () => {
  tf = await loadTensorflow()
})

describe('what stands twice', () => {
  it('is computed once: constants by value, exchangeable operands, attributes', () => {
    expectPass(
      tf,
      shareCommon,
      s => {
        const x = s.input('x', [2])
        const left = s.op('Mul', x, s.const({ data: Float32Array.of(1, 2) }, [2], 'float32'))
        const right = s.op('Mul', s.const({ data: Float32Array.of(1, 2) }, [2], 'float32'), x)
        const leaky = (alpha: number) => s.value('LeakyRelu', { T: type('float32'), alpha: float(alpha) }, [x])
        return [s.op('Sub', left, right), s.op('Sub', leaky(0.1), leaky(0.1)), s.op('Sub', leaky(0.2), x)]
      },
      `${X}[2]
      %1 = Const() {dtype: float32, value: [1, 2]} : float32[2]
      %2 = Mul(%0, %1) {T: float32} : float32[2]
      %3 = Sub(%2, %2) {T: float32} : float32[2]
      %4 = LeakyRelu(%0) {T: float32, alpha: 0.1} : float32[2]
      %5 = Sub(%4, %4) {T: float32} : float32[2]
      %6 = LeakyRelu(%0) {T: float32, alpha: 0.2} : float32[2]
      %7 = Sub(%6, %0) {T: float32} : float32[2]
      output a = %3
      output b = %5
      output c = %7`,
    )
  })

  it('stays apart where it is random, a placeholder, or differs in the sign of zero', () => {
    const graph = sketch(s => {
      const draw = () =>
        s.value(
          'RandomUniform',
          { T: type('int32'), dtype: type('float32'), seed: int(1) },
          [s.list(2)],
          [{ shape: [2], dtype: 'float32' }],
        )
      s.input('x', [2])
      s.input('x', [2])
      return [s.op('Sub', draw(), draw()), s.op('Sub', s.scalar(0), s.scalar(-0))]
    })
    expect(
      shareCommon(graph)
        .nodes.map(({ op }) => op)
        .sort(),
    ).to.deep.equal(['Const', 'Const', 'Const', 'Placeholder', 'Placeholder', 'RandomUniform', 'RandomUniform', 'Sub', 'Sub'].sort())
  })

  it('constants of up to 4096 elements are shared by value, larger ones by where they are held', () => {
    const shared = (size: number) => {
      const [data, other] = [new Float32Array(size).map((_, i) => i), new Float32Array(size).map((_, i) => i)]
      const graph = sketch(s => [data, data, other].map(data => s.const({ data }, [size], 'float32')))
      return shareCommon(graph).nodes.length
    }
    expect([4096, 4097].map(shared)).to.deep.equal([1, 2])
  })

  const constant = (elements: Elements, shape: readonly number[], dtype: DType) => (s: Sketch) => s.const(elements, shape, dtype)
  const pool = (attributes: Attributes) => (s: Sketch, x: Value) =>
    s.value('Pool', { T: type('float32'), ...attributes }, [x], [{ shape: [2], dtype: 'float32' }])
  type Draw = (s: Sketch, x: Value, y: Value) => Value
  const pairs: Readonly<Record<string, readonly [first: Draw, second: Draw, isOne: boolean]>> = {
    'numbers that are one in float32': [
      constant({ splat: 0.1 }, [], 'float32'),
      constant({ splat: Math.fround(0.1) }, [], 'float32'),
      true,
    ],
    'integers that are one in float32': [constant({ splat: 2 ** 24 }, [], 'int32'), constant({ splat: 2 ** 24 + 1 }, [], 'int32'), false],
    'one number of two types': [constant({ splat: 1 }, [], 'int32'), constant({ splat: 1 }, [], 'float32'), false],
    'one number in two shapes': [constant({ splat: 1 }, [2], 'float32'), constant({ splat: 1 }, [1, 2], 'float32'), false],
    'a difference both ways': [(s, x, y) => s.op('Sub', x, y), (s, x, y) => s.op('Sub', y, x), false],
    'a product both ways': [(s, x, y) => s.op('Mul', x, y), (s, x, y) => s.op('Mul', y, x), true],
    'attributes in another order': [pool({ a: int(1), b: int(2) }), pool({ b: int(2), a: int(1) }), true],
    'other lists': [pool({ ksize: ints([1, 2]) }), pool({ ksize: ints([1, 3]) }), false],
    'other strings': [pool({ padding: string('SAME') }), pool({ padding: string('VALID') }), false],
    'strings that read like attributes': [
      pool({ a: string('x b=y'), b: string('z') }),
      pool({ a: string('x'), b: string('y b=z') }),
      false,
    ],
    'attributes that differ in the sign of zero': [pool({ alpha: float(0) }), pool({ alpha: float(-0) }), false],
  }
  for (const [what, [first, second, isOne]] of Object.entries(pairs)) {
    it(`${what} are ${isOne ? 'one' : 'two'}`, () => {
      const graph = sketch(s => {
        const [x, y] = [s.input('x', [2]), s.input('y', [2])]
        return [first(s, x, y), second(s, x, y)]
      })
      const [a, b] = shareCommon(graph).outputs
      expect(a!.value === b!.value).to.equal(isOne)
    })
  }
})
