/** Properties of random expressions: data there and back, and the value a direct calculation gives. */
import { expect } from 'chai'
import fc from 'fast-check'
import { B, C, D, Expression, I, IF, L, P, PP, R, V, W } from '../../../../src/index.js'
import { noBindings } from '../../../../src/pipeline/description/content/bindings.js'
import { isExpressionJson } from '../../../../src/pipeline/description/expressions/expression-json.js'
import { operationOf } from '../../../../src/pipeline/description/expressions/operations.js'
import { Scope } from '../../../../src/pipeline/run/execution/scope.js'
import { Session } from '../../../../src/pipeline/run/session/session.js'
import { evaluate } from '../../../../src/pipeline/run/values/evaluate.js'
import { dumpExperiment, readExperiment } from '../../../../src/pipeline/yaml/index.js'
import { registry } from '../../../support/registry.js'

/** Expressions over what the file below declares. */
const { tree } = fc.letrec<{ tree: Expression<any>; operand: any }>(tie => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(
      B('images'),
      B('labels', { copy: true }),
      V('x'),
      C('rate'),
      C('none', { default: 3 }),
      I(),
      D('length'),
      L('images'),
      B(),
    ),
    fc.tuple(tie('tree'), tie('operand')).map(([a, b]) => a.add(b)),
    fc.tuple(tie('tree'), tie('operand')).map(([a, b]) => a.rsub(b)),
    fc.tuple(tie('tree'), tie('operand')).map(([a, b]) => a.matmul(b)),
    fc.tuple(tie('tree'), tie('operand'), tie('operand')).map(([a, from, to]) => a.at(from, to)),
    fc.tuple(tie('tree'), tie('operand')).map(([a, b]) => a.call('mean', b)),
    fc.tuple(tie('tree'), tie('operand'), tie('operand')).map(parts => IF(...parts)),
    tie('tree').map(a => a.attr('shape').neg().abs().not().invert()),
    tie('tree').map(a => a.str().format('<{:.2f}>')),
    tie('operand').map(a => P([a, a])),
    tie('tree').map(a => PP(a)),
    tie('tree').map(a => W(a)),
    tie('tree').map(a => V(a)),
    tie('operand').map(a => R('normal', 0, a, { size: [2, a] })),
  ),
  operand: fc.oneof(
    { maxDepth: 4 },
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom('text', '', '${rate}', '1', 'yes', ': #'),
    fc.array(fc.integer(), { maxLength: 3 }),
    tie('tree'),
  ),
}))

describe('random expressions', () => {
  it('are plain data: there and back through JSON, and printed without an error', () => {
    fc.assert(
      fc.property(tree, expression => {
        const back = JSON.parse(JSON.stringify(expression.json))
        expect(back).to.deep.equal(expression.json)
        expect(isExpressionJson(back)).to.equal(true)
        expect(String(new Expression(back))).to.equal(String(expression))
      }),
    )
  })

  it('written to a file and read from it are the same', () => {
    fc.assert(
      fc.property(tree, expression => {
        const spec = {
          name: 'trees',
          seed: 0,
          datasets: { digits: { openset: 'mnist' } },
          pipelines: {
            train: {
              dataset: 'digits.train',
              config: { rate: 0.5 },
              actions: [{ initVariable: { name: 'x' } }, { update: { dst: { V: 'x' }, value: expression.json } }],
            },
          },
          run: { iterations: 1, batch: { batchSize: 1 } },
        }
        const text = dumpExperiment(spec as never)
        const { errors, spec: read } = readExperiment(text, { registry })
        expect(errors.map(({ message }) => message)).to.deep.equal([])
        expect(read!.pipelines.train!.actions[1]).to.deep.equal(spec.pipelines.train.actions[1])
      }),
    )
  })

  type Calculation = readonly [Expression<any>, (v: number) => number]
  const { sum } = fc.letrec<{ sum: Calculation }>(tie => {
    const leaf = fc.oneof(
      fc.constant<Calculation>([V('v'), v => v]),
      fc.integer({ min: -9, max: 9 }).map((n): Calculation => [C('none', { default: n }), () => n]),
    )
    const binary = (make: (a: Expression<any>, b: Expression<any>) => Expression<any>, of: (a: number, b: number) => number) =>
      fc.tuple(tie('sum'), tie('sum')).map(([[a, x], [b, y]]): Calculation => [make(a, b), v => of(x(v), y(v))])
    return {
      sum: fc.oneof(
        { maxDepth: 6, withCrossShrink: true },
        leaf,
        binary(
          (a, b) => a.add(b),
          (a, b) => a + b,
        ),
        binary(
          (a, b) => a.sub(b),
          (a, b) => a - b,
        ),
        binary(
          (a, b) => a.rsub(b),
          (a, b) => b - a,
        ),
        binary(
          (a, b) => a.mul(b),
          (a, b) => a * b,
        ),
        binary(
          (a, b) => a.div(b),
          (a, b) => a / b,
        ),
        binary(
          (a, b) => a.floorDiv(b),
          (a, b) => Math.floor(a / b),
        ),
        binary(
          (a, b) => a.mod(b),
          (a, b) => a - b * Math.floor(a / b),
        ),
        binary(
          (a, b) => a.rpow(b),
          (a, b) => b ** a,
        ),
        binary(
          (a, b) => a.and(b),
          (a, b) => a & b,
        ),
        binary(
          (a, b) => a.or(b),
          (a, b) => a | b,
        ),
        binary(
          (a, b) => a.xor(b),
          (a, b) => a ^ b,
        ),
        binary(
          (a, b) => a.leftShift(b),
          (a, b) => a << b,
        ),
        binary(
          (a, b) => a.rightShift(b),
          (a, b) => a >> b,
        ),
        binary(
          (a, b) => IF(a.lt(b), a, b.add(1)),
          (a, b) => (a < b ? a : b + 1),
        ),
        tie('sum').map(([a, x]): Calculation => [a.neg(), v => -x(v)]),
        tie('sum').map(([a, x]): Calculation => [a.abs(), v => Math.abs(x(v))]),
        tie('sum').map(([a, x]): Calculation => [a.invert(), v => ~x(v)]),
      ),
    }
  })

  it('of numbers have the value that JavaScript calculates', () => {
    fc.assert(
      fc.property(sum, fc.integer({ min: -9, max: 9 }), ([expression, calculate], v) => {
        const session = new Session('test', { config: {}, actions: [] }, noBindings)
        session.variables.set('v', v)
        expect(Object.is(evaluate(expression.json, new Scope(session)), calculate(v)), String(expression)).to.equal(true)
      }),
    )
  })

  it('have operations that are told from plain data', () => {
    expect([{ str: [1] }, { format: [1, 2] }, { '+': 1 }, { '+': [1, 2], more: 1 }].map(operationOf)).to.deep.equal([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})
