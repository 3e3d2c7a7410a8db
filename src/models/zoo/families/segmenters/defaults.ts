/** What the segmenters of the zoo have in common. */
import type { Defaults } from '../../zoo-row.js'

/** One convolution with biases, brought to the size of the masks; moving averages keep .9 per step, as in the classifiers. */
export const segmenterDefaults: Defaults = {
  'common/batch_norm/momentum': 0.9,
  'head/layout': 'c',
  'head/kernel_size': 1,
  'head/conv/use_bias': true,
  loss: 'ce',
}

/** The convolutions before the head have no biases. */
export const withoutBiases: Defaults = { 'common/conv/use_bias': false }

/** Counted for the classes of Pascal VOC. */
export const voc = { shape: [224, 224, 3], classes: 21 }
