/** Batches of MNIST through a pipeline, shuffled and scaled to float32, in a process of its own: `pipeline.ts {"sizes", "seconds"}`; prints one line of JSON. */
import { mnist } from '../../src/opensets.js'
import { median } from '../support/median.js'

const { sizes, seconds } = JSON.parse(process.argv[2]!) as { sizes: readonly number[]; seconds: number }
const { train } = await mnist()
const pipeline = train.p.normalize({ scale: 255 })
const middle = 14 * 28 + 14

/** Seconds, batches and the sum of all images' middle pixels: a number that only the whole work gives. */
async function walk(size: number, limits: { readonly epochs?: number; readonly iterations?: number }) {
  let [batches, pixels] = [0, 0]
  const start = performance.now()
  for await (const { images } of pipeline.genBatch(size, { shuffle: 7, ...limits })) {
    if (images.dtype !== 'float32') throw new TypeError(`the images are ${images.dtype}`)
    const { data, itemSize } = images
    for (let pixel = middle; pixel < data.length; pixel += itemSize) pixels += data[pixel]!
    batches++
  }
  return { seconds: (performance.now() - start) / 1000, batches, pixels }
}

const measured: Record<string, { per_second: number; batches: number; pixels: number }> = {}
for (const size of sizes) {
  await walk(size, { iterations: 200 })
  const epochs = [await walk(size, { epochs: 1 })]
  while (epochs.reduce((sum, epoch) => sum + epoch.seconds, 0) < seconds) epochs.push(await walk(size, { epochs: 1 }))
  const { batches, pixels } = epochs[0]!
  measured[size] = { per_second: median(epochs.map(epoch => epoch.batches / epoch.seconds)), batches, pixels }
}
console.log(JSON.stringify({ sizes: measured }))
