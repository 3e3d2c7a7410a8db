import { expect } from 'chai'
import {
  attribute,
  attributeOr,
  bool,
  elementsOf,
  float,
  int,
  ints,
  numbersOf,
  shape,
  splatOf,
  string,
  type,
} from '../../../src/graph/ir/attributes.js'
import { isBroadcasting, isElementwise } from '../../../src/graph/ir/elementwise.js'
import type { Attribute, Elements } from '../../../src/graph/ir/graph.js'
import { printGraph } from '../../../src/graph/ir/print.js'
import { isStateful } from '../../../src/graph/ir/stateful.js'
import { typedInputs } from '../../../src/graph/ir/typed-inputs.js'
import { sketch } from '../passes/support.js'

const node = { op: 'Pad', attributes: { n: int(3), s: string('a') } }
const valueOf = (elements: Elements, of: readonly number[]) => sketch(s => s.const(elements, of, 'float32')).outputs[0]!.value
const input = () => sketch(s => s.input('x', [2])).outputs[0]!.value

describe('attributes', () => {
  it('are read by name and kind', () => {
    expect([attribute(node, 'n', 'int'), attribute(node, 's', 'string')]).to.deep.equal([3, 'a'])
    expect([attributeOr(node, 'n', 'int', 7), attributeOr(node, 'm', 'int', 7)]).to.deep.equal([3, 7])
  })
  for (const [name, kind, message] of [
    ['m', 'int', 'Pad has no attribute m of kind int: undefined'],
    ['n', 'float', 'Pad has no attribute n of kind float: {"kind":"int","value":3}'],
  ] as const) {
    it(`${name} of kind ${kind} is not there`, () => expect(() => attribute(node, name, kind)).to.throw(TypeError, message))
  }
  it('one of another kind is no missing one', () => expect(() => attributeOr(node, 'n', 'float', 1)).to.throw(TypeError))
})

describe('constants', () => {
  const rows: readonly (readonly [string, Elements, number[], number[], number | undefined])[] = [
    ['one number for all', { splat: 2 }, [2, 3], [2, 2, 2, 2, 2, 2], 2],
    ['a scalar', { splat: 5 }, [], [5], 5],
    ['numbers that are equal', { data: Float32Array.of(1, 1) }, [2], [1, 1], 1],
    ['numbers that differ', { data: Float32Array.of(1, 2) }, [2], [1, 2], undefined],
    ['0 and -0 differ', { data: Float32Array.of(0, -0) }, [2], [0, -0], undefined],
    ['nothing', { data: new Float32Array(0) }, [0], [], undefined],
  ]
  for (const [what, elements, of, numbers, splat] of rows) {
    it(what, () => {
      const value = valueOf(elements, of)
      expect([elementsOf(value), numbersOf(value), splatOf(value)]).to.deep.equal([elements, numbers, splat])
    })
  }
  it('other values have no elements', () => {
    const value = input()
    expect([elementsOf(value), numbersOf(value), splatOf(value)]).to.deep.equal([undefined, undefined, undefined])
  })
})

describe('what is known of operations', () => {
  const rows: readonly (readonly [op: string, elementwise: boolean, broadcasting: boolean, stateful: boolean])[] = [
    ['Relu', true, false, false],
    ['IsFinite', true, false, false],
    ['AddV2', true, true, false],
    ['LogicalOr', true, true, false],
    ['SqrtGrad', true, false, false],
    ['SelectV2', true, false, false],
    ['MatMul', false, false, false],
    ['RandomUniform', false, false, true],
    ['AssignSubVariableOp', false, false, true],
    ['StatelessRandomUniformV2', false, false, false],
  ]
  for (const [op, elementwise, broadcasting, stateful] of rows) {
    it(op, () => expect([isElementwise(op), isBroadcasting(op), isStateful(op)]).to.deep.equal([elementwise, broadcasting, stateful]))
  }

  const typed: readonly (readonly [op: string, inputs: number, typed: readonly number[]])[] = [
    ['Mul', 2, [0, 1]],
    ['MatMul', 2, [0, 1]],
    ['SelectV2', 3, [1, 2]],
    ['ConcatV2', 4, [0, 1, 2]],
    ['StridedSliceGrad', 5, [4]],
    ['Sum', 2, [0]],
    ['OneHot', 3, [2]],
  ]
  for (const [op, count, wanted] of typed) {
    it(`T of ${op} is the type of its inputs ${wanted}`, () => {
      const inputs = Array.from({ length: count }, input)
      expect(typedInputs({ op, inputs }).map(value => inputs.indexOf(value))).to.deep.equal(wanted)
    })
  }
})

describe('a printed graph', () => {
  const printed: readonly (readonly [Attribute, string])[] = [
    [int(3), '3'],
    [float(0.5), '0.5'],
    [bool(true), 'true'],
    [string('a'), "'a'"],
    [type('int32'), 'int32'],
    [ints([1, 2]), '[1, 2]'],
    [shape([2, 3]), '[2, 3]'],
    [{ kind: 'elements', value: { splat: 2 } }, 'all 2'],
    [{ kind: 'elements', value: { data: Float32Array.of(1 / 3, 2) } }, '[0.333333, 2]'],
    [{ kind: 'elements', value: { data: Float32Array.from({ length: 8 }, (_, i) => i) } }, '[0, 1, 2, 3, 4, 5, 6, 7]'],
    [{ kind: 'elements', value: { data: Float32Array.from({ length: 10 }, (_, i) => i) } }, '[0, 1, 2, 3, 4, 5, 6, 7, … 2 more]'],
  ]
  const graphOf = (attributes: Readonly<Record<string, Attribute>>) =>
    sketch(s => s.value('Op', attributes, [], [{ shape: [2, 3], dtype: 'float32' }]))
  for (const [written, text] of printed) {
    it(`has the attribute ${text}`, () => {
      expect(printGraph(graphOf({ a: written }))).to.equal(`%0 = Op() {a: ${text}} : float32[2,3]\noutput a = %0\n`)
    })
  }

  it('has attributes by name, none for none, the layer after the node unless told otherwise', () => {
    expect(printGraph(graphOf({ b: int(1), a: int(2) }))).to.match(/^%0 = Op\(\) \{a: 2, b: 1\} :/)
    const graph = graphOf({})
    expect(printGraph(graph)).to.match(/^%0 = Op\(\) : float32\[2,3\]\n/)
    const labelled = { ...graph, nodes: graph.nodes.map(one => Object.assign(Object.create(one), { label: 'head/dense' })) }
    expect(printGraph(labelled).split('\n')[0]).to.equal('%0 = Op() : float32[2,3]  # head/dense')
    expect(printGraph(labelled, { labels: false }).split('\n')[0]).to.equal('%0 = Op() : float32[2,3]')
  })

  it('has outputs of a node by number, checks, updates, and outputs', () => {
    const one = { shape: [2], dtype: 'float32' } as const
    const graph = sketch(s => {
      const split = s.value('Split', {}, [], [one, one])
      const second = { ...split, index: 1 }
      s.variable('w', [2])
      return { outputs: [split], updates: [{ op: 'SGD', variables: ['w', 'v'], inputs: [split, second], attributes: { a: int(1) } }] }
    })
    const { value } = graph.outputs[0]!
    expect(printGraph({ ...graph, checks: [{ value, message: 'no', shown: value }] } as never).split('\n')).to.deep.equal([
      '%0 = Split() : float32[2], float32[2]',
      "%1 = Variable() {variable: 'w'} : float32[2]",
      "check %0:0 or 'no'",
      'update SGD [w, v] (%0:0, %0:1) {a: 1}',
      'output a = %0:0',
      '',
    ])
  })
})
