/** The layers that tfjs does not have, by their name in saved models, and those of its own that compute otherwise here. */
import type { Tf } from '../../tf-types.js'
import { attention, linearAttention, token, tokens } from './attention.js'
import { channelConv, channelPool, groupNorm, hardSigmoid, hardSwish, layerScale, padChannels, scaleBy } from './channels.js'
import { createConvolutions, registered } from './convolutions.js'
import { stockDraws } from './draws.js'
import { type OwnLayer, type OwnLayerClass, toLayerClass } from './own-layer.js'
import { adaptivePool, crop, depthToSpace, resize, zeroPadding } from './positions.js'
import { dropPath, gaussian } from './random.js'

const rows = {
  groupNorm,
  hardSigmoid,
  hardSwish,
  layerScale,
  scaleBy,
  channelPool,
  channelConv,
  padChannels,
  adaptivePool,
  resize,
  zeroPadding,
  crop,
  depthToSpace,
  tokens,
  token,
  attention,
  linearAttention,
  dropPath,
  gaussian,
} as const

export interface OwnClasses {
  readonly layers: Readonly<Record<keyof typeof rows, OwnLayerClass>>
  readonly convolutions: Readonly<ReturnType<typeof createConvolutions>>
}

const known = new WeakMap<Tf, OwnClasses>()

/** The classes for this TensorFlow.js, which knows them from then on. */
export function ownClasses(tf: Tf): OwnClasses {
  const before = known.get(tf)
  if (before) return before
  const draws = stockDraws(tf)
  const layers = Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, toLayerClass(tf, row as unknown as OwnLayer, draws)]))
  const classes = { layers, convolutions: createConvolutions(tf) } as OwnClasses
  known.set(tf, classes)
  for (const each of [...Object.values(classes.layers), ...registered.map(name => classes.convolutions[name])]) {
    tf.serialization.registerClass(each as never)
  }
  return classes
}

/**
 * Registers the layers that TensorFlow.js lacks (grouped convolutions, group normalisation, attention and others), so that its own
 * `tf.loadLayersModel` reads every saved model of the zoo. Without it, tfjs refuses such a model by the layer's name.
 *
 * @example
 * import tf from 'millrace/tf'
 * registerLayers(tf)
 * const model = await tf.loadLayersModel('file://models/resnext/model.json')
 */
export function registerLayers(tf: Tf): void {
  ownClasses(tf)
}
