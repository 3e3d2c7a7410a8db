/** What is not finite stays so: a compiled function returns NaN and Infinity wherever tfjs does. */
import { expect } from 'chai'
import { compile } from '../../../src/graph.js'
import { type Tensor, tf } from './support.js'

type Fn = (x: any) => Tensor

const normal = (shape: number[], seed = 1) => tf.randomNormal(shape, 0, 1, 'float32', seed)
const weights = (shape: number[]) => tf.variable(normal(shape), false)

const activations: Readonly<Record<string, Fn>> = {
  'no activation': x => x,
  relu: x => tf.relu(x),
  relu6: x => tf.relu6(x),
  'relu6 of parts': x => tf.minimum(tf.relu(x), 6),
  elu: x => tf.elu(x),
  leakyRelu: x => tf.leakyRelu(x, 0.3),
  prelu: x => tf.prelu(x, tf.scalar(0.1)),
  selu: x => tf.selu(x),
  sigmoid: x => tf.sigmoid(x),
  tanh: x => tf.tanh(x),
  softplus: x => tf.softplus(x),
  softmax: x => tf.softmax(x),
  logSoftmax: x => tf.logSoftmax(x),
  maximum: x => tf.maximum(x, 0),
  clipByValue: x => tf.clipByValue(x, -1, 1),
  swish: x => tf.mul(x, tf.sigmoid(x)),
  gelu: x => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.div(x, Math.SQRT2)), 1)),
}

const images = [2, 6, 6, 4]
/** What comes before an activation, and the shape of its input. */
const layers: Readonly<Record<string, readonly [shape: number[], fn: Fn]>> = (() => {
  const [w, b, v] = [weights([8, 8]), weights([8]), tf.variable(tf.abs(normal([8])), false)]
  const [one, three, five, deep, depth] = [
    [1, 1, 4, 8],
    [3, 3, 4, 8],
    [5, 5, 4, 8],
    [3, 3, 3, 4, 8],
    [3, 3, 4, 2],
  ].map(weights)
  const biased =
    (fn: Fn): Fn =>
    x =>
      tf.add(fn(x), b)
  const conv =
    (filter: unknown, strides = 1): Fn =>
    x =>
      tf.conv2d(x, filter as never, strides, 'same')
  const normalized =
    (fn: Fn): Fn =>
    x =>
      tf.batchNorm(fn(x) as never, b as never, v as never, b as never, b as never)
  return {
    nothing: [[4, 8], x => x],
    'a product': [[4, 8], x => tf.matMul(x, w as never)],
    'a dense layer': [[4, 8], biased(x => tf.matMul(x, w as never))],
    'a pointwise convolution': [images, biased(conv(one))],
    'a convolution': [images, biased(conv(three))],
    'a convolution without bias': [images, conv(three)],
    'a convolution with strides': [images, biased(conv(three, 2))],
    'a large convolution': [images, biased(conv(five))],
    'a residual sum': [images, x => tf.add(biased(conv(three))(x), biased(conv(one))(x))],
    'a depthwise convolution': [images, biased(x => tf.depthwiseConv2d(x, depth as never, 1, 'same'))],
    'a convolution in space': [[1, 4, 4, 4, 4], biased(x => tf.conv3d(x, deep as never, 1, 'same'))],
    'batch normalisation': [[2, 3, 3, 8], normalized(x => x)],
    'a normalised convolution': [images, normalized(conv(three))],
    'batch normalisation of its own moments': [
      [2, 3, 3, 8],
      x => {
        const { mean, variance } = tf.moments(x, [0, 1, 2])
        return tf.batchNorm(x, mean as never, variance as never, b as never, b as never)
      },
    ],
  }
})()

const alone: Readonly<Record<string, Fn>> = {
  'max pooling': x => tf.maxPool(x, 2, 2, 'same'),
  'overlapping max pooling': x => tf.maxPool(x, 3, 1, 'same'),
  'average pooling': x => tf.avgPool(x, 2, 2, 'valid'),
  'the maximum over axes': x => tf.max(x, [1, 2]),
  'the minimum over axes': x => tf.min(x, [1, 2]),
  'the maximum of all': x => tf.max(x),
  'the maximum of the last axis': x => tf.max(x, -1),
  'the maximum with a number': x => tf.maximum(0.1, x),
  'the minimum with a number': x => tf.minimum(x, 0.1),
  mean: x => tf.mean(x, [1, 2]),
  variance: x => tf.moments(x, [0, 1, 2]).variance,
  norm: x => tf.norm(x),
  logSumExp: x => tf.logSumExp(x, -1),
  step: x => tf.step(x),
  sign: x => tf.sign(x),
  'a mean that dropout scales': x => tf.mul(x, tf.cast(tf.greater(tf.ones(images), 0), 'float32')),
}

const kindOf = (value: number) => (Number.isFinite(value) ? 'finite' : String(value))
const kinds = (tensor: Tensor) => Array.from(tensor.dataSync(), kindOf)

/** Numbers of which two are this one. */
function inputWith(shape: readonly number[], value: number): Tensor {
  const data = normal([...shape], 3)
    .dataSync()
    .slice()
  data[5] = value
  data[data.length - 3] = value
  return tf.tensor(data, [...shape])
}

function expectSameKinds(fn: Fn, shape: readonly number[]): void {
  const compiled = compile(fn)
  for (const value of [Number.NaN, Infinity, -Infinity]) {
    tf.tidy(() => {
      const x = inputWith(shape, value)
      expect(kinds(compiled(x)), `with ${value}`).to.deep.equal(kinds(fn(x)))
    })
  }
  compiled.dispose()
}

describe('what is not finite', () => {
  for (const [name, [shape, layer]] of Object.entries(layers)) {
    it(`stays so in each activation after ${name}`, () => {
      const names = Object.keys(activations)
      // One function, whose session is made once; each activation has an input of its own, so that nothing is shared.
      const each = (...inputs: Tensor[]) => Object.fromEntries(names.map((name, i) => [name, activations[name]!(layer(inputs[i]))]))
      const compiled = compile(each)
      for (const value of [Number.NaN, Infinity, -Infinity]) {
        tf.tidy(() => {
          const inputs = names.map(() => inputWith(shape, value))
          const [got, wanted] = [compiled(...inputs), each(...inputs)]
          for (const name of names) expect(kinds(got[name]!), `${name} with ${value}`).to.deep.equal(kinds(wanted[name]!))
        })
      }
      compiled.dispose()
    })
  }

  for (const [name, fn] of Object.entries(alone)) it(`stays so in ${name}`, () => expectSameKinds(fn, images))

  const gradients = 'elu leakyRelu prelu selu sigmoid tanh softplus softmax logSoftmax maximum clipByValue'.split(' ')
  const smooth: Record<string, Fn> = { sqrt: tf.sqrt, rsqrt: tf.rsqrt, reciprocal: tf.reciprocal, exp: tf.exp, log: tf.log }
  for (const [name, fn] of Object.entries({ ...Object.fromEntries(gradients.map(name => [name, activations[name]!])), ...smooth })) {
    it(`stays so in the gradient of ${name}`, () => {
      const gradient = (x: Tensor, dy: Tensor) => tf.grad(fn as never)(x, dy)
      const compiled = compile(gradient)
      tf.tidy(() => {
        const x = tf.tensor2d([[0, Number.NaN, Infinity, -Infinity, -1, 2]])
        for (const dy of [1, 0, Number.NaN, Infinity])
          expect(kinds(compiled(x, tf.fill([1, 6], dy))), `times ${dy}`).to.deep.equal(kinds(gradient(x, tf.fill([1, 6], dy))))
      })
      compiled.dispose()
    })
  }

  it('may be 0 in the gradient of a rectified unit, where tfjs’s is NaN', () => {
    const gradient = (x: Tensor) => tf.grad(x => tf.relu(x))(x)
    const x = tf.tensor1d([Number.NaN, 1, 2, 3, 4, 5, 6, 7])
    expect(gradient(x).dataSync()[0]).to.be.NaN
    expect(compile(gradient)(x).dataSync()[0]).to.satisfy((value: number) => value === 0 || Number.isNaN(value))
  })
})
