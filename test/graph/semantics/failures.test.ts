/** A call that fails leaves everything as it was: variables to the bit, hooks, scopes, counts. */
import { expect } from 'chai'
import { MillraceError } from '../../../src/errors/index.js'
import { compile, watchStages } from '../../../src/graph.js'
import { read, scalar, type Tensor, tf, thrownBy, type Variable } from './support.js'

const engine = tf.engine() as unknown as { state: Record<string, unknown> & { scopeStack: unknown[] }; backend: object }
const Layer = Object.getPrototypeOf(tf.layers.dense({ units: 1 })) as object
const hooked: readonly object[] = [
  engine,
  engine.backend,
  tf.SGDOptimizer.prototype,
  tf.AdamOptimizer.prototype,
  tf.Optimizer.prototype,
  Layer,
]

/** What a trace changes for a while. */
function surroundings() {
  const { numTensors, numBytes, numDataBuffers, gradientDepth, kernelDepth, scopeStack, activeScope } = engine.state
  const properties = hooked.map(object =>
    Object.getOwnPropertyNames(object).map(name => Object.getOwnPropertyDescriptor(object, name)?.value),
  )
  return { numTensors, numBytes, numDataBuffers, gradientDepth, kernelDepth, scopes: scopeStack.length, activeScope, properties }
}

const dataOf = (list: readonly Variable[]) => list.map(variable => (variable as unknown as { dataId: object }).dataId)

const throwers: Readonly<Record<string, (x: Tensor, w: Variable) => unknown>> = {
  'at once': () => {
    throw new RangeError('mine')
  },
  'in a scope': x =>
    tf.tidy(() => {
      tf.neg(x)
      throw new RangeError('mine')
    }),
  'in a gradient': (_, w) =>
    tf.variableGrads(() => {
      tf.square(w)
      throw new RangeError('mine')
    }),
  'in a gradient in a gradient': (_, w) =>
    tf.grad(() =>
      tf.grad(() => {
        tf.square(w)
        throw new RangeError('mine')
      })(w),
    )(w),
  'in a gradient of its own': x =>
    tf.customGrad(() => {
      throw new RangeError('mine')
    })(x),
  'in a layer': x => {
    const layer = tf.layers.dense({ units: 1 })
    layer.call = () => {
      throw new RangeError('mine')
    }
    return layer.apply(tf.reshape(x, [1, 1]))
  },
  'after an assignment': (x, w) => {
    w.assign(tf.add(w, x))
    throw new RangeError('mine')
  },
  'after an optimizer’s step': (x, w) => {
    tf.train.sgd(0.1).minimize(() => tf.mul(w, x).asScalar(), false, [w])
    throw new RangeError('mine')
  },
}

describe('a compiled call that fails', () => {
  for (const [name, fn] of Object.entries(throwers)) {
    it(`an error ${name} comes out as it is, and nothing has changed`, () => {
      const [x, w, other] = [scalar(2), tf.variable(scalar(3)), tf.variable(scalar(4))]
      const step = compile((given: Tensor) => fn(given, w))
      const good = compile(() => void other.assign(tf.add(other, w)))
      good()
      const [before, data] = [surroundings(), dataOf([w, other])]
      for (let i = 0; i < 2; i++) {
        const error = thrownBy(() => step(x)) as Error
        expect([error.constructor, error.message]).to.deep.equal([RangeError, 'mine'])
      }
      const { numTensors, numBytes, numDataBuffers, ...rest } = surroundings()
      const made = name === 'in a layer' || name.includes('step') ? undefined : numTensors
      expect({
        ...rest,
        numTensors: made ?? before.numTensors,
        numBytes: made ? numBytes : before.numBytes,
        numDataBuffers: made ? numDataBuffers : before.numDataBuffers,
      }).to.deep.equal(before)
      expect(dataOf([w, other]).every((id, i) => id === data[i])).to.equal(true)
      good()
      expect([read(w), read(other)]).to.deep.equal([3, 10])
    })
  }

  it('an index out of range fails at run time with graph-failed; variables, slots and counts are as before', () => {
    const [w, average, optimizer] = [tf.variable(tf.tensor1d([1, 2, 3])), tf.variable(scalar(0)), tf.train.adam(0.1)]
    const step = compile(
      (at: Tensor) => {
        average.assign(tf.add(average, 1))
        return optimizer.minimize(() => tf.sum(tf.square(tf.gather(w, at as never))).asScalar(), true, [w])!
      },
      { name: 'the step' },
    )
    const all = () => {
      const fields = optimizer as unknown as Record<string, { variable: Variable }[] & Variable>
      const slots = ['accumulatedFirstMoment', 'accumulatedSecondMoment'].map(field => fields[field]![0]!.variable)
      const bits = [w, average, ...slots, fields.accBeta1!, fields.accBeta2!].map(variable =>
        Buffer.from(variable.dataSync().slice().buffer).toString('hex'),
      )
      return [...bits, (optimizer as unknown as { iterations: number }).iterations]
    }
    step(tf.tensor1d([0, 1], 'int32'))
    step(tf.tensor1d([2, 1], 'int32'))
    const before = all()
    const { numTensors } = tf.memory()
    const at = tf.tensor1d([0, 7], 'int32')
    for (let i = 0; i < 2; i++) {
      const error = thrownBy(() => step(at)) as MillraceError
      expect(error).to.be.instanceOf(MillraceError)
      expect(error.code).to.equal('graph-failed')
      expect(error.message).to.contain('the step').and.to.contain('7')
    }
    at.dispose()
    expect(tf.memory().numTensors).to.equal(numTensors)
    expect(all()).to.deep.equal(before)
    step(tf.tensor1d([0, 1], 'int32'))
    expect(all()).not.to.deep.equal(before)
  })

  it('a shape that does not fit is tfjs’s own error, and other shapes still run', () => {
    const step = compile((a: Tensor, b: Tensor) => tf.matMul(a as never, b as never))
    expect(read(step(tf.ones([2, 3]), tf.ones([3, 2])))).to.equal(3)
    for (let i = 0; i < 2; i++) expect(() => step(tf.ones([2, 3]), tf.ones([2, 3]))).to.throw('Matrix size-incompatible')
    expect(read(step(tf.ones([2, 3]), tf.ones([3, 2])))).to.equal(3)
    expect(read(step(tf.ones([2, 4]), tf.ones([4, 2])))).to.equal(4)
  })

  it('a variable it needs is disposed: what tfjs says of it', () => {
    const w = tf.tidy(() => tf.variable(scalar(1)))
    const step = compile(() => tf.neg(w))
    step()
    w.dispose()
    expect(() => step()).to.throw((thrownBy(() => tf.neg(w)) as Error).message)
  })

  it('a watcher of stages that throws leaves nothing behind', () => {
    const unwatch = watchStages(() => {
      throw new RangeError('mine')
    })
    const before = surroundings()
    try {
      const step = compile(() => tf.neg(scalar(1)))
      expect(() => step()).to.throw('mine')
    } finally {
      unwatch()
    }
    expect(surroundings()).to.deep.equal(before)
  })
})
