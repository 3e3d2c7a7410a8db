/** Augments batches of photographs in 0, 1 and 2 threads in turn: `parallel.ts {"rounds", "batches", "items", "workers"}`; prints one line of JSON. */
import { createHash } from 'node:crypto'
import { cpuUsage } from 'node:process'
import { closeWorkers, Dataset, ImagesBatch, NdArray, P, R } from '../../src/index.js'
import { median } from '../support/median.js'
import { randomArray } from '../support/random.js'

const { rounds, batches, items, workers } = JSON.parse(process.argv[2]!) as {
  rounds: number
  batches: number
  items: number
  workers: readonly number[]
}

const noise = randomArray([items, 224, 224, 3])
const images = new NdArray(
  Uint8Array.from(noise.data, value => value * 256),
  noise.shape,
)
const dataset = new Dataset(items, ImagesBatch, { preloaded: { images } })

/** Turned, bent and made smaller, each image in its own way. */
const pipelineOf = (workers: number) => {
  const parallel = { workers }
  return dataset.p
    .named(`workers${workers}`)
    .rotate({ angle: P(R('uniform', -15, 15)), resample: 'bilinear', parallel })
    .elasticTransform({ alpha: 20, sigma: 4, parallel })
    .resize({ size: [160, 160], parallel })
}

/** Milliseconds of each batch; a hash of the last one, which must not depend on threads. */
async function walk(workers: number, count: number) {
  const times: number[] = []
  let hash = ''
  let before = performance.now()
  for await (const batch of pipelineOf(workers).genBatch(items, { iterations: count, seed: 3 })) {
    times.push(performance.now() - before)
    hash = createHash('sha256').update(batch.images.data).digest('hex')
    before = performance.now()
  }
  return { times, hash }
}

const times = new Map<number, number[]>(workers.map(count => [count, []]))
const busy: number[] = []
const hashes = new Set<string>()
for (const count of workers) await walk(count, 2)
for (let round = 0; round < rounds; round++) {
  for (const count of workers) {
    const [cpu, start] = [cpuUsage(), performance.now()]
    const { times: found, hash } = await walk(count, batches)
    times.get(count)!.push(median(found))
    hashes.add(hash)
    const { user, system } = cpuUsage(cpu)
    if (count === Math.max(...workers)) busy.push((user + system) / 1000 / (performance.now() - start))
  }
}
await closeWorkers()
console.log(JSON.stringify({ rounds: Object.fromEntries(times), coresUsed: median(busy), same: hashes.size === 1 }))
