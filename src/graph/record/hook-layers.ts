/** While tracing, layers report their names, and batch normalisation runs by its fused kernels. */
import type { Tensor } from '../backend.js'
import { normalizeInTraining } from '../fused-batch-norm.js'
import { isTensor } from '../tree.js'
import { isPartOfLayer, undoNumbers } from './guards/watch-fields.js'
import { type Restore, replaceMethods } from './hooks.js'
import type { Recorder } from './recorder.js'

interface Cell {
  readonly cells?: readonly Cell[]
  readonly dropoutMask?: Tensor | Tensor[] | null
  readonly recurrentDropoutMask?: Tensor | Tensor[] | null
}
interface Layer {
  readonly name: string
  readonly stateful: boolean
  /** A recurrent layer's. */
  readonly cell?: Cell
  apply(...args: unknown[]): unknown
}
interface LayerVariable {
  read(): Tensor
  write(value: Tensor): void
}
interface BatchNormalization {
  readonly axis: number
  readonly scale: boolean
  readonly center: boolean
  readonly epsilon: number
  readonly momentum: number
  readonly gamma: LayerVariable
  readonly beta: LayerVariable
  readonly movingMean: LayerVariable
  readonly movingVariance: LayerVariable
  call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor
}

export function hookLayers(recorder: Recorder): Restore[] {
  const { tf } = recorder
  const Base = (tf as unknown as { layers: { Layer: { prototype: Layer } } }).layers.Layer
  const { apply } = Base.prototype
  const norm = Object.getPrototypeOf(tf.layers.batchNormalization({})) as BatchNormalization
  const { call } = norm
  return [
    replaceMethods(Base.prototype, {
      apply(this: Layer, ...args: unknown[]) {
        recorder.layers.push(this.name)
        try {
          see(recorder, this)
          if (this.stateful) recorder.refuseOrGoOn('stateful', 'it keeps its state in JavaScript')
          return apply.apply(this, args)
        } finally {
          recorder.layers.pop()
        }
      },
    }),
    replaceMethods(norm, {
      call(this: BatchNormalization, inputs, kwargs) {
        const [x] = [inputs].flat() as [Tensor]
        const isLast = this.axis === -1 || this.axis === x.rank - 1
        const isFused = kwargs.training && isLast && x.dtype === 'float32'
        return isFused ? tf.tidy(() => fusedCall(recorder, this, x)) : call.call(this, inputs, kwargs)
      },
    }),
  ]
}

/** Remembers a layer's fields as they are before its first call, and the masks of its cells, which tfjs makes anew in each call. */
function see(recorder: Recorder, layer: Layer): void {
  if (!recorder.seenLayers.has(layer)) recorder.seenLayers.set(layer, { ...layer })
  for (const mask of masksOf(layer)) recorder.masks.add(mask)
}

/** Dropout masks that recurrent layers keep until their next call. */
export function masksOf({ cell }: Layer): Tensor[] {
  const cells = cell === undefined ? [] : [cell, ...(cell.cells ?? [])]
  return cells.flatMap(({ dropoutMask, recurrentDropoutMask }) => [dropoutMask ?? [], recurrentDropoutMask ?? []].flat(2))
}

function fusedCall({ tf }: Recorder, layer: BatchNormalization, x: Tensor): Tensor {
  const channels = [x.shape.at(-1)!] as [number]
  const gamma = layer.scale ? layer.gamma.read() : tf.ones(channels)
  const beta = layer.center ? layer.beta.read() : tf.zeros(channels)
  return normalizeInTraining(tf, x, gamma as never, beta as never, layer.epsilon, (mean, variance) => {
    for (const [average, value] of [[layer.movingMean, mean] as const, [layer.movingVariance, variance] as const]) {
      const old = average.read()
      average.write(tf.sub(old, tf.mul(tf.sub(old, value), 1 - layer.momentum)))
    }
  })
}

/** Fields in which layers keep tensors that stand for values hold what they held before. */
export function restoreLayers(recorder: Recorder): void {
  for (const [layer, before] of recorder.seenLayers) {
    for (const [name, value] of Object.entries(layer)) {
      const isRecorded = [value].flat().some(part => isTensor(part) && recorder.isRecorded(part.dataId))
      if (isRecorded) (layer as Record<string, unknown>)[name] = before[name]
    }
  }
}

/** Numbers, strings and booleans in fields of layers are what they were before. */
export function restoreNumbers({ seenLayers }: Recorder): void {
  for (const [layer, before] of seenLayers) if (isPartOfLayer(layer)) undoNumbers(layer, before)
}
