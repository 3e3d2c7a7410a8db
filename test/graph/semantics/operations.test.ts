/** Every operation that tfjs runs with an element type is compiled with that type, and has the same result. */
import { expect } from 'chai'
import { compile } from '../../../src/graph.js'
import { expectClose, numbersOf, type Tensor, tf, warningsOf } from './support.js'

type Results = Readonly<Record<string, unknown>>
/** Any of tfjs's functions, with arguments of types that its declarations do not allow everywhere. */
type Functions = Readonly<Record<string, (...args: any[]) => Tensor>>
const f = tf as unknown as Functions
const words = (text: string) => text.split(' ')

const unary = words(
  'abs acos acosh asin asinh atan atanh ceil cos cosh elu erf exp expm1 floor isFinite isInf isNaN leakyRelu log log1p logSigmoid logSoftmax ' +
    'logicalNot neg onesLike reciprocal relu relu6 round rsqrt selu sigmoid sign sin sinh softmax softplus sqrt square step tan tanh zerosLike ' +
    'all any argMax argMin max mean min prod sum logSumExp cumsum cumprod clone transpose reverse euclideanNorm norm',
)
const binary = words(
  'add addN atan2 div divNoNan equal floorDiv greater greaterEqual less lessEqual logicalAnd logicalOr logicalXor matMulOf maximum minimum mod ' +
    'mul notEqual pow prelu squaredDifference sub outerProduct',
)
/** Of a matrix of 2 × 3 and the indices [1, 0]. */
const others: Readonly<Record<string, (x: Tensor, at: Tensor) => unknown>> = {
  moments: x => tf.moments(x),
  'moments of rows': x => tf.moments(x, 1),
  'mean of rows': x => tf.mean(x, 1),
  'sum that keeps the axis': x => tf.sum(x, 0, true),
  bincount: (_, at) => tf.bincount(at as never, tf.tensor1d([]), 4),
  'bincount by weights': (x, at) => tf.bincount(at as never, f.slice!(f.reshape!(x, [6]), 0, 2) as never, 4),
  scatterND: x => tf.scatterND(tf.tensor2d([[1], [3]], [2, 1], 'int32'), x, [4, 3]),
  tensorScatterUpdate: x => f.tensorScatterUpdate!(x, tf.tensor2d([[1]], [1, 1], 'int32'), f.slice!(x, 0, 1)),
  sparseToDense: x =>
    tf.sparseToDense(tf.tensor1d([1, 3], 'int32'), f.slice!(f.reshape!(x, [6]), 0, 2), [5], f.slice!(f.reshape!(x, [6]), 0, 1).asScalar()),
  gather: (x, at) => tf.gather(x, at as never, 0),
  gatherND: (x, at) => tf.gatherND(x, tf.reshape(at, [2, 1])),
  oneHot: (_, at) => tf.oneHot(at as never, 3, 2, -1),
  'oneHot of a type': (x, at) => tf.oneHot(at as never, 3, 1, 0, x.dtype as never),
  concat: x => tf.concat([x, x], 1),
  stack: x => tf.stack([x, x]),
  unstack: x => tf.unstack(x),
  split: x => tf.split(x, [1, 2], 1),
  slice: x => f.slice!(x, [0, 1], [2, 1]),
  stridedSlice: x => tf.stridedSlice(x, [0, 0], [2, 3], [1, 2]),
  tile: x => tf.tile(x, [2, 1]),
  pad: x =>
    f.pad!(
      x,
      [
        [1, 0],
        [0, 1],
      ],
      1,
    ),
  mirrorPad: x =>
    f.mirrorPad!(
      x,
      [
        [1, 0],
        [0, 1],
      ],
      'reflect',
    ),
  broadcastTo: x => f.broadcastTo!(f.slice!(x, 0, 1), [4, 3]),
  where: x => tf.where(tf.cast(x, 'bool'), x, tf.zerosLike(x)),
  topk: x => tf.topk(x, 2),
  fill: x => tf.fill([2, 2], 1, x.dtype as never),
  cast: x => (['float32', 'int32', 'bool'] as const).map(dtype => tf.cast(x, dtype)),
  clipByValue: x => tf.clipByValue(x, 0, 1),
  unsortedSegmentSum: (x, at) => tf.unsortedSegmentSum(x, at as never, 3),
  spaceToBatchND: x =>
    tf.spaceToBatchND(
      f.reshape!(x, [1, 2, 3, 1]),
      [2, 1],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  depthToSpace: x => tf.depthToSpace(f.reshape!(f.tile!(x, [2, 1]), [1, 1, 3, 4]) as never, 2),
  resizeBilinear: x => f.reshape!(tf.image.resizeBilinear(f.reshape!(x, [1, 2, 3, 1]) as never, [4, 4]), [16]),
  resizeNearestNeighbor: x => tf.image.resizeNearestNeighbor(f.reshape!(x, [1, 2, 3, 1]) as never, [4, 4]),
  maxPool: x => tf.maxPool(f.reshape!(x, [1, 2, 3, 1]) as never, 2, 1, 'same'),
  avgPool: x => tf.avgPool(f.reshape!(x, [1, 2, 3, 1]) as never, 2, 1, 'same'),
  maxPool3d: x => tf.maxPool3d(f.reshape!(x, [1, 1, 2, 3, 1]) as never, [1, 2, 2], 1, 'same'),
  avgPool3d: x => tf.avgPool3d(f.reshape!(x, [1, 1, 2, 3, 1]) as never, [1, 2, 2], 1, 'same'),
  conv2d: x => tf.conv2d(f.reshape!(x, [1, 2, 3, 1]) as never, f.reshape!(f.slice!(x, [0, 0], [2, 2]), [2, 2, 1, 1]) as never, 1, 'same'),
  einsum: x => f.einsum!('ij,kj->ik', x, x),
  dot: x => f.dot!(x, f.transpose!(x)),
  'matMul of batches': x => f.matMul!(f.reshape!(x, [2, 1, 3]), f.reshape!(x, [2, 3, 1])),
  flip: x => f.reverse!(x, 1),
  linspace: () => tf.linspace(0, 1, 3),
  range: x => tf.range(0, 4, 1, x.dtype === 'int32' ? 'int32' : 'float32'),
  eye: x => tf.eye(2, 3, undefined, x.dtype as never),
  dilation2d: x => f.dilation2d!(f.reshape!(x, [1, 2, 3, 1]), f.reshape!(f.slice!(x, [0, 0], [2, 2]), [2, 2, 1]), 1, 'same', [1, 1]),
  localResponseNormalization: x => tf.localResponseNormalization(f.reshape!(x, [1, 2, 3, 1]) as never),
  'two types': x => tf.add(tf.cast(x, 'float32'), tf.cast(x, 'int32')),
}

/** Gradients of these. */
const gradients: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  maxPool3d: x => tf.maxPool3d(f.reshape!(x, [1, 1, 2, 3, 1]) as never, [1, 2, 2], 1, 'same'),
  avgPool3d: x => tf.avgPool3d(f.reshape!(x, [1, 1, 2, 3, 1]) as never, [1, 2, 2], 1, 'same'),
  avgPool: x => tf.avgPool(f.reshape!(x, [1, 2, 3, 1]) as never, 2, 1, 'same'),
  resizeBilinear: x => tf.image.resizeBilinear(f.reshape!(x, [1, 2, 3, 1]) as never, [4, 4]),
  localResponseNormalization: x => tf.localResponseNormalization(f.reshape!(x, [1, 2, 3, 1]) as never),
  dilation2d: x => f.dilation2d!(f.reshape!(x, [1, 2, 3, 1]), f.reshape!(f.slice!(x, [0, 0], [2, 2]), [2, 2, 1]), 1, 'same', [1, 1]),
  'mean of integers': x => tf.mean(tf.mul(x, tf.cast(tf.greater(x, 0), 'int32'))),
  gather: x => tf.gather(x, tf.tensor1d([1, 1, 0], 'int32')),
  pad: x =>
    f.pad!(
      x,
      [
        [1, 0],
        [0, 1],
      ],
      1,
    ),
  stridedSlice: x => tf.stridedSlice(x, [0, 0], [2, 3], [1, 2]),
}

const programs: Readonly<Record<string, (x: Tensor, at: Tensor) => unknown>> = {
  ...Object.fromEntries(unary.map(name => [name, (x: Tensor) => f[name]!(x)])),
  ...Object.fromEntries(
    binary.map(name => [
      name,
      (x: Tensor) =>
        name === 'addN' ? f.addN!([x, x]) : name === 'matMulOf' ? f.matMul!(x, x, false, true) : f[name]!(x, f.reverse!(x, 1)),
    ]),
  ),
  ...others,
  ...Object.fromEntries(Object.entries(gradients).map(([name, fn]) => [`gradient of ${name}`, (x: Tensor) => tf.grad(fn)(x)])),
}

/** What is known to run operation by operation, by a part of the warning. */
const notCompiled: Readonly<Record<string, RegExp>> = {
  sparseToDense: /SparseToDense|Const|session/,
}

const values = {
  float32: tf.tensor2d([0.5, -1, 2, 1.5, 0, 0.25], [2, 3]),
  int32: tf.tensor2d([3, -1, 2, 1, 0, 5], [2, 3], 'int32'),
  bool: tf.tensor2d([true, false, true, true, false, false] as never, [2, 3], 'bool'),
} as const

describe('operations of every element type, compiled', () => {
  const at = tf.tensor1d([1, 0], 'int32')
  const runs = (fn: (x: Tensor, at: Tensor) => unknown, x: Tensor) => {
    try {
      return numbersOf(tf.tidy(() => fn(tf.clone(x), at) as never))
    } catch {
      return undefined
    }
  }
  for (const [dtype, x] of Object.entries(values)) {
    it(`have the results of tfjs: ${dtype}`, async () => {
      const wanted = Object.entries(programs).flatMap(([name, fn]) => {
        const result = name in notCompiled ? undefined : runs(fn, x)
        return result === undefined ? [] : [[name, result] as const]
      })
      // Those that tfjs runs are most of them, and compiled together.
      expect(wanted.length).to.be.greaterThan(dtype === 'float32' ? 90 : dtype === 'int32' ? 75 : 35)
      const all = compile(
        (x: Tensor, at: Tensor) =>
          tf.tidy(() => Object.fromEntries(wanted.map(([name]) => [name, programs[name]!(tf.clone(x), at)])) as never),
        { name: `all of ${dtype}` },
      )
      const warnings = await warningsOf(() => {
        for (let i = 0; i < 2; i++) {
          const got = all(x, at) as Results
          for (const [name, result] of wanted) expectClose(numbersOf(got[name]), result, 1e-5, `${name} of ${dtype}`)
          tf.dispose(got as never)
        }
      })
      expect(warnings).to.deep.equal([])
    })
  }
})
