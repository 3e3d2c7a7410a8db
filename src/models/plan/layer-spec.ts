/** A layer as plain data: enough to know its output shape and weights, and to build it with tf.layers. */
import type { ActivationName } from '../config/activations.js'

export type Padding = 'same' | 'valid'

export type LayerSpec =
  | { readonly type: 'input' }
  | {
      readonly type: 'conv'
      readonly filters: number
      readonly kernelSize: readonly number[]
      readonly strides: readonly number[]
      readonly padding: Padding
      readonly dilationRate: readonly number[]
      readonly useBias: boolean
    }
  | { readonly type: 'norm'; readonly momentum: number; readonly epsilon: number }
  | { readonly type: 'activation'; readonly activation: ActivationName }
  | {
      readonly type: 'pool'
      readonly op: 'max' | 'mean'
      readonly poolSize: readonly number[]
      readonly strides: readonly number[]
      readonly padding: Padding
    }
  | { readonly type: 'globalPool'; readonly op: 'max' | 'mean' }
  | { readonly type: 'flatten' }
  | { readonly type: 'dense'; readonly units: number; readonly useBias: boolean }
  | { readonly type: 'dropout'; readonly rate: number }
  | { readonly type: 'add' }
  | { readonly type: 'concat' }
  | { readonly type: 'reshape'; readonly shape: readonly number[] }
  | { readonly type: 'multiply' }

export type LayerType = LayerSpec['type']
export type SpecOf<T extends LayerType> = Extract<LayerSpec, { type: T }>

export interface WeightSpec {
  readonly name: string
  readonly shape: readonly number[]
  readonly trainable: boolean
}

/** The prefix of a layer's name in its block; parameters are counted by it. */
export const kindNames = [
  'input',
  'conv',
  'norm',
  'activation',
  'pool',
  'mean-pool',
  'gmp',
  'gap',
  'flatten',
  'dense',
  'dropout',
  'sum',
  'concat',
  'reshape',
  'scale',
  'other',
] as const
export type Kind = (typeof kindNames)[number]
