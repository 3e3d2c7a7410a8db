/** Layers of the project's own classes. */
import { deriveSeed } from '../../../util/seeds.js'
import type { LayerType, SpecOf } from '../../plan/layer-spec.js'
import type { Layer } from '../../tf-types.js'
import { statelessDraws } from '../own/draws.js'
import type { OwnClasses } from '../own/own-layers.js'
import type { LayerContext, Makers } from './make.js'

type Names =
  | 'groupNorm'
  | 'layerScale'
  | 'scaleBy'
  | 'channelPool'
  | 'channelConv'
  | 'padChannels'
  | 'depthToSpace'
  | 'tokens'
  | 'token'
  | 'attention'
  | 'linearAttention'
  | 'dropPath'
  | 'gaussian'

/** A layer of a class of ours. Its draws are functions of the seed, the path and the clock. */
export function makeOwn<T extends LayerType>(
  className: keyof OwnClasses['layers'],
  { type: _, ...spec }: SpecOf<T>,
  name: string,
  { tf, own, seed, clock }: LayerContext,
): Layer {
  const draws = statelessDraws(tf, deriveSeed(seed, name, 'draws'), clock)
  return new own.layers[className]({ ...spec, name }, { seed, draws })
}

const names: readonly Names[] = [
  'groupNorm',
  'layerScale',
  'scaleBy',
  'channelPool',
  'channelConv',
  'padChannels',
  'depthToSpace',
  'tokens',
  'token',
  'attention',
  'linearAttention',
  'dropPath',
  'gaussian',
]

export const ownMakers = Object.fromEntries(
  names.map(own => [own, (spec: never, name: string, context: LayerContext) => makeOwn(own, spec, name, context)]),
) as unknown as Makers<Names>
