/** Tensors, bytes and buffers after compiled calls are those that eager calls leave, however many there are. */
import { expect } from 'chai'
import { compile } from '../../../src/graph.js'
import { itCompiles, read, scalar, type Tensor, tf, type Wrap } from './support.js'

const counts = () => {
  const { numTensors, numBytes, numDataBuffers } = tf.memory()
  return [numTensors, numBytes, numDataBuffers]
}

/** What each of these leaves behind. */
function kept(...steps: (() => unknown)[]): unknown[] {
  return steps.map(step => {
    const before = counts()
    step()
    return counts().map((count, i) => count - before[i]!)
  })
}

const network = () => {
  const weights = [tf.variable(tf.ones([3, 2])), tf.variable(tf.zeros([2]))] as const
  const [w, b] = weights
  const optimizer = tf.train.adam(0.01)
  const loss = (x: Tensor) => tf.mean(tf.square(tf.add(tf.matMul(x as never, w as never), b))).asScalar()
  return { weights, optimizer, step: (x: Tensor) => tf.tidy(() => optimizer.minimize(() => loss(x), true, [...weights])!) }
}

describe('memory of compiled functions', () => {
  itCompiles({
    'counts after a step, a read, a clone and a disposal': (wrap: Wrap) => {
      const { weights, step, optimizer } = network()
      const [w] = weights
      const run = wrap(step)
      const x = tf.ones([4, 3])
      let loss: Tensor = scalar(0)
      let clone: Tensor = scalar(0)
      return kept(
        () => (loss = run(x)),
        () => read(loss),
        () => loss.dispose(),
        () => run(x).dispose(),
        () => read(w),
        () => run(x).dispose(),
        () => (clone = tf.clone(w)),
        () => run(x).dispose(),
        () => clone.dispose(),
        () => w.assign(tf.tidy(() => tf.neg(w)) as never),
        () => tf.tidy(() => run(x)),
        () => run.dispose(),
        () => tf.dispose([...weights]),
        () => optimizer.dispose(),
      )
    },
    'results in tidy and outside of it': (wrap: Wrap) => {
      const run = wrap((x: Tensor) => tf.tidy(() => ({ a: tf.neg(x), b: [tf.square(x), x] })))
      const x = tf.ones([5])
      let result: unknown
      return kept(
        () => (result = run(x)),
        () => tf.dispose((result as { a: Tensor }).a),
        () => tf.tidy(() => void run(x)),
        () => tf.tidy(() => run(x).a),
      )
    },
  })

  it('nothing grows over a thousand steps, and little of the process', () => {
    const { step } = network()
    const run = compile(step)
    const x = tf.ones([4, 3])
    for (let i = 0; i < 100; i++) run(x).dispose()
    const [before, rss] = [counts(), process.memoryUsage().rss]
    for (let i = 0; i < 1000; i++) {
      const loss = run(x)
      if (i % 100 === 0) read(loss)
      loss.dispose()
    }
    expect(counts()).to.deep.equal(before)
    expect((process.memoryUsage().rss - rss) / 2 ** 20).to.be.below(20)
  })

  it('fifty programs of other shapes and variables leave less than 100 MB', () => {
    const make = (i: number) => {
      const { weights, optimizer, step } = network()
      const run = compile(step)
      run(tf.ones([1 + i, 3])).dispose()
      run.dispose()
      tf.dispose([...weights])
      optimizer.dispose()
    }
    for (let i = 0; i < 5; i++) make(i)
    const rss = process.memoryUsage().rss
    for (let i = 0; i < 50; i++) tf.tidy(() => make(i))
    expect((process.memoryUsage().rss - rss) / 2 ** 20).to.be.below(100)
  })
})
