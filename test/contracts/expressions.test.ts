/** Every letter and operation of expressions: factory or method, schema, both doors, value, there and back through a file. */
import { expect } from 'chai'
import { component, defineBatch } from '../../src/dataset/index.js'
import { registry } from '../../src/experiment.js'
import * as millrace from '../../src/index.js'
import { B, C, D, Expression, F, I, IF, L, M, P, type Pipeline, PP, R, V, W } from '../../src/index.js'
import { noBindings } from '../../src/pipeline/description/content/bindings.js'
import { describe as describeValue } from '../../src/pipeline/description/content/describe.js'
import type { LetterRow } from '../../src/pipeline/description/expressions/letters/letter-row.js'
import { type ExpressionLetter, letters } from '../../src/pipeline/description/expressions/letters.js'
import { type Operation, operations } from '../../src/pipeline/description/expressions/operations.js'
import { assembleSchema } from '../../src/pipeline/description/schema/assemble-schema.js'
import { BatchRun } from '../../src/pipeline/run/execution/batch-run.js'
import { Scope } from '../../src/pipeline/run/execution/scope.js'
import { Session } from '../../src/pipeline/run/session/session.js'
import { evaluate } from '../../src/pipeline/run/values/evaluate.js'
import { PerItem } from '../../src/pipeline/run/values/per-item.js'
import { NdArray } from '../../src/util/nd-array.js'
import { docstringsIn } from './support/docstrings.js'
import { actionsIn, empty, errorsIn, other } from './support/doors.js'

const definitions = assembleSchema(registry).definitions as { 'plain-expression': { anyOf: { properties?: Record<string, unknown> }[] } }
const inSchema = definitions['plain-expression'].anyOf.flatMap(({ properties }) => Object.keys(properties ?? {}))

interface Example {
  readonly fluent: Expression<any>
  /** The same in a file, as a tag or in plain form; none for what a file cannot name. */
  readonly file: readonly string[]
  /** Its value; left out where it needs more than a batch and variables. */
  readonly value?: unknown
}

/** For each letter examples that show every further key it may have. */
const examplesOf = {
  B: [
    { fluent: B('images'), file: ['!B images', '{ B: images }'], value: [1, 2, 3] },
    { fluent: B('images', { copy: true }), file: ['{ B: images, copy: true }'], value: [1, 2, 3] },
    { fluent: B('size'), file: ['!B size'], value: 3 },
  ],
  C: [
    { fluent: C('a/b'), file: ['!C a/b', '{ C: a/b }'], value: 4 },
    { fluent: C('a/c', { default: 5 }), file: ['{ C: a/c, default: 5 }'], value: 5 },
    { fluent: C('a', { pipeline: other }), file: ['{ C: a, pipeline: other }'] },
    { fluent: C(), file: ['!C ', '{ C: null }'], value: { a: { b: 4 } } },
  ],
  D: [{ fluent: D('length'), file: ['!D length', '{ D: length }'] }],
  F: [
    { fluent: F(() => 7), file: [], value: 7 },
    { fluent: F(Math.max)(V('five'), 9), file: [], value: 9 },
  ],
  I: [
    { fluent: I(), file: ['!I current', '!I ', '{ I: current }'], value: 2 },
    { fluent: I('m'), file: ['!I maximum'], value: null },
  ],
  IF: [
    {
      fluent: IF(V('five').gt(3), 'more', 'less'),
      file: ["!IF [{ '>': [!V five, 3] }, more, less]", "{ IF: [{ '>': [{ V: five }, 3] }, more, less] }"],
      value: 'more',
    },
  ],
  L: [{ fluent: L('images'), file: ['!L images', '{ L: images }'], value: [1, 2, 3] }],
  M: [{ fluent: M('net'), file: ['!M net', '{ M: net }'] }],
  P: [{ fluent: P([4, 5, 6]), file: ['!P [4, 5, 6]', '{ P: [4, 5, 6] }'], value: [4, 5, 6] }],
  PP: [{ fluent: PP(V('five')), file: ['{ PP: !V five }', '!PP { V: five }'], value: [5, 5, 5] }],
  R: [
    { fluent: R('uniform', 3, 3), file: ['!R [uniform, 3, 3]', '{ R: uniform, args: [3, 3] }'], value: 3 },
    {
      fluent: R('uniform', { low: 3, high: 3, size: 2, seed: 4 }),
      file: ['{ R: uniform, params: { low: 3, high: 3 }, size: 2, seed: 4 }'],
      value: [3, 3],
    },
  ],
  V: [
    { fluent: V('five'), file: ['!V five', '{ V: five }'], value: 5 },
    { fluent: V('five', { mode: 'append' }), file: ['{ V: five, mode: append }'], value: 5 },
    { fluent: V('five', { pipeline: other }), file: ['{ V: five, pipeline: other }'] },
  ],
  W: [{ fluent: W(V('five')), file: ['!W { V: five }', '{ W: { V: five } }'] }],
} as const satisfies Record<ExpressionLetter, readonly Example[]>

const Numbers = defineBatch({ name: 'Numbers', components: { images: component.array('numbers, [n]') } })
const variables = {
  five: 5,
  numbers: [6, -3, 0.5],
  more: [2, 4, 7],
  wholes: [6, 3, 12],
  array: NdArray.from([6, -3, 0.5], 'float64'),
  truths: [true, false, true],
  matrix: NdArray.from([[1, 2], [3, 4]], 'float64'), // biome-ignore format: one line reads as a matrix
  text: 'word',
  object: { key: 'found' },
}

/** The value of an expression at the second of three batches. */
function valueOf(expression: unknown): unknown {
  const { json, values } = describeValue(expression)
  const session = new Session('test', { config: { a: { b: 4 } }, actions: [] }, { ...noBindings, values })
  for (const [name, value] of Object.entries(variables)) session.variables.set(name, value)
  return evaluate(json, new Scope(session, new BatchRun(Numbers.fromData({ images: [1, 2, 3] }), 2)))
}

const plain = (value: unknown): unknown => {
  if (value instanceof NdArray) return plain(value.toNested())
  if (value instanceof PerItem) return Array.from({ length: value.length }, (_, i) => plain(value.at(i)))
  if (Array.isArray(value)) return value.map(plain)
  return typeof value === 'boolean' ? Number(value) : value
}

/** Variables and the model that expressions of a file may name. */
const declarations = [...Object.keys(variables).map(name => `initVariable: { name: ${name} }`), 'importModel: { name: net, from: other }']

/** Expressions as actions of a file hold them; `dumped`, once the file was written by a dump and read again. */
const inFile = (texts: readonly string[], how?: { readonly dumped: boolean }) =>
  actionsIn([...declarations, ...texts.map(text => `update: { dst: !V five, value: ${text} }`)], how)
    .slice(declarations.length)
    .map(valueIn)

const inPipeline = (expression: Expression<any>) => valueIn((empty().update(V('five'), expression) as Pipeline<any>).spec.actions[0]!)
const valueIn = (action: object) => (action as { readonly update: { readonly value: unknown } }).update.value

const docstrings = docstringsIn('pipeline/description/expressions')

describe('contract: every letter of expressions', () => {
  for (const [letter, { summary, further, isLive }] of Object.entries<LetterRow>(letters)) {
    const examples: readonly Example[] = examplesOf[letter as ExpressionLetter]

    describe(letter, () => {
      it('has a factory, a summary, and examples of each further key', () => {
        expect(millrace).to.have.property(letter).that.is.a('function')
        expect(summary).to.match(/^\S/)
        expect(new Set(examples.flatMap(({ fluent }) => Object.keys(fluent.json)))).to.include.all.keys(letter, ...Object.keys(further))
      })

      it(`docs: an example in the docstring of ${letter}`, () => expect(docstrings.get(letter)).to.include('@example'))

      it('is part of the schema unless it names code', () => {
        const isOfFiles = !isLive
        expect(examples.some(({ file }) => file.length > 0)).to.equal(isOfFiles)
        expect(inSchema.includes(letter)).to.equal(isOfFiles)
        if (isOfFiles) expect(inSchema).to.include.members(Object.keys(further))
      })

      it('means the same through both doors, as a tag and in plain form', () => {
        const texts = examples.flatMap(({ file }) => file)
        const expected = examples.flatMap(({ fluent, file }) => file.map(() => inPipeline(fluent)))
        expect(inFile(texts)).to.deep.equal(expected)
      })

      it('evaluates to its value', () => {
        expect(examples.some(({ value }) => value !== undefined) || ['D', 'M', 'W'].includes(letter)).to.equal(true)
        for (const { fluent, value } of examples)
          if (value !== undefined) expect(plain(valueOf(fluent)), String(fluent)).to.deep.equal(value)
      })

      it('prints itself', () => {
        for (const { fluent } of examples) expect(String(fluent)).to.match(new RegExp(`^${letter}\\(`))
      })
    })
  }
})

interface OperationRow {
  /** Operands beyond the first: names of variables, or values. */
  readonly on: readonly (readonly [first: keyof typeof variables, ...others: unknown[]])[]
  readonly of: (...operands: any[]) => unknown
}

/** Operations that are done number by number, by the plainest formula. */
const numeric = [
  ['five', 3],
  ['five', -2],
  ['numbers', 2],
  ['numbers', V('more')],
  ['array', 2],
  ['array', V('more')],
  ['array', V('array')],
] as const
const bitwise = [
  ['five', 3],
  ['wholes', 2],
  ['wholes', V('more')],
] as const
const elementwise = (of: (a: any, b: any) => unknown, on: OperationRow['on'] = numeric): OperationRow => ({
  on,
  of: (a: unknown, b: unknown) => {
    const items = [a, b].find(Array.isArray) as readonly unknown[] | undefined
    const at = (side: unknown, i: number) => (Array.isArray(side) ? side[i] : side)
    return items === undefined ? of(a, b) : items.map((_, i) => of(at(a, i), at(b, i)))
  },
})
const single = (of: (a: any) => unknown, first: readonly (keyof typeof variables)[]): OperationRow =>
  elementwise(
    of,
    first.map(name => [name]),
  )

const rows = {
  '+': elementwise((a, b) => a + b, [...numeric, ['text', 's']]),
  '-': elementwise((a, b) => (b === undefined ? -a : a - b), [...numeric, ['five'], ['numbers'], ['array']]),
  '*': elementwise((a, b) => a * b),
  '/': elementwise((a, b) => a / b),
  '//': elementwise((a, b) => Math.floor(a / b)),
  '%': elementwise((a, b) => ((a % b) + b) % b, numeric.slice(0, 6)),
  '**': elementwise((a, b) => a ** b),
  '@': { on: [['matrix', V('matrix')]], of: (a, b) => a.map((row: number[]) => [0, 1].map(j => row[0]! * b[0][j] + row[1]! * b[1][j])) },
  '==': elementwise((a, b) => a === b, [...numeric, ['text', 'word']]),
  '!=': elementwise((a, b) => a !== b, [...numeric, ['text', 'word']]),
  '<': elementwise((a, b) => a < b, [...numeric, ['text', 'worm']]),
  '<=': elementwise((a, b) => a <= b, [...numeric, ['text', 'word']]),
  '>': elementwise((a, b) => a > b, [...numeric, ['text', 'worm']]),
  '>=': elementwise((a, b) => a >= b, [...numeric, ['text', 'word']]),
  '&': elementwise((a, b) => (typeof a === 'boolean' ? a && b : a & b), [...bitwise, ['truths', true]]),
  '|': elementwise((a, b) => (typeof a === 'boolean' ? a || b : a | b), [...bitwise, ['truths', false]]),
  '^': elementwise((a, b) => (typeof a === 'boolean' ? a !== b : a ^ b), [...bitwise, ['truths', true]]),
  '<<': elementwise((a, b) => a << b, bitwise),
  '>>': elementwise((a, b) => a >> b, bitwise),
  '~': single(a => ~a, ['five', 'wholes']),
  '!': single(a => !a, ['five', 'truths', 'numbers']),
  '|x|': single(a => Math.abs(a), ['five', 'numbers', 'array']),
  '.str': { on: [['five'], ['text'], ['numbers']], of: a => (typeof a === 'object' ? JSON.stringify(a) : String(a)) },
  '.format': {
    on: [
      ['five', 'n-{:03d}'],
      ['text', '<{}>'],
    ],
    of: (a, template) => (template === '<{}>' ? `<${a}>` : 'n-005'),
  },
  '.': {
    on: [
      ['object', 'key'],
      ['numbers', 'length'],
    ],
    of: (a, name) => a[name],
  },
  '[]': {
    on: [
      ['numbers', 1],
      ['numbers', -1],
      ['array', 0],
      ['object', 'key'],
      ['numbers', 0, 2],
      ['numbers', null, null, 2],
    ],
    of: (a, ...[from, to, step]) => (to === undefined ? (a[from] ?? a.at(from)) : step === 2 ? [a[0], a[2]] : a.slice(from, to)),
  },
  '()': {
    on: [
      ['numbers', 'includes', 0.5],
      ['array', 'sum'],
    ],
    of: (a, method, item) => (method === 'sum' ? a.reduce((x: number, y: number) => x + y, 0) : a.includes(item)),
  },
} as const satisfies Record<Operation, OperationRow>

/** The operands as a file writes them. */
const written = (operand: unknown): string => (operand instanceof Expression ? `!V ${operand.json.V}` : JSON.stringify(operand))

/** An operation as its method writes it, and as a file does. */
const doorsOf = (sign: string, method: string) => ({
  fluent: ([first, ...others]: OperationRow['on'][number]): Expression<any> =>
    sign === '-' && others.length === 0 ? V(first).neg() : (V(first) as any)[method](...others),
  file: ([first, ...others]: OperationRow['on'][number]): string =>
    sign === '()'
      ? `{ '()': [{ '.': [!V ${first}, ${written(others[0])}] }${others
          .slice(1)
          .map(item => `, ${written(item)}`)
          .join('')}] }`
      : `{ '${sign}': [${[`!V ${first}`, ...others.map(written)].join(', ')}] }`,
})

describe('contract: every operation of expressions', () => {
  for (const [sign, { operands, method }] of Object.entries(operations)) {
    const row: OperationRow = rows[sign as Operation]
    const { fluent, file } = doorsOf(sign, method)
    describe(`${sign} (${method})`, () => {
      it(`docs: a docstring of ${method}`, () => expect(docstrings.get(method)).to.be.a('string'))

      it('is a method of expressions and part of the schema', () => {
        expect(Expression.prototype).to.have.property(method).that.is.a('function')
        expect(inSchema).to.include(sign)
      })

      it('means the same through both doors', () => {
        const expected = row.on.map(one => inPipeline(fluent(one)))
        expect(inFile(row.on.map(file))).to.deep.equal(expected)
      })

      it('evaluates as a naive evaluation does', () => {
        for (const one of row.on) {
          const [first, ...others] = one
          const given = [
            variables[first],
            ...others.map(item => (item instanceof Expression ? variables[item.json.V as keyof typeof variables] : item)),
          ]
          const expected = row.of(...given.map(value => (value instanceof NdArray ? value.toNested() : value)))
          expect(plain(valueOf(fluent(one))), file(one)).to.deep.equal(plain(expected))
        }
      })

      it('prints itself with its first operand', () => {
        for (const one of row.on) expect(String(fluent(one))).to.include(one[0])
      })

      it('refuses too few operands and too many in a file', () => {
        const [least, most] = operands
        const wrong = [least - 1, ...(Number.isFinite(most) ? [most + 1] : [])].filter(count => count > 0)
        const texts = wrong.map(count => `{ '${sign}': [${Array.from({ length: count }, () => '!V five').join(', ')}] }`)
        const errors = errorsIn(
          Object.fromEntries(
            texts.map((text, i) => [`p${i}`, ['initVariable: { name: five }', `update: { dst: !V five, value: ${text} }`]]),
          ),
        )
        for (const [i, text] of texts.entries()) {
          const own = errors.filter(({ location }) => location.pipeline === `p${i}`).map(({ message }) => message)
          expect(own.join(), text).to.include(`${sign} must be a list of `)
        }
      })
    })
  }
})

describe('contract: every expression', () => {
  it('is the same after a file was written by a dump and read again', () => {
    const texts = [
      ...Object.values<readonly Example[]>(examplesOf).flatMap(examples => examples.flatMap(({ file }) => file)),
      ...Object.entries(operations).flatMap(([sign, { method }]) => rows[sign as Operation].on.map(one => doorsOf(sign, method).file(one))),
    ]
    expect(inFile(texts, { dumped: true })).to.deep.equal(inFile(texts))
  })
})
