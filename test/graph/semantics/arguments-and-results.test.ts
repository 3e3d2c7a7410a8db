/** What compiled functions take and give: any arguments, any results. */
import { expect } from 'chai'
import { compile } from '../../../src/graph.js'
import { itCompiles, itIsAsEager, read, scalar, type Tensor, tf } from './support.js'

/** Arguments that are no tensors, all different. */
const others: readonly unknown[] = [
  ...[undefined, null, true, false, 0, -0, 1, NaN, Infinity, -Infinity, 5n, 'x', '', 'undefined', '5n', '1'],
  ...[[], {}, [1], ['1'], [[1]], { a: 1 }, { a: [1] }, { a: undefined }, { b: 1 }, { tensor: 0 }, { list: [] }],
  ...[Float32Array.of(1), Float32Array.of(2), Uint8Array.of(1), new Map(), new Map([['a', 1]]), () => 1, () => 2, new Date(0), /x/],
]

describe('arguments and results of compiled functions', () => {
  it('every argument that is no tensor makes a program of its own', () => {
    const seen: unknown[] = []
    const step = compile((x: Tensor, other: unknown) => {
      if (!seen.includes(other)) seen.push(other)
      return tf.add(
        x,
        others.findIndex(each => Object.is(each, other) || (typeof each === 'object' && each === other)),
      )
    })
    // The functions of plain data are seen through; each has its own place in the list all the same.
    for (const [i, other] of others.entries()) expect(read(step(scalar(0), other)), String(i)).to.be.oneOf([i, -1])
    for (const [i, other] of others.entries()) expect(read(step(scalar(0), other)), String(i)).to.be.oneOf([i, -1])
  })

  itCompiles({
    'tensors in lists and objects': wrap => {
      const step = wrap(({ a, rest }: { a: Tensor; rest: [Tensor, { b: Tensor }] }) => ({
        sum: tf.addN([a, rest[0], rest[1].b]),
        list: [tf.neg(a), [tf.square(rest[1].b)]],
      }))
      const given = (k: number) => ({ a: scalar(k), rest: [scalar(2), { b: scalar(3) }] as [Tensor, { b: Tensor }] })
      return [step(given(1)), step(given(10))]
    },
    'numbers and texts between tensors': wrap => {
      const step = wrap((x: Tensor, options: { by: number; how: string }) =>
        options.how === 'add' ? tf.add(x, options.by) : tf.mul(x, options.by),
      )
      return ['add', 'mul', 'add'].flatMap(how => [2, 3].map(by => step(scalar(5), { by, how })))
    },
    'other shapes and types': wrap => {
      const step = wrap((x: Tensor) => tf.add(x, x))
      return [step(scalar(1)), step(tf.tensor1d([1, 2])), step(tf.tensor1d([1, 2], 'int32')), step(tf.zeros([0, 3])), step(scalar(4))]
    },
    'an argument that nothing uses': wrap => {
      const step = wrap((x: Tensor, _: Tensor) => tf.neg(x))
      return [step(scalar(1), scalar(2)), step(scalar(3), tf.zeros([2]))]
    },
    'integers, booleans, texts and complex numbers': wrap => {
      const step = wrap((x: Tensor) => tf.reshape(x, [1, 2]))
      return [
        step(tf.tensor1d([1, 2], 'int32')),
        step(tf.tensor1d([true, false], 'bool')),
        step(tf.tensor1d(['a', 'ä'], 'string')),
        step(tf.complex(tf.tensor1d([1, 2]), tf.tensor1d([3, 4]))),
      ].map(tensor => [tensor.dtype, Array.from(tensor.dataSync() as never)])
    },
    'logic and indices': wrap => {
      const step = wrap((x: Tensor, at: Tensor) => [
        tf.logicalNot(tf.greater(x, 1)),
        tf.gather(x, at as never),
        tf.argMax(x),
        tf.cast(tf.less(x, 2), 'int32'),
        tf.topk(x, 2).indices,
        tf.oneHot(at as never, 4),
      ])
      return step(tf.tensor1d([0, 3, 2]), tf.tensor1d([2, 0], 'int32'))
    },
    'nothing, numbers, texts and null': wrap => {
      const all = [() => undefined, () => null, () => 3, () => 'text', () => [], () => ({ a: [1, 'b', null] })]
      return all.map(fn => [wrap(fn)(), wrap(fn)()])
    },
    'the same tensor twice is one tensor': wrap => {
      const step = wrap((x: Tensor) => {
        const y = tf.square(x)
        return [y, { y }] as const
      })
      const [a, { y }] = step(scalar(3))
      return [a === y, a]
    },
    'an argument itself, a variable itself, a tensor from outside itself': wrap => {
      const [x, v, outside] = [scalar(1), tf.variable(scalar(2)), scalar(3)]
      const step = wrap((given: Tensor) => {
        v.assign(tf.add(v, 1))
        return [given, v, outside, tf.neg(v)]
      })
      const [a, b, c, d] = step(x)
      return [a === x, b === v, c === outside, d, v]
    },
    'variables as arguments are these variables': wrap => {
      const [a, b] = [tf.variable(scalar(1)), tf.variable(scalar(10))]
      const step = wrap((v: typeof a, x: Tensor) => {
        v.assign(tf.add(v, x) as never)
        return { v, twice: tf.mul(v, 2) }
      })
      const seen = [a, b, a].map(v => [step(v, scalar(1)).v === v, read(step(v, scalar(2)).twice)])
      return [seen, a, b]
    },
    'an object that contains itself': wrap => {
      const options: Record<string, unknown> = { by: 3 }
      options.self = options
      const step = wrap((x: Tensor, { by, self }: typeof options) => tf.mul(x, self === undefined ? 0 : (by as number)))
      return [step(scalar(2), options), step(scalar(3), options)]
    },
    'a constant': wrap => {
      const step = wrap(() => [scalar(2), tf.zeros([2]), tf.tensor1d([1, 2, 3], 'int32')])
      return [step(), step()]
    },
    'a clone of an argument is another tensor': wrap => {
      const x = scalar(1)
      const [y] = [wrap((given: Tensor) => tf.clone(given))(x)]
      x.dispose()
      return y
    },
    'what the function makes of a result of its own': wrap => {
      const step = wrap((x: Tensor) => tf.mul(x, 2))
      let x: Tensor = scalar(1)
      for (let i = 0; i < 5; i++) x = step(x)
      return x
    },
    'a gradient inside': wrap => {
      const step = wrap((x: Tensor) => tf.grad(y => tf.sum(tf.mul(y, tf.square(y))))(x))
      return step(tf.tensor1d([1, 2]))
    },
    'tensors of another backend': async wrap => {
      await tf.setBackend('cpu')
      const x = tf.tensor1d([1, 2])
      await tf.setBackend('tensorflow')
      return wrap((given: Tensor) => tf.add(given, x))(x)
    },
    'one compiled function in another': wrap => {
      const inner = wrap((x: Tensor) => tf.square(x), 'inner')
      const outer = wrap((x: Tensor) => tf.add(inner(x), inner(tf.neg(x))), 'outer')
      return [outer(scalar(3)), inner(scalar(2)), outer(scalar(4)), inner(scalar(5))]
    },
    'one compiled training step in another': wrap => {
      const [w, optimizer] = [tf.variable(scalar(4)), tf.train.momentum(0.1, 0.9)]
      const inner = wrap(() => void optimizer.minimize(() => tf.square(w).asScalar(), false, [w]))
      const outer = wrap(() => {
        inner()
        return tf.mul(w, 1)
      })
      inner()
      const value = read(outer())
      inner()
      return [value, w]
    },
  })

  itIsAsEager({
    'in a gradient of the user’s': wrap => {
      const w = tf.variable(scalar(3))
      const step = wrap((x: Tensor) => tf.mul(tf.square(x), w), 'in a gradient')
      const before = step(scalar(2))
      const { value, grads } = tf.variableGrads(() => step(scalar(2)).asScalar())
      return [before, tf.grad(x => step(x))(scalar(2)), value, grads[w.name], step(scalar(5))]
    },
    'in tidy': wrap => {
      const step = wrap((x: Tensor) => tf.tidy(() => [tf.square(x), tf.neg(x)]))
      const x = scalar(3)
      const before = tf.memory().numTensors
      const kept = tf.tidy(() => step(x)[1]!)
      return [kept, tf.memory().numTensors - before]
    },
    'in tfjs’s debug mode': async wrap => {
      const step = wrap((x: Tensor) => tf.square(x), 'debugged')
      const { log, warn } = console
      Object.assign(console, { log: () => undefined, warn: () => undefined })
      tf.env().set('DEBUG', true)
      try {
        return [read(step(scalar(3)))]
      } finally {
        tf.env().set('DEBUG', false)
        await new Promise(resolve => setTimeout(resolve, 20))
        Object.assign(console, { log, warn })
      }
    },
    'where another backend is in use': async wrap => {
      const step = wrap((x: Tensor) => tf.square(x), 'on cpu')
      await tf.setBackend('cpu')
      try {
        return [read(step(scalar(3)))]
      } finally {
        await tf.setBackend('tensorflow')
      }
    },
    'a Fourier transform, whose types are complex': wrap => {
      const step = wrap((x: Tensor) => tf.abs(tf.fft(tf.complex(x, tf.zerosLike(x)))), 'fft')
      return step(tf.tensor1d([1, 2, 3, 4]))
    },
  })

  it('a disposed argument is refused as tfjs refuses it', () => {
    const step = compile((x: Tensor) => tf.neg(x))
    const x = scalar(1)
    x.dispose()
    expect(() => step(x)).to.throw('Tensor is disposed.')
  })
})
