/** A layer as plain data: enough to know its output shape and weights, and to build it with tf.layers. */
import type { PlainActivation } from '../config/activations.js'

export type Padding = 'same' | 'valid'

/** How initial weights are drawn. */
export type InitializerSpec =
  | { readonly type: 'glorot_uniform' | 'he_normal' | 'he_uniform' }
  | { readonly type: 'truncated_normal'; readonly stddev: number }

/** What convolutions of all kinds have. Sizes are per position axis. */
interface Convolution {
  readonly kernelSize: readonly number[]
  readonly strides: readonly number[]
  readonly padding: Padding
  readonly useBias: boolean
  readonly initializer: InitializerSpec
}

export type LayerSpec =
  | { readonly type: 'input' }
  /** `groups` > 1: each group of output channels takes its own group of input channels. */
  | ({ readonly type: 'conv'; readonly filters: number; readonly dilationRate: readonly number[]; readonly groups: number } & Convolution)
  | ({ readonly type: 'depthwise'; readonly depthMultiplier: number; readonly dilationRate: readonly number[] } & Convolution)
  | ({ readonly type: 'transposed'; readonly filters: number } & Convolution)
  | { readonly type: 'norm'; readonly momentum: number; readonly epsilon: number }
  /** Over the channels of each position. */
  | { readonly type: 'layerNorm'; readonly epsilon: number }
  /** Over all positions of a group of channels; as many groups as channels is instance normalisation. */
  | { readonly type: 'groupNorm'; readonly groups: number; readonly epsilon: number }
  | { readonly type: 'activation'; readonly activation: PlainActivation }
  /** One slope per channel, .25 at first (as PyTorch's). */
  | { readonly type: 'prelu' }
  | {
      readonly type: 'pool'
      readonly op: 'max' | 'mean'
      readonly poolSize: readonly number[]
      readonly strides: readonly number[]
      readonly padding: Padding
    }
  /** Means of windows that divide the positions into `size` parts, as PyTorch's adaptive pooling. */
  | { readonly type: 'adaptivePool'; readonly size: readonly number[] }
  | { readonly type: 'globalPool'; readonly op: 'max' | 'mean' }
  /** Over the channels: one channel is left. */
  | { readonly type: 'channelPool'; readonly op: 'max' | 'mean' }
  /** A convolution along the channels of `[C]`, with padding, without a bias (ECA). */
  | { readonly type: 'channelConv'; readonly kernelSize: number }
  | { readonly type: 'flatten' }
  | { readonly type: 'dense'; readonly units: number; readonly useBias: boolean; readonly initializer: InitializerSpec }
  | { readonly type: 'dropout'; readonly rate: number }
  /** Stochastic depth: all of the input is dropped, per item or per batch. */
  | { readonly type: 'dropPath'; readonly rate: number; readonly mode: 'row' | 'batch'; readonly scale: 'training' | 'inference' }
  /** A product with trained factors, one per channel or a single one. */
  | { readonly type: 'layerScale'; readonly initial: number; readonly shared: boolean }
  /** A product with a constant. */
  | { readonly type: 'scaleBy'; readonly factor: number }
  /** Positions as a list of tokens, `[n, C]`: a class token first, learned positions added. */
  | { readonly type: 'tokens'; readonly classToken: boolean; readonly position: 'learned' | 'none' }
  /** One token: `[n, C]` → `[C]`. */
  | { readonly type: 'token'; readonly index: number }
  /** Scaled dot-product attention over the positions: queries, keys and values `[…, 3C]` → `[…, C]`. */
  | { readonly type: 'attention'; readonly heads: number; readonly position: 'relative' | 'none' }
  /** Queries times the mean over the positions of keys times values: `[…, c]`, `[…, c]`, `[…, C]` → `[…, C]`. */
  | { readonly type: 'linearAttention' }
  /** Zeros around the positions: numbers before and after, per axis. */
  | { readonly type: 'pad'; readonly padding: readonly (readonly [number, number])[] }
  /** Zero channels after the others. */
  | { readonly type: 'padChannels'; readonly channels: number }
  /** The first positions of each axis. */
  | { readonly type: 'crop'; readonly size: readonly number[] }
  /** To a number of positions per axis; bilinear with half-pixel centres. */
  | { readonly type: 'upsample'; readonly op: 'bilinear' | 'nearest'; readonly size: readonly number[] }
  /** Channels become positions, `factor` per axis (TensorFlow's `depth_to_space`). */
  | { readonly type: 'depthToSpace'; readonly factor: number }
  /** The first input as a mean, the second as a logarithm of a variance: a sample in training, the mean in inference. */
  | { readonly type: 'gaussian' }
  /** Axes of length 1 are stretched. */
  | { readonly type: 'add' }
  | { readonly type: 'concat' }
  | { readonly type: 'reshape'; readonly shape: readonly number[] }
  /** Axes of length 1 are stretched. */
  | { readonly type: 'multiply' }

export type LayerType = LayerSpec['type']
export type SpecOf<T extends LayerType> = Extract<LayerSpec, { type: T }>

export interface WeightSpec {
  readonly name: string
  readonly shape: readonly number[]
  readonly trainable: boolean
  /** True if the config's `trainable` excludes it. */
  readonly isFrozen?: boolean
}

/** The prefix of a layer's name in its block; parameters are counted by it. */
export const kindNames = [
  'input',
  'conv',
  'depthwise',
  'separable',
  'transposed',
  'norm',
  'activation',
  'pool',
  'mean-pool',
  'gmp',
  'gap',
  'channel-pool',
  'channel-conv',
  'flatten',
  'dense',
  'dropout',
  'drop-path',
  'layer-scale',
  'tokens',
  'token',
  'attention',
  'pad',
  'crop',
  'upsample',
  'subpixel',
  'sample',
  'sum',
  'concat',
  'reshape',
  'scale',
  'other',
] as const
export type Kind = (typeof kindNames)[number]
