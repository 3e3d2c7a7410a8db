/**
 * Lovász losses (Berman, Triki, Blaschko 2018, https://arxiv.org/abs/1705.08790): the convex extension of intersection over union, over
 * the batch. Of several classes the Lovász-Softmax, the mean over the classes that the batch has; of one output the Lovász hinge.
 */
import type { Tensor, Tf } from '../tf-types.js'
import { type Compared, meanOfClasses, probabilitiesOf, weights } from './define.js'

/**
 * What each error weighs, for errors and targets [classes, positions]: what the loss of intersection over union grows by when errors are
 * admitted from the largest to the smallest. It is constant between changes of their order, so that no gradient flows through it.
 */
function weightsOfErrors(tf: Tf, errors: Tensor, targets: Tensor): Tensor {
  const [classes, positions] = errors.shape as [number, number]
  const weigh = (values: Tensor) =>
    tf.tidy(() => {
      const rows = tf.range(0, classes * positions, positions, 'int32')
      const order = tf.reshape(tf.add(tf.topk(values, positions, true).indices, tf.expandDims(rows, 1)), [classes * positions])
      const known = tf.reshape(tf.gather(tf.reshape(targets, [classes * positions]), order as never), [classes, positions])
      const all = tf.sum(known, 1, true)
      const left = tf.sub(all, tf.cumsum(known, 1))
      const union = tf.add(all, tf.cumsum(tf.sub(1, known), 1))
      const lost = tf.sub(1, tf.div(left, union))
      const before = tf.pad(tf.slice(lost, [0, 0], [classes, positions - 1]), [
        [0, 0],
        [1, 0],
      ])
      const growth = tf.reshape(tf.sub(lost, before), [classes * positions])
      return tf.reshape(tf.scatterND(tf.expandDims(order, 1) as never, growth, [classes * positions]), [classes, positions])
    })
  const constant = tf.customGrad((...[values]) => ({ value: weigh(values as Tensor), gradFunc: dy => [tf.zerosLike(dy)] }))
  return constant(errors)
}

/** One row per class of [batch, …, classes]. */
function rowsOf({ tf }: Compared, values: Tensor): Tensor {
  return tf.transpose(tf.reshape(values, [-1, values.shape.at(-1)!]))
}

export const lovasz = meanOfClasses({
  summary: 'Lovász-Softmax of several classes, Lovász hinge of one output, over the batch (Berman and others, 2018)',
  options: { weights },
  perClass: compared => {
    const { tf, targets, outputs, outputKind, counts } = compared
    const isHinge = outputKind === 'linear' && outputs.shape.at(-1) === 1
    const counted = (values: Tensor) => (counts ? tf.mul(values, counts) : values)
    const errors = isHinge
      ? tf.relu(tf.sub(1, tf.mul(outputs, tf.sub(tf.mul(2, targets), 1))))
      : tf.abs(tf.sub(targets, probabilitiesOf(compared)))
    const [known, wrong] = [rowsOf(compared, counted(targets)), rowsOf(compared, counted(errors))]
    const values = tf.sum(tf.mul(wrong, weightsOfErrors(tf, wrong, known)), 1)
    return outputs.shape.at(-1) === 1 ? { values } : { values, shares: tf.cast(tf.greater(tf.sum(known, 1), 0), 'float32') }
  },
})
