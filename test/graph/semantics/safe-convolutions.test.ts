/** The gradient by the filter of a convolution with a stride over one row of one item, which damages memory in TensorFlow's eager kernel. */
import { expect } from 'chai'
import { compile } from '../../../src/graph.js'
import { expectClose, numbersOf, type Tensor, tf } from './support.js'

const shapes: readonly (readonly [name: string, x: number[], filter: number[], strides: [number, number]])[] = [
  ['a filter of one', [1, 1, 7, 2], [1, 1, 2, 3], [1, 2]],
  ['a filter of three', [1, 1, 9, 2], [1, 3, 2, 2], [1, 2]],
  ['a column', [1, 8, 1, 2], [1, 1, 2, 2], [2, 1]],
  ['strides along both axes', [1, 1, 6, 2], [1, 2, 2, 2], [2, 2]],
]

describe('gradients by the filter of a convolution over one row', () => {
  for (const [name, shape, filterShape, strides] of shapes) {
    const gradient = (x: Tensor, k: Tensor) =>
      tf.grad((k: Tensor) => tf.sum(tf.square(tf.conv2d(x as never, k as never, strides, 'valid'))))(k)

    it(`${name}: eager and compiled, and no kernel runs on one item`, () => {
      const [x, k] = [tf.randomNormal(shape, 0, 1, 'float32', 3), tf.randomNormal(filterShape, 0, 1, 'float32', 4)]
      const { backend } = tf.engine() as unknown as { backend: { binding: object } }
      const { binding } = backend as {
        binding: { executeOp(op: string, attributes: unknown, ids: number[], outputs: number): { shape: number[] }[] }
      }
      let concatenated = 0
      backend.binding = Object.create(binding, {
        executeOp: {
          value: (op: string, attributes: unknown, ids: number[], outputs: number) => {
            if (op === 'ConcatV2') concatenated++
            return binding.executeOp(op, attributes, ids, outputs)
          },
        },
      })
      let eager: unknown
      try {
        eager = numbersOf(gradient(x, k))
      } finally {
        backend.binding = binding
      }
      expect(concatenated).to.equal(2)
      // Of a batch of two equal items it is twice as much.
      const both = tf.concat([x, x], 0)
      expectClose(numbersOf(tf.mul(gradient(both, k), 0.5)), eager)
      expectClose(numbersOf(compile((x: Tensor, k: Tensor) => tf.tidy(() => gradient(x, k)))(x, k)), eager)
    })
  }
})
