/** How the layers of a network are made. */
import type { Shape } from '../../plan/layer-rules.js'
import type { LayerType, SpecOf } from '../../plan/layer-spec.js'
import type { Initializer, Layer, Tf } from '../../tf-types.js'
import { type Fans, seededInitializer } from '../initializers.js'
import type { OwnClasses } from '../own/own-layers.js'
import type { StockLayers } from '../own/stock-layers.js'
import type { Clock } from '../stateless-draws.js'

export interface LayerContext {
  readonly tf: Tf
  readonly stock: StockLayers
  readonly own: OwnClasses
  readonly seed: number
  readonly clock: Clock
}

/** Makes the layer of a spec; shapes are those of its inputs, without the batch axis. */
export type Make<T extends LayerType> = (spec: SpecOf<T>, name: string, context: LayerContext, inputs: readonly Shape[]) => Layer
export type Makers<T extends LayerType> = { readonly [K in T]: Make<K> }

/** The number of axes of positions. */
export const axesOf = ([input]: readonly Shape[]): number => input!.length - 1

/** That of so many makers which is for this many axes. */
export function byAxes<M>(axes: number, ...makers: readonly M[]): M {
  const make = makers[axes - 1]
  if (!make) throw new RangeError(`tfjs has no such layer for ${axes} axes`)
  return make
}

/** A kernel's first values, by the layer's path. */
export function kernelOf(
  { tf, seed }: LayerContext,
  name: string,
  { initializer }: Pick<SpecOf<'conv'>, 'initializer'>,
  fans: Fans,
): Initializer {
  return seededInitializer(tf, initializer, seed, `${name}/kernel`, fans)
}
