/**
 * A smoke test of TensorFlow: loads tfjs-node, trains a line through four points, prints one JSON object. Run in a
 * process of its own. An optional argument names a module that exports `loadTensorflow`; default: load tfjs-node directly.
 */
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../places.mjs'

const start = performance.now()
const tf = process.argv[2] ? await (await import(pathToFileURL(resolve(process.argv[2])).href)).loadTensorflow() : loadBare()
const loadMs = Math.round(performance.now() - start)

const x = tf.tensor2d([[0], [1], [2], [3]])
const y = tf.tensor2d([[1], [3], [5], [7]])
const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] })
model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' })
const { history } = await model.fit(x, y, { epochs: 100, verbose: 0 })
const loss = history.loss.at(-1)
if (!(loss < 0.05)) throw new Error(`the loss after training is ${loss}`)
const { values } = tf.topk(tf.tensor1d([1, 3, 2]), 2)
if (String(values.arraySync()) !== '3,2') throw new Error(`topk returns ${values.arraySync()}`)
console.log(
  JSON.stringify({ backend: tf.getBackend(), node: process.versions.node, loadMs, loss, gpu: tf.backend().isUsingGpuDevice === true }),
)

function loadBare() {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  const require = createRequire(`${root}/package.json`)
  const util = require('node:util')
  // tfjs-node calls two functions that newer versions of Node.js have removed.
  util.isNullOrUndefined = (/** @type {unknown} */ value) => value === null || value === undefined
  util.isArray = Array.isArray
  return require('@tensorflow/tfjs-node-gpu')
}
