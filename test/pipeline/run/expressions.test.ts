import { expect } from 'chai'
import { B, C, D, Expression, F, I, IF, L, M, NdArray, P, type PerItem, PP, R, V, W } from '../../../src/index.js'
import { noBindings } from '../../../src/pipeline/description/content/bindings.js'
import { describe as describeValue } from '../../../src/pipeline/description/content/describe.js'
import { printExpression } from '../../../src/pipeline/description/expressions/print-expression.js'
import { BatchRun } from '../../../src/pipeline/run/execution/batch-run.js'
import { Scope } from '../../../src/pipeline/run/execution/scope.js'
import { Session } from '../../../src/pipeline/run/session/session.js'
import { evaluate } from '../../../src/pipeline/run/values/evaluate.js'
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
  session.variables.set('nothing', null)
  session.variables.set('fn', (a: number, b: number) => a + b)
  const batch = NumbersBatch.fromData({ x: [0, 1, 2], y: [0, 2, 4] })
  batch.set(
    'boxes',
    [1, 2, 3].map(w => ({ w, deep: { k: [0, 10 * w] }, area: (times: number, { by }: { by: number }) => w * times + by })),
  )
  return evaluate(json, new Scope(session, new BatchRun(batch, 1)))
}

const nested = (value: unknown): unknown => (value instanceof NdArray ? value.toNested() : Array.isArray(value) ? value.map(nested) : value)

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
    ['a component of a name that an expression gives', B(C('component', { default: 'x' })).add(1), [1, 2, 3]],
    ['facts of the batch', [B.size, B('indices')], [3, [0, 1, 2]]],
    ['a default for a config path that is missing', C('no/such', { default: 7 }), 7],
    ['the whole config', C(), { a: { b: [1, 2, 3] } }],
    ['lists and objects of expressions', { list: [v, 1], more: { v } }, { list: [5, 1], more: { v: 5 } }],
    ['a name that is an expression', new Expression({ V: { C: 'name', default: 'v' } }), 5],

    ['F alone is a call without arguments', F(() => 3), 3],
    ['the iteration outside a run', I(), 1],
    // operands on the left side, bits, texts
    ['1 - V(v)', v.rsub(1), -4],
    [
      'each operation with the expression on its right',
      [v.radd(1), v.rmul(2), v.rdiv(10), v.rfloorDiv(12), v.rmod(12), v.rpow(2)],
      [6, 10, 2, 2, 2, 32],
    ],
    ['~V(v)', v.invert(), -6],
    ['bits moved', [v.leftShift(2), v.rightShift(1)], [20, 2]],
    ['V(v).format(<{}>)', v.format('<{}>'), '<5>'],
    [
      "numbers in Python's forms",
      ['{:04d}', '{:.2f}', '{:.1%}', '{:8.3f}', '{:.1e}', '{{{0}}}'].map(form => v.format(form)),
      ['0005', '5.00', '500.0%', '   5.000', '5.0e+0', '{5}'],
    ],
    ['the value as text', [v.str().radd('n = '), V('rows').str(), V('yes').str()], ['n = 5', '[[1,2],[3,4]]', 'true']],
    // slices and items
    [
      'slices with open ends and steps',
      [V('list').at(1, null), V('list').at(null, -1), V('list').at(null, null, -1), V('list').at(0, 3, 2)],
      [
        [20, 30],
        [10, 20],
        [30, 20, 10],
        [10, 30],
      ],
    ],
    [
      'a slice of rows is a view, every other row a copy',
      [V('rows').at(1, null), V('rows').at(null, null, -1)].map(one => one.attr('shape')),
      [
        [1, 2],
        [2, 2],
      ],
    ],
    [
      'items at several positions',
      [V('list').at([0, -1]), V('list').at(B('x').at(0, 2))],
      [
        [10, 30],
        [10, 20],
      ],
    ],
    ['letters of a text', [V('object').at('key').at(0), V('object').at('key').at(-2, null)], ['v', 'ue']],
    // arrays by numpy's rules
    [
      'rows and a list of numbers',
      V('rows').mul([1, 10]),
      [
        [1, 20],
        [3, 40],
      ],
    ],
    [
      'rows and a column',
      V('rows')
        .sub(V('rows').call('reshape', [2, 2, 1]))
        .attr('shape'),
      [2, 2, 2],
    ],
    [
      'a live array',
      V('rows').add(NdArray.from([[10], [20]], 'int32')),
      [
        [11, 12],
        [23, 24],
      ],
    ],
    [
      'the matrix product',
      [V('rows').matmul(V('rows')), V('rows').rmatmul([[1, 1]]), B('x').matmul(B('y'))].map(one => one),
      [
        [
          [7, 10],
          [15, 22],
        ],
        [[4, 6]],
        10,
      ],
    ],
    [
      'sums and means, with axes',
      [V('rows').call('sum'), V('rows').call('mean', 0), V('rows').call('max', -1), V('rows').call('argmax', 1)],
      [10, [2, 3], [2, 4], [1, 1]],
    ],
    ['other element types', V('rows').call('cast', 'float32').attr('dtype'), 'float32'],
    // conditions
    ['IF', [IF(v.gt(3), 'more', 'less'), IF(V('list').call('join', '').at(0, 0), 1, 2), IF(V('nothing'), 1, 2)], ['more', 2, 2]],
    [
      'IF evaluates one branch only',
      IF(
        v.eq(5),
        'five',
        F(() => {
          throw new Error('evaluated')
        }),
      ),
      'five',
    ],
    // functions
    ['a function that an expression gives', F(V('fn'))(20, 1), 21],
    ['arguments of any depth', F((a: { deep: number[] }) => a.deep[0])({ deep: [v, 1] }), 5],
    ['a result that is an expression is evaluated', F(() => v.add(1)), 6],
    ['equality of anything', [V('nothing').eq(null), V('object').at('key').ne('value')], [true, false]],
    // items
    [
      'L: attributes, items and calls of each item',
      [
        L('boxes').attr('w'),
        L('boxes').attr('deep').at('k').at(-1),
        L('boxes').call('area', 2, { by: B('x').at(1) }),
        L('boxes').at('w').add(1),
      ],
      [
        [1, 2, 3],
        [10, 20, 30],
        [3, 5, 7],
        [2, 3, 4],
      ],
    ],
    ['L alone is the list of items', L('x'), [0, 1, 2]],
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
      IF(v.gt(3), P([1, 2, 3]), L('boxes').attr('w')),
      v.rsub(1).format('<{}>'),
      v.invert().leftShift(2),
      V('rows').matmul(V('rows')),
      V('list').at(null, -1, 2),
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
      "IF(V('v') > 3, P([1, 2, 3]), L('boxes').w)",
      "(1 - V('v')).format('<{}>')",
      "(~V('v')) << 2",
      "V('rows') @ V('rows')",
      "V('list')[:-1:2]",
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
    [
      'calculating with a text',
      V('object').at('key').sub(1),
      /V\('object'\)\['key'\] - 1 could not be evaluated: the string "value" cannot be calculated with/,
    ],
    ['a matrix product of shapes that have none', V('rows').matmul([1, 2, 3]), /no matrix product of shapes \[2, 2\] and \[3\]/],
    [
      'an axis that is not there',
      V('rows').call('mean', 2),
      /V\('rows'\)\.mean\(2\) could not be evaluated: no axis 2 in an array of 2 axes/,
    ],
    ['an array as a condition', IF(V('rows'), 1, 2), /a condition has a value that cannot be used. Seen: an? \w+ array of shape/],
    ['a form that is none', v.format('{:x}'), /\{:x\} is not a format for numbers/],
    ["a number's form for a text", V('object').at('key').format('{:.2f}'), /formats a number, not value/],
    ['a step of 0', V('list').at(0, 3, 0), /no step of 0/],
    ['a bound that is no number', V('list').at(0, 'two'), /a bound of a slice.*Seen: two/],
    ['an async function', F(async () => 1), /returned a promise.*call\(fn/],
    ['a call of what is no function', V('rows').call('shape'), /this is not a function/],
  ]
  for (const [name, expression, pattern] of refused) it(`refuse ${name}`, () => expect(() => valueIn(expression)).to.throw(pattern))

  it('W hands on the expression itself, with what is live in it', () => {
    const handed = valueIn(W(F(Math.max)(v, 9))) as Expression
    expect(handed).to.be.instanceOf(Expression)
    expect(handed.toString()).to.match(/^F\('max#\d+', \{ args: \[V\('v'\), 9\] \}\)$/)
    expect(valueIn(handed)).to.equal(9)
  })

  it('B with copy gives an array of its own', () => {
    const [read, copied] = valueIn([B('x'), B('x', { copy: true })]) as NdArray[]
    copied!.data[0] = 99
    expect([read!.data[0], copied!.data[0]]).to.deep.equal([0, 99])
  })

  it('F gives what is live to the user as it is', () => {
    const thing = new Map()
    expect(valueIn(F((given: unknown) => given)(thing))).to.equal(thing)
  })

  describe('for each item', () => {
    const perItem = (expression: Expression<any>) => valueIn(expression) as PerItem
    const entries = (expression: Expression<any>) => {
      const values = perItem(expression)
      return Array.from({ length: values.length }, (_, i) => nested(values.at(i)))
    }
    const values: [string, Expression<any>, unknown[]][] = [
      ['P of a component', P(B('x')), [0, 1, 2]],
      ['P of a plain list', P(['a', 'b', 'c']), ['a', 'b', 'c']],
      ['P of a live array, rows', P(NdArray.from([[1], [2], [3]])), [[1], [2], [3]]],
      ['P of a list of expressions', P([V('v'), B('x').at(1), 7]), [5, 1, 7]],
      ['PP of anything', PP(V('v')), [5, 5, 5]],
      [
        'calculating with what P gives',
        P(B('x'))
          .mul(2)
          .add(P(B('y'))),
        [0, 4, 8],
      ],
    ]
    for (const [name, expression, expected] of values) it(name, () => expect(entries(expression)).to.deep.equal(expected))

    it('P evaluates once, PP once an item, in order', () => {
      let calls = 0
      const next = F(() => ++calls)
      expect(entries(PP(next))).to.deep.equal([1, 2, 3])
      expect(entries(P(F(() => [++calls, calls, calls])))).to.deep.equal([4, 4, 4])
    })

    it('random values in P are drawn for each item, with their size behind', () => {
      const shapeOf = (expression: Expression<any>) => (perItem(P(expression)).values as NdArray).shape
      expect([R('normal', 0, 1), R('normal', 0, 1, { size: 2 }), R('uniform', 0, 1, { size: [V('v'), 4] })].map(shapeOf)).to.deep.equal([
        [3],
        [3, 2],
        [3, 5, 4],
      ])
      expect(new Set(entries(P(R('uniform')))).size).to.equal(3)
      expect((perItem(P(R('uniform').mul(10).add(5))).values as NdArray).shape).to.deep.equal([3])
    })

    it('random values in PP differ, those with a seed of their own too, and are the same again', () => {
      for (const random of [R('uniform'), R('uniform', 0, 1, { seed: 3 })]) {
        expect(new Set(entries(PP(random))).size).to.equal(3)
        expect(entries(PP(random))).to.deep.equal(entries(PP(random)))
      }
    })

    const wrong: [string, Expression<any>, RegExp][] = [
      [
        'too few values',
        P([1, 2]),
        /P\(\[1, 2\]\) needs one value per item of the batch, 3 in all.*Seen: 2 values.*a list or an array of 3/,
      ],
      ['one value', P(5), /P\(5\) needs one value per item of the batch, 3 in all.*Seen: 5/],
      ['attributes that not all items have', L('boxes').attr('wide'), /no attribute of an object with .* called wide/],
    ]
    for (const [name, expression, pattern] of wrong) it(`refuse ${name}`, () => expect(() => valueIn(expression)).to.throw(pattern))
  })
})
