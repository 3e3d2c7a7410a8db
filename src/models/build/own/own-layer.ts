/** Layers that tfjs lacks: a row says what one computes; shapes and weights follow from the rules of its spec. */
import { inferShape, inferWeights, type Shape } from '../../plan/layer-rules.js'
import type { InitializerSpec, LayerSpec, LayerType, SpecOf } from '../../plan/layer-spec.js'
import type { Initializer, Layer, Tensor, Tf } from '../../tf-types.js'
import { fansOf, seededInitializer, stockInitializer } from '../initializers.js'
import type { Draws } from './draws.js'

export interface Call<T extends LayerType> {
  readonly tf: Tf
  readonly spec: SpecOf<T>
  readonly inputs: readonly [Tensor, ...Tensor[]]
  /** Values by name, as the rules name them. */
  readonly weights: Readonly<Record<string, Tensor>>
  readonly training: boolean
  readonly draws: Draws
}

/** What a weight is at first: drawn, or one number. */
type Initial = InitializerSpec | number

export interface OwnLayer<T extends LayerType = LayerType> {
  /** Its name in saved models. */
  readonly className: string
  readonly type: T
  /** What saved models contain of its spec. */
  readonly keys: readonly Exclude<keyof SpecOf<T>, 'type'>[]
  /** The rest of its spec. */
  readonly fixed?: Partial<SpecOf<T>>
  /** Weights that do not start with zeros. */
  readonly initial?: (spec: SpecOf<T>) => Readonly<Record<string, Initial>>
  /** The output; everything else that it makes is disposed. */
  readonly call: (call: Call<T>) => Tensor
}

/** What a layer of a network draws by; without it, as a layer that tfjs loads, it draws as tfjs does. */
export interface Seeded {
  readonly seed: number
  readonly draws: Draws
}

/** A class of tfjs's layers, with fields that its types do not show. */
export type LayerClass = new (args: object) => any

type Args = Readonly<Record<string, unknown>> & { readonly name?: string }
export type OwnLayerClass = { readonly className: string } & (new (args: Args, seeded?: Seeded) => Layer)
type Shapes = readonly (number | null)[]

/** The class of a row. */
export function toLayerClass(tf: Tf, row: OwnLayer, unseeded: Draws): OwnLayerClass {
  const { className, type, keys, fixed, initial, call } = row
  const Base = tf.layers.Layer as unknown as LayerClass
  return class extends Base {
    static readonly className = className
    readonly spec: LayerSpec

    constructor(
      args: Args,
      readonly seeded?: Seeded,
    ) {
      super(args)
      this.spec = { type, ...fixed, ...Object.fromEntries((keys as readonly string[]).map(key => [key, args[key]])) } as LayerSpec
    }

    build(shapes: Shapes | Shapes[]): void {
      const initials: Readonly<Record<string, Initial>> = initial?.(this.spec as never) ?? {}
      for (const { name, shape, trainable } of inferWeights(this.spec, withoutBatch(shapes))) {
        const start = this.initializer(initials[name] ?? 0, name, shape)
        this.addWeight(name, [...shape], 'float32', start, undefined, trainable)
      }
      this.built = true
    }

    initializer(start: Initial, weight: string, shape: Shape): Initializer {
      if (typeof start === 'number') return tf.initializers.constant({ value: start })
      if (!this.seeded) return stockInitializer(tf, start)
      const size = shape.reduce((product, length) => product * length, 1)
      return seededInitializer(tf, start, this.seeded.seed, `${this.name}/${weight}`, fansOf([size], 1, 1))
    }

    call(inputs: Tensor | Tensor[], { training = false }: { training?: boolean } = {}): Tensor {
      return tf.tidy(() => {
        const weights = Object.fromEntries(this.weights.map((weight: Layer['weights'][number]) => [nameOf(weight), weight.read()]))
        const given = [inputs].flat() as [Tensor, ...Tensor[]]
        return call({ tf, spec: this.spec as never, inputs: given, weights, training, draws: this.seeded?.draws ?? unseeded })
      })
    }

    computeOutputShape(shapes: Shapes | Shapes[]): Shapes {
      return [null, ...inferShape(this.spec, withoutBatch(shapes))]
    }

    getConfig(): object {
      return { ...super.getConfig(), ...Object.fromEntries((keys as readonly string[]).map(key => [key, this.spec[key as never]])) }
    }
  } as unknown as OwnLayerClass
}

const nameOf = ({ originalName }: Layer['weights'][number]) => originalName.slice(originalName.lastIndexOf('/') + 1)

function withoutBatch(shapes: Shapes | Shapes[]): Shape[] {
  const all = (Array.isArray(shapes[0]) ? shapes : [shapes]) as Shapes[]
  return all.map(shape => shape.slice(1) as number[])
}
