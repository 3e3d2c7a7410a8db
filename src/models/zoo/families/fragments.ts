/** Defaults that several families share. */

/** Normalised convolutions without biases; moving averages keep .9 per step. */
export const normalised = { 'common/conv/use_bias': false, 'common/batch_norm/momentum': 0.9 }

/** A 7×7 convolution and 3×3 pooling, each at half the size. */
export const pooledStem = {
  'initial_block/layout': 'cnap',
  'initial_block/filters': 64,
  'initial_block/kernel_size': 7,
  'initial_block/strides': 2,
  'initial_block/pool_size': 3,
  'initial_block/pool_strides': 2,
}

/** Where torchvision's convolutional networks differ. */
export const likeTorchvision = { 'common/padding': 'torch', 'common/batch_norm/epsilon': 1e-5 }
