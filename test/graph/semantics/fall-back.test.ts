/** What cannot be traced runs as it is, with one warning that says why, and the result is right. */
import { expect } from 'chai'
import { compile } from '../../../src/graph.js'
import { read, scalar, type Tensor, tf, variables, warningsOf } from './support.js'

const x = tf.tensor1d([3, -1])
const mask = tf.tensor1d([true, false], 'bool')

/** By what the warning says: a function, and what it gives for [3, -1]. */
const cases: readonly (readonly [string, RegExp, (x: Tensor) => unknown, number])[] = [
  ['reads a value', /dataSync: JavaScript reads a value/, x => tf.mul(x, read(x)), 9],
  ['reads an array', /dataSync/, x => tf.mul(x, (x.arraySync() as number[])[0]!), 9],
  [
    'reads a value and catches what happens',
    /dataSync/,
    x => {
      try {
        return tf.mul(x, read(x))
      } catch {
        return x
      }
    },
    9,
  ],
  ['reads one to choose', /dataSync/, x => (read(x) > 0 ? tf.neg(x) : x), -3],
  [
    'prints',
    /dataSync/,
    x => {
      String(x)
      return tf.neg(x)
    },
    -3,
  ],
  [
    'is asynchronous',
    /async: the function is asynchronous/,
    async x => {
      await null
      return tf.neg(x)
    },
    -3,
  ],
  [
    'awaits data',
    /async/,
    async x => {
      const y = tf.square(x)
      await y.data()
      return y
    },
    9,
  ],
  [
    'gives a promise',
    /dataSync|promise/,
    x =>
      tf
        .square(x)
        .data()
        .then(data => scalar(data[0]!)),
    9,
  ],
  ['masks', /async/, async x => tf.booleanMaskAsync(x, mask), 3],
  ['asks where', /async/, async x => tf.gather(x, (await tf.whereAsync(tf.cast(x, 'bool'))).reshape([-1])), 3],
  ['takes the distinct', /Unique|dataSync/, x => tf.unique(x).values, 3],
  [
    'keeps a table for its later calls',
    /keep: a tensor is kept for later/,
    (() => {
      let table: Tensor | undefined
      return (x: Tensor) => {
        table ??= tf.keep(tf.tidy(() => tf.add(tf.range(0, 2), 1)))
        return tf.mul(x, table)
      }
    })(),
    3,
  ],
  [
    'reads a value later',
    /data: JavaScript reads a value/,
    x => {
      void tf.square(x).data()
      return tf.neg(x)
    },
    -3,
  ],
  [
    'counts its calls',
    /Const: JavaScript computes other numbers/,
    (() => {
      let n = 0
      return (x: Tensor) => tf.add(tf.mul(x, 0), ++n)
    })(),
    NaN,
  ],
  ['draws an attribute in JavaScript', /other numbers/, x => tf.leakyRelu(x, Math.random()), 3],
  ['draws a result in JavaScript', /other numbers/, x => [tf.neg(x), Math.random()], -3],
  ['makes a variable at each call', /variable: it makes variables/, x => tf.mul(tf.variable(scalar(2)), x), 6],
  [
    'makes and disposes a variable',
    /dispose: variable|variable: its first value/,
    x =>
      tf.tidy(() => {
        const v = tf.variable(scalar(2))
        const y = tf.mul(v, x)
        v.dispose()
        return y
      }),
    6,
  ],
  [
    'draws from a distribution of TensorFlow’s',
    /multinomial: its numbers are drawn in JavaScript/,
    x => tf.mul(tf.cast(tf.multinomial(tf.tensor1d([0, -1e9]) as never, 2), 'float32'), x),
    0,
  ],
]

describe('a function that cannot be traced', () => {
  for (const [name, says, fn, wanted] of cases) {
    it(`${name}: runs, with one warning`, async () => {
      const before = new Set(Object.values(variables()))
      const step = compile(fn as never, { name: `a function that ${name}` }) as unknown as (x: Tensor) => Promise<Tensor | [Tensor]>
      const warnings = await warningsOf(async () => {
        for (let i = 0; i < 3; i++) {
          const [result] = [await step(x)].flat() as [Tensor]
          if (!Number.isNaN(wanted)) expect(read(result)).to.equal(wanted)
        }
      })
      expect(warnings).to.have.length(1)
      expect(warnings[0]).to.match(says).and.to.contain(`a function that ${name} runs operation by operation, not compiled`)
      for (const variable of Object.values(variables())) if (!before.has(variable)) variable.dispose()
    })
  }

  it('names the layer it happens in', async () => {
    const layer = tf.layers.dense({ units: 1, inputShape: [2], name: 'the-layer' })
    const { call } = layer
    layer.call = (inputs, kwargs) => {
      read([inputs].flat()[0])
      return call.call(layer, inputs, kwargs)
    }
    const step = compile((given: Tensor) => layer.apply(given) as Tensor, { name: 'reads in a layer' })
    const warnings = await warningsOf(() => step(tf.ones([1, 2])))
    expect(warnings).to.deep.equal([
      'reads in a layer runs operation by operation, not compiled: dataSync in layer the-layer: JavaScript reads a value of the graph',
    ])
  })

  it('does not forbid its other versions', async () => {
    const step = compile((given: Tensor, how: string) => tf.mul(given, how === 'read' ? read(given) : 2), { name: 'reads sometimes' })
    const warnings = await warningsOf(() => {
      expect([step(x, 'read'), step(x, 'not'), step(x, 'read'), step(x, 'not')].map(read)).to.deep.equal([9, 6, 9, 6])
    })
    expect(warnings).to.have.length(1)
  })

  it('with other arguments at each call: compiled 64 times, then no more', async () => {
    const step = compile((given: Tensor, by: number) => tf.mul(given, by), { name: 'called with numbers' })
    const warnings = await warningsOf(() => {
      for (let i = 0; i < 70; i++) expect(read(step(scalar(2), i))).to.equal(2 * i)
    })
    expect(warnings).to.have.length(1)
    expect(warnings[0]).to.contain('more than 64 sets of shapes and other arguments')
  })
})
