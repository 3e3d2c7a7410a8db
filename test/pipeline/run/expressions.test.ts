import { expect } from 'chai'
import { B, C, D, Expression, F, I, M, NdArray, R, V, W } from '../../../src/index.js'
import { BatchRun } from '../../../src/pipeline/run/batch-run.js'
import { evaluate } from '../../../src/pipeline/run/evaluate.js'
import { Scope } from '../../../src/pipeline/run/scope.js'
import { Session } from '../../../src/pipeline/run/session.js'
import { noBindings } from '../../../src/pipeline/spec/bindings.js'
import { describe as describeValue } from '../../../src/pipeline/spec/describe.js'
import { printExpression } from '../../../src/pipeline/spec/print-expression.js'
import { NumbersBatch } from '../../support/numbers.js'

/** The value of anything with expressions inside: v = 5, a list, an array of two rows; config a/b = [1, 2, 3]; a batch of x = 0, 1, 2. */
function valueIn(value: unknown): unknown {
  const { json, values } = describeValue(value)
  const session = new Session('test', { config: { a: { b: [1, 2, 3] } }, actions: [] }, { ...noBindings, values })
  session.variables.set('v', 5)
  session.variables.set('i', 1)
  session.variables.set('yes', true)
  session.variables.set('list', [10, 20, 30])
  session.variables.set('rows', NdArray.from([[1, 2], [3, 4]], 'int32')) // biome-ignore format: one line reads as a matrix
  session.variables.set('object', { key: 'value' })
  return evaluate(json, new Scope(session, new BatchRun(NumbersBatch.fromData({ x: [0, 1, 2], y: [0, 2, 4] }), 1)))
}

const nested = (value: unknown) => (value instanceof NdArray ? value.toNested() : value)

describe('expressions', () => {
  const v = V('v')
  const cases: [string, unknown, unknown][] = [
    // BatchFlow's own examples (reference, C3)
    ['V(v) / 2', v.div(2), 2.5],
    ['V(v) // 2', v.floorDiv(2), 2],
    ['-V(v) + 1', v.neg().add(1), -4],
    ['V(v) ** 2', v.pow(2), 25],
    ['V(v) == 5', v.eq(5), true],
    ['C(a/b)[V(v) - 4]', C('a/b').at(v.sub(4)), 2],
    ['C(a/b)[0:V(v) - 3]', C('a/b').at(0, v.sub(3)), [1, 2]],
    ['F(max)(V(v), 9)', F(Math.max)(v, 9), 9],
    ['a method of the value', v.call('toFixed', 2), '5.00'],
    // the rest of the algebra
    ['a remainder has the sign of the divisor', v.neg().mod(3), 1],
    ['and, or, not of truth', [V('yes').and(v.lt(0)), V('yes').or(false), V('yes').not(), V('yes').xor(true)], [false, true, false, false]],
    ['and, or, xor of integers are bitwise', [v.and(3), v.or(3), v.xor(3)], [1, 7, 6]],
    ['comparisons', [v.ne(5), v.lt(6), v.le(5), v.gt(5), v.ge(5)], [false, true, true, false, true]],
    ['|x|', v.neg().abs(), 5],
    ['an array item by item, integers stay integers', V('rows').mul(2), [[2, 4], [6, 8]]], // biome-ignore format: matrix
    ['an array and an array', V('rows').add(V('rows')), [[2, 4], [6, 8]]], // biome-ignore format: matrix
    ['a division makes float32', V('rows').div(2), [[0.5, 1], [1.5, 2]]], // biome-ignore format: matrix
    ['an array compared is an array of 0 and 1', V('rows').gt(2), [[0, 0], [1, 1]]], // biome-ignore format: matrix
    ['a row of an array', V('rows').at(-1), [3, 4]],
    ['an element of a row', V('rows').at(1).at(0), 3],
    ['an attribute', V('rows').attr('shape'), [2, 2]],
    ['a list item by item', V('list').add(1), [11, 21, 31]],
    ['an item from the end', V('list').at(-1), 30],
    ['a key of an object', V('object').at('key'), 'value'],
    ['a component in short', B.x!.add(1), [1, 2, 3]],
    ['facts of the batch', [B.size, B('indices')], [3, [0, 1, 2]]],
    ['a default for a config path that is missing', C('no/such', { default: 7 }), 7],
    ['the whole config', C(), { a: { b: [1, 2, 3] } }],
    ['lists and objects of expressions', { list: [v, 1], more: { v } }, { list: [5, 1], more: { v: 5 } }],
    ['a name that is an expression', new Expression({ V: { C: 'name', default: 'v' } }), 5],

    ['F alone is a call without arguments', F(() => 3), 3],
    ['the iteration outside a run', I(), 1],
  ]
  for (const [name, expression, expected] of cases) {
    it(name, () => expect(nested(valueIn(expression))).to.deep.equal(expected))
  }

  it('are lazy: making them reads nothing, their description is frozen plain data', () => {
    const expression = B('images').div(255)
    expect(expression.json).to.deep.equal({ '/': [{ B: 'images' }, 255] })
    expect(JSON.parse(JSON.stringify(expression.json))).to.deep.equal(expression.json)
    expect(Object.isFrozen(expression.json)).to.equal(true)
    expect(B.images!.json).to.deep.equal(B('images').json)
  })

  it('print as people write them', () => {
    const printed = [
      v.add(1),
      B('images').at(0).call('mean', 1),
      v.abs(),
      v.add(1).mul(2),
      C('a/b').at(0, v),
      M('net'),
      D('classes'),
      R('normal', 0, 1, { size: 3 }),
    ]
    expect(printed.map(({ json }) => printExpression(json))).to.deep.equal([
      "V('v') + 1",
      "B('images')[0].mean(1)",
      "|V('v')|",
      "(V('v') + 1) * 2",
      "C('a/b')[0:V('v')]",
      "M('net')",
      "D('classes')",
      "R('normal', { args: [0, 1], size: 3 })",
    ])
  })

  const refused: [string, unknown, RegExp][] = [
    ['the way to a constructor', v.attr('constructor'), /no attribute .* constructor/],
    ['the prototype', V('object').attr('__proto__'), /__proto__/],
    ['the prototype by key', V('object').at('__proto__'), /__proto__/],
    ['an attribute that is not there', V('rows').attr('shap'), /Did you mean shape\?/],
    ['an item out of range', V('list').at(3), /-3 … 2/],
    ['shapes that do not match', V('rows').add(V('list')), /do not match/],
    ['calculating with an object', V('object').add(1), /a Object cannot be calculated with|cannot be calculated/],
    ['an unknown distribution', new Expression({ R: 'gauss' }), /no distribution called gauss/],
    ['a random choice of nothing', R('choice', []), /not empty/],
  ]
  for (const [name, expression, pattern] of refused) it(`refuse ${name}`, () => expect(() => valueIn(expression)).to.throw(pattern))

  it('draw from the distributions they name', () => {
    const draws = (expression: Expression) => Array.from((valueIn(expression) as NdArray).data)
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length
    const size = { size: [20_000] }
    const normal = draws(R('normal', 3, 2, size))
    expect(mean(normal)).to.be.closeTo(3, 0.06)
    expect(Math.sqrt(mean(normal.map(x => (x - 3) ** 2)))).to.be.closeTo(2, 0.05)
    const uniform = draws(R('uniform', -1, 1, size))
    expect(Math.min(...uniform)).to.be.within(-1, -0.99)
    expect(mean(uniform)).to.be.closeTo(0, 0.02)
    expect(new Set(draws(R('integers', 2, 5, size)))).to.deep.equal(new Set([2, 3, 4]))
    expect(mean(draws(R('bernoulli', 0.3, size)))).to.be.closeTo(0.3, 0.02)
    expect(['a', 'b']).to.include(valueIn(R('choice', ['a', 'b'])))
    expect((valueIn(R('choice', ['a', 'b'], { size: [3] })) as unknown[]).length).to.equal(3)
  })
})
