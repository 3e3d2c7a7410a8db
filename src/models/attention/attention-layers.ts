/** The layers that attentions are made of, named below the attention's path. */
import type { PlainActivation } from '../config/activations.js'
import type { Shape } from '../plan/layer-rules.js'
import type { InitializerSpec } from '../plan/layer-spec.js'
import type { PlanBuilder, Ref } from '../plan/plan.js'

interface Convolution {
  readonly filters: number
  readonly kernelSize?: number
  readonly strides?: number
  readonly dilation?: number
  readonly useBias?: boolean
}

/** Parameters of the part that an attention is in. */
export interface AttentionParameters {
  readonly initializer: InitializerSpec
  /** Normalisations within attentions are over the batch, whatever letter n is: several have one channel. False leaves them out. */
  readonly batch_norm: { readonly momentum: number; readonly epsilon: number } | false
}

export class AttentionLayers {
  constructor(
    readonly plan: PlanBuilder,
    readonly path: string,
    readonly parameters: AttentionParameters,
  ) {}

  /** Layers whose names are below this one. */
  at(name: string): AttentionLayers {
    return new AttentionLayers(this.plan, this.#join(name), this.parameters)
  }

  /** Means, or maxima, over all positions: `[…, C]` → `[C]`. */
  pool(name: string, input: Ref, op: 'max' | 'mean' = 'mean'): Ref {
    return this.plan.layer(this.#join(name), op === 'mean' ? 'gap' : 'gmp', { type: 'globalPool', op }, input)
  }

  /** Maxima of windows of 2 along each axis: half as many positions. */
  maxPool(name: string, input: Ref): Ref {
    const two = input.shape.slice(1).map(() => 2)
    const spec = { type: 'pool', op: 'max', poolSize: two, strides: two, padding: 'same' } as const
    return this.plan.layer(this.#join(name), 'pool', spec, input)
  }

  /** To this many positions, bilinear. */
  resize(name: string, input: Ref, size: Shape): Ref {
    if (input.shape.slice(0, -1).join() === size.join()) return input
    return this.plan.layer(this.#join(name), 'upsample', { type: 'upsample', op: 'bilinear', size }, input)
  }

  dense(name: string, input: Ref, units: number, useBias = true): Ref {
    const { initializer } = this.parameters
    return this.plan.layer(this.#join(name), 'dense', { type: 'dense', units, useBias, initializer }, input)
  }

  conv(name: string, input: Ref, { filters, kernelSize = 1, strides = 1, dilation = 1, useBias = true }: Convolution): Ref {
    const axes = input.shape.length - 1
    const each = (value: number) => new Array(axes).fill(value)
    const { initializer } = this.parameters
    return this.plan.layer(
      this.#join(name),
      'conv',
      {
        type: 'conv',
        filters,
        kernelSize: each(kernelSize),
        strides: each(strides),
        dilationRate: each(dilation),
        padding: 'same',
        groups: 1,
        useBias,
        initializer,
      },
      input,
    )
  }

  norm(name: string, input: Ref): Ref {
    const { batch_norm } = this.parameters
    return batch_norm === false ? input : this.plan.layer(this.#join(name), 'norm', { type: 'norm', ...batch_norm }, input)
  }

  activation(name: string, input: Ref, activation: PlainActivation): Ref {
    return this.plan.layer(this.#join(name), 'activation', { type: 'activation', activation }, input)
  }

  /** `[C]` at one position, to be stretched over those of `like`. */
  spread(name: string, channels: Ref, like: Ref): Ref {
    return this.reshape(name, channels, [...like.shape.slice(0, -1).map(() => 1), channels.shape.at(-1)!])
  }

  reshape(name: string, input: Ref, shape: readonly number[]): Ref {
    return this.plan.layer(this.#join(name), 'reshape', { type: 'reshape', shape }, input)
  }

  concat(name: string, ...inputs: readonly Ref[]): Ref {
    return this.plan.layer(this.#join(name), 'concat', { type: 'concat' }, ...inputs)
  }

  sum(name: string, ...inputs: readonly Ref[]): Ref {
    return this.plan.layer(this.#join(name), 'sum', { type: 'add' }, ...inputs)
  }

  /** The product; axes of length 1 are stretched. */
  scale(name: string, input: Ref, factors: Ref): Ref {
    return this.plan.layer(this.#join(name), 'scale', { type: 'multiply' }, input, factors)
  }

  #join(name: string): string {
    return `${this.path}/${name}`
  }
}
