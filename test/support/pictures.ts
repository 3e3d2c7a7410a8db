/** A dataset of small images with names for ids, over ImagesBatch. */
import { Dataset } from '../../src/dataset/dataset.js'
import { ImagesBatch } from '../../src/dataset/images/images-batch.js'
import { NdArray } from '../../src/util/nd-array.js'

export function pictures(count = 12, sides: readonly [number, number] = [6, 5], classes = 3) {
  const size = count * sides[0] * sides[1]
  const images = new NdArray(
    Uint8Array.from({ length: size }, (_, i) => (i * 37) % 256),
    [count, ...sides, 1],
  )
  const ids = Array.from({ length: count }, (_, i) => `picture-${i}`)
  return new Dataset(ids, ImagesBatch, { name: 'pictures', preloaded: { images, labels: ids.map((_, i) => i % classes) } })
}
