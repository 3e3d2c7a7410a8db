import { expect } from 'chai'
import { nodeBackend, type Tensor, toRawAttributes } from '../../../src/graph/backend.js'
import { evaluate } from '../../../src/graph/evaluate.js'
import { bool, float, shape, string, type } from '../../../src/graph/ir/attributes.js'
import type { Attributes, Graph } from '../../../src/graph/ir/graph.js'
import { printGraph } from '../../../src/graph/ir/print.js'
import { lowerOptimizers } from '../../../src/graph/passes/lower-optimizers.js'
import { loadTensorflow, type Tensorflow } from '../../../src/graph/tensorflow.js'
import { optimizerNames, optimizers } from '../../../src/models/optimizers.js'
import { numbersFor, sketch } from './support.js'

const SIZE = 6
const RATE = 0.05
const floats = (numbers: Record<string, number>): Attributes =>
  Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, float(number)]))
const adam = { beta1: 0.8, beta2: 0.95, epsilon: 1e-2 }

interface Case {
  readonly op: string
  /** State of the variable's size, with what it is at first. */
  readonly state: Readonly<Record<string, number>>
  /** Scalar inputs after the rate, and how they go on. */
  readonly scalars?: readonly { readonly first: number; next(number: number): number }[]
  readonly attributes: Attributes
  readonly reference: (tf: Tensorflow) => { applyGradients(gradients: { name: string; tensor: Tensor }[]): void }
  readonly lowered: readonly string[]
}
const power = (beta: number) => ({ first: beta, next: (number: number) => number * beta })
const rmsProp = (tf: Tensorflow, centered: boolean) => tf.train.rmsprop(RATE, 0.9, 0.5, 1e-3, centered)

const cases: Record<string, Case> = {
  SGD: {
    op: 'SGD',
    state: {},
    attributes: {},
    reference: tf => tf.train.sgd(RATE),
    lowered: ['ResourceApplyGradientDescent'],
  },
  Momentum: {
    op: 'Momentum',
    state: { a: 0 },
    attributes: { ...floats({ momentum: 0.9 }), useNesterov: bool(false) },
    reference: tf => tf.train.momentum(RATE, 0.9),
    lowered: ['ResourceApplyMomentum'],
  },
  'Momentum, Nesterov': {
    op: 'Momentum',
    state: { a: 0 },
    attributes: { ...floats({ momentum: 0.9 }), useNesterov: bool(true) },
    reference: tf => tf.train.momentum(RATE, 0.9, true),
    lowered: ['ResourceApplyMomentum'],
  },
  Adam: {
    op: 'Adam',
    state: { m: 0, v: 0 },
    scalars: [power(adam.beta1), power(adam.beta2)],
    attributes: floats(adam),
    reference: tf => tf.train.adam(RATE, adam.beta1, adam.beta2, adam.epsilon),
    lowered: ['ResourceApplyAdam'],
  },
  AdamW: {
    op: 'AdamW',
    state: { m: 0, v: 0 },
    scalars: [power(adam.beta1), power(adam.beta2)],
    attributes: floats({ ...adam, weightDecay: 0.3 }),
    reference: tf => optimizers.AdamW.create(tf, { learningRate: RATE, ...adam, weightDecay: 0.3 }),
    lowered: ['Assign', 'Assign', 'Assign'],
  },
  RMSProp: {
    op: 'RMSProp',
    state: { s: 0, m: 0 },
    attributes: { ...floats({ decay: 0.9, momentum: 0.5, epsilon: 1e-3 }), centered: bool(false) },
    reference: tf => rmsProp(tf, false),
    lowered: ['ResourceApplyRMSProp'],
  },
  'RMSProp, centered': {
    op: 'RMSProp',
    state: { s: 0, m: 0, g: 0 },
    attributes: { ...floats({ decay: 0.9, momentum: 0.5, epsilon: 1e-3 }), centered: bool(true) },
    reference: tf => rmsProp(tf, true),
    lowered: ['ResourceApplyCenteredRMSProp'],
  },
  Adagrad: {
    op: 'Adagrad',
    state: { a: 0.1 },
    attributes: floats({ epsilon: 1e-7 }),
    reference: tf => tf.train.adagrad(RATE, 0.1),
    lowered: ['Assign', 'Assign'],
  },
  Adadelta: {
    op: 'Adadelta',
    state: { a: 0, b: 0 },
    attributes: floats({ rho: 0.9, epsilon: 1e-3 }),
    reference: tf => tf.train.adadelta(RATE, 0.9, 1e-3),
    lowered: ['Assign', 'Assign', 'Assign'],
  },
  Adamax: {
    op: 'Adamax',
    state: { m: 0, u: 0 },
    scalars: [power(adam.beta1), { first: 0, next: number => number + 1 }],
    attributes: floats({ ...adam, decay: 0.1 }),
    reference: tf => tf.train.adamax(RATE, adam.beta1, adam.beta2, adam.epsilon, 0.1),
    lowered: ['ResourceApplyAdaMax'],
  },
}

/** The graph of one step: a gradient, a rate and further scalars come in; nothing goes out but updates. */
function stepOf({ op, state, scalars = [], attributes }: Case): Graph {
  return sketch(s => {
    const variables = ['w', ...Object.keys(state)]
    for (const name of variables) s.variable(name, [SIZE])
    const inputs = [s.input('gradient', [SIZE]), ...['rate', ...scalars.keys()].map(name => s.input(String(name), []))]
    return { outputs: [], updates: [{ op, variables, inputs, attributes }] }
  })
}

/** Makes the updates of a graph on TensorFlow's variables, each a handle; the values it takes are computed before. */
function makeUpdates(tf: Tensorflow, graph: Graph, handles: ReadonlyMap<string, Tensor>, inputs: ReadonlyMap<string, Tensor>): void {
  const backend = nodeBackend(tf)
  const read = (handle: Tensor) =>
    backend.executeSingleOutput('ReadVariableOp', toRawAttributes(backend.binding, { dtype: type('float32') }), [handle])
  const given = new Map(
    graph.nodes.flatMap(node => {
      const { name, variable } = node.attributes
      if (node.op === 'Variable') return [[node, tf.clone(read(handles.get(String(variable!.value))!))] as const]
      return node.op === 'Placeholder' ? [[node, inputs.get(String(name!.value))!] as const] : []
    }),
  )
  const values = evaluate(
    tf,
    graph.updates.flatMap(({ inputs }) => inputs),
    given,
  )
  for (const { op, variables, inputs, attributes } of graph.updates) {
    const taken = [...variables.map(name => handles.get(name)!), ...values.splice(0, inputs.length)]
    const [name, raw] = op === 'Assign' ? ['AssignVariableOp', { dtype: type('float32') }] : [op, attributes]
    backend.executeMultipleOutputs(name, toRawAttributes(backend.binding, raw), taken, 0)
  }
}

describe('lowering of optimizers', () => {
  let tf: Tensorflow
  before(async () => {
    tf = await loadTensorflow()
  })

  it('each optimizer has a case here', () => {
    expect([...new Set(Object.values(cases).map(({ op }) => op))]).to.have.members(optimizerNames)
  })

  for (const [name, example] of Object.entries(cases)) {
    it(`${name}: the variable after each of four steps is tfjs’s`, () => {
      const graph = lowerOptimizers(stepOf(example))
      expect(graph.updates.map(({ op }) => op)).to.deep.equal(example.lowered)
      const backend = nodeBackend(tf)
      const attributes = (variable: string) =>
        toRawAttributes(backend.binding, {
          dtype: type('float32'),
          shape: shape([SIZE]),
          shared_name: string(`${name}/${variable}`),
          container: string(''),
        })
      const reference = example.reference(tf)
      const variable = tf.variable(tf.tensor(numbersFor('w', SIZE)), true, `reference of ${name}`)
      tf.tidy(() => {
        const first = Object.entries(example.state).map(([state, number]) => [state, tf.fill([SIZE], number)] as const)
        const handles = new Map<string, Tensor>()
        for (const [state, tensor] of [['w', tf.tensor(numbersFor('w', SIZE))] as const, ...first]) {
          handles.set(state, backend.executeSingleOutput('VarHandleOp', attributes(state), []))
          const dtype = toRawAttributes(backend.binding, { dtype: type('float32') })
          backend.executeMultipleOutputs('AssignVariableOp', dtype, [handles.get(state)!, tensor], 0)
        }
        let scalars = (example.scalars ?? []).map(({ first }) => first)
        for (let step = 0; step < 4; step++) {
          const gradient = tf.tensor(numbersFor(`gradient ${step}`, SIZE))
          const numbers = [RATE, ...scalars].map((number, i) => [i === 0 ? 'rate' : String(i - 1), tf.scalar(number)] as const)
          makeUpdates(tf, graph, handles, new Map([['gradient', gradient], ...numbers]))
          scalars = scalars.map((number, i) => example.scalars![i]!.next(number))
          reference.applyGradients([{ name: variable.name, tensor: gradient }])
          const dtype = toRawAttributes(backend.binding, { dtype: type('float32') })
          const got = backend.executeSingleOutput('ReadVariableOp', dtype, [handles.get('w')!]).dataSync()
          for (const [i, wanted] of variable.dataSync().entries()) expect(got[i]!, `step ${step}`).to.be.closeTo(wanted, 2e-6)
        }
      })
      variable.dispose()
    })
  }

  it('Adam as text: the kernel’s epsilon is corrected, what is the same for two variables is computed once', () => {
    const graph = sketch(s => {
      const [lr, p1, p2] = ['lr', 'p1', 'p2'].map(name => s.input(name, []))
      const update = (name: string) => {
        const variables = [name, `${name}/m`, `${name}/v`]
        for (const variable of variables) s.variable(variable, [2])
        return { op: 'Adam', variables, inputs: [s.input(`d${name}`, [2]), lr!, p1!, p2!], attributes: floats(adam) }
      }
      return { outputs: [], updates: [update('w'), update('b')] }
    })
    expect(printGraph(lowerOptimizers(graph)).trim().split('\n')).to.deep.equal([
      "%0 = Placeholder() {dtype: float32, name: 'lr'} : float32[]",
      "%1 = Placeholder() {dtype: float32, name: 'p1'} : float32[]",
      "%2 = Placeholder() {dtype: float32, name: 'p2'} : float32[]",
      "%3 = Placeholder() {dtype: float32, name: 'dw'} : float32[2]",
      "%4 = Placeholder() {dtype: float32, name: 'db'} : float32[2]",
      '%5 = Const() {dtype: float32, value: all 0.8} : float32[]',
      '%6 = Const() {dtype: float32, value: all 0.95} : float32[]',
      '%7 = Const() {dtype: float32, value: all 1} : float32[]',
      '%8 = Sub(%7, %2) {T: float32} : float32[]',
      '%9 = Sqrt(%8) {T: float32} : float32[]',
      '%10 = Const() {dtype: float32, value: all 0.01} : float32[]',
      '%11 = Mul(%9, %10) {T: float32} : float32[]',
      'update ResourceApplyAdam [w, w/m, w/v] (%1, %2, %0, %5, %6, %11, %3) {T: float32, use_locking: false, use_nesterov: false}',
      'update ResourceApplyAdam [b, b/m, b/v] (%1, %2, %0, %5, %6, %11, %4) {T: float32, use_locking: false, use_nesterov: false}',
    ])
  })

  it('other updates stay, and a variable’s node is used where there is one', () => {
    const graph = sketch(s => {
      const w = s.variable('w', [2])
      s.variable('a', [2])
      const updates = [
        { op: 'Assign', variables: ['n'], inputs: [s.scalar(1)], attributes: {} },
        { op: 'Adagrad', variables: ['w', 'a'], inputs: [s.op('Neg', w), s.scalar(0.1)], attributes: floats({ epsilon: 1e-7 }) },
      ]
      return { outputs: [], updates }
    })
    const result = lowerOptimizers({ ...graph, nodes: graph.nodes.filter(({ attributes }) => attributes.variable?.value !== 'a') })
    expect(result.updates.map(({ op, variables }) => `${op} ${variables}`)).to.deep.equal(['Assign n', 'Assign a', 'Assign w'])
    expect(result.nodes.filter(({ op }) => op === 'Variable')).to.have.length(2)
  })
})
