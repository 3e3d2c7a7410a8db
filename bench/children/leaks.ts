/** Trains a small network for long, then builds it again and again: `leaks.ts {"engine", "steps", "rebuilds"}`; prints one line of JSON. */
import { ResNet } from '../../src/models.js'
import tf from '../../src/tf.js'
import { engineVersion } from '../support/machine.js'
import { randomArray, randomLabels } from '../support/random.js'

const { engine, steps, rebuilds } = JSON.parse(process.argv[2]!) as { engine: string; steps: number; rebuilds: number }

const config = {
  inputs: { images: { shape: [8, 8, 1] }, labels: { classes: 3, transform: 'ohe', dtype: 'int32', name: 'targets' } },
  'initial_block/inputs': 'images',
  'initial_block/filters': 4,
  'initial_block/kernel_size': 3,
  'body/num_blocks': [1, 1],
  'body/filters': [4, 6],
  'body/block/layout': 'cna cn',
  'body/block/post_activation': 'relu',
  loss: 'ce',
  optimizer: 'Adam',
  engine,
}
const feed = { images: randomArray([8, 8, 8, 1]), labels: randomLabels(8, 3) }
const build = () => ResNet.build(config, { name: 'net', seed: 42 })

interface Sample {
  readonly at: number
  readonly tensors: number
  readonly rssMb: number
}

function sample(at: number): Sample {
  ;(globalThis as { gc?: () => void }).gc?.()
  return { at, tensors: tf.memory().numTensors, rssMb: Math.round(process.memoryUsage().rss / 1e5) / 10 }
}

/** Training steps, each with an evaluation every tenth time. */
async function keepTraining(): Promise<Sample[]> {
  const model = await build()
  const every = Math.max(1, Math.floor(steps / 10))
  const samples: Sample[] = []
  for (let at = 1; at <= steps; at++) {
    await model.train(feed, ['loss'])
    if (at % 10 === 1) await model.predict(feed, ['loss', 'labels'])
    if (at === 1 || at % every === 0) samples.push(sample(at))
  }
  model.dispose()
  return samples
}

async function keepBuilding(): Promise<Sample[]> {
  const every = Math.max(1, Math.floor(rebuilds / 10))
  const samples: Sample[] = []
  for (let at = 1; at <= rebuilds; at++) {
    const model = await build()
    await model.train(feed, ['loss'])
    await model.predict(feed, ['loss', 'labels'])
    model.dispose()
    if (at === 1 || at % every === 0) samples.push(sample(at))
  }
  return samples
}

const [training, building] = [await keepTraining(), await keepBuilding()]
console.log(JSON.stringify({ training, building, version: engineVersion(tf) }))
