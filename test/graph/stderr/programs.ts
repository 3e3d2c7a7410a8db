/** Programs that TensorFlow comments on stderr if they are emitted carelessly. Run with `main` here, with `worker` in a thread, then their names. */
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import { compile, compileModel, loadTensorflow } from '../../../src/graph.js'
import { ResNet } from '../../../src/models.js'
import { batch, tiny } from '../../models/small.js'

type Tf = Awaited<ReturnType<typeof loadTensorflow>>

async function trainWith(tf: Tf, layers: Parameters<Tf['sequential']>[0], x: any, y: any): Promise<void> {
  for (const change of [compileModel, <M>(model: M) => model]) {
    const model = change(tf.sequential(layers))
    model.compile({ loss: 'meanSquaredError', optimizer: 'adam' })
    await model.trainOnBatch(x, y)
    model.predict(x)
  }
}

export const programs: Readonly<Record<string, (tf: Tf) => unknown>> = {
  'convolutions with leaky rectified units': async tf => {
    const { conv2d, leakyReLU, flatten, dense } = tf.layers
    for (const strides of [1, 2]) {
      const conv = conv2d({ filters: 3, kernelSize: 3, strides, padding: 'same', inputShape: [8, 8, 1] })
      const layers = [conv, leakyReLU({ alpha: 0.2 }), conv2d({ filters: 3, kernelSize: 3 }), leakyReLU(), flatten(), dense({ units: 1 })]
      await trainWith(tf, { layers }, tf.ones([4, 8, 8, 1]), tf.ones([4, 1]))
    }
    const w = tf.variable(tf.ones([3, 3, 1, 3]) as any)
    compile((x: any) => {
      const y = tf.add(tf.conv2d(x, w as any, 1, 'same'), tf.ones([3]))
      return [tf.leakyRelu(y, 0.2), tf.leakyRelu(y, -0.2), tf.mul(y, 2)]
    })(tf.ones([2, 8, 8, 1]))
  },
  'recurrent layers in both directions over a mask': async tf => {
    const { embedding, bidirectional, lstm, gru, dense } = tf.layers
    const words = embedding({ inputDim: 9, outputDim: 3, maskZero: true, inputLength: 4 })
    const first = bidirectional({ layer: lstm({ units: 2, returnSequences: true }) as any, mergeMode: 'concat' })
    const layers = [words, first, bidirectional({ layer: gru({ units: 2 }) as any, mergeMode: 'sum' }), dense({ units: 1 })]
    const x = tf.tensor2d([
      [1, 2, 0, 0],
      [3, 4, 5, 0],
    ])
    await trainWith(tf, { layers }, x, tf.ones([2, 1]))
  },
  'transposed integers, booleans and masks': tf => {
    const x = tf.tensor2d([
      [1, 0, Number.NaN],
      [-1, 2, 0],
    ])
    const t = (y: any) => tf.transpose(y)
    const positive = (y: any) => tf.greater(y, 0)
    const fn = (y: any) => [
      t(tf.cast(y, 'int32')),
      t(positive(y)),
      t(tf.cast(positive(y), 'float32')),
      tf.isNaN(t(y)),
      t(tf.isFinite(y)),
      tf.isFinite(tf.reverse(t(y), 0)),
      tf.cast(t(y), 'bool'),
      tf.transpose(tf.oneHot(tf.cast(tf.abs(tf.zerosLike(y)), 'int32') as any, 3), [2, 0, 1]),
    ]
    fn(x)
    compile(fn)(x)
  },
  'a network of the zoo': async () => {
    for (const engine of ['graph', 'eager']) {
      const net = await ResNet.build({ ...tiny, engine }, { name: 'net', seed: 1 })
      await net.train(batch(6, 1))
      await net.predict(batch(5, 1))
    }
  },
}

/** Loads this file in a thread, which needs the loader of TypeScript for itself. */
const inThread = `
  const { workerData } = require('node:worker_threads')
  import('tsx/esm/api').then(({ register }) => (register(), import(workerData.url)))
`

const [, file, where, ...names] = process.argv
const asked = isMainThread ? (file?.endsWith('stderr/programs.ts') ? names : []) : ((workerData?.names as string[] | undefined) ?? [])
if (isMainThread && where === 'worker') new Worker(inThread, { eval: true, workerData: { names: asked, url: import.meta.url } })
else for (const name of asked) await programs[name]!(await loadTensorflow())
