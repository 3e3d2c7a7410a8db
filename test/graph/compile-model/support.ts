/** Models that are trained twice, by their own methods and compiled: numbers, counts of tensors and logs must be the same. */
import { expect } from 'chai'
import { compileModel } from '../../../src/graph.js'
import { expectClose, numbersOf, type Tensor, tf, variables, warningsOf } from '../semantics/support.js'

export type LayersModel = import('@tensorflow/tfjs-node-gpu').LayersModel
export type Layer = import('@tensorflow/tfjs-node-gpu').layers.Layer
/** Compiles a model, or leaves it as it is. */
export type Wrap = <M extends LayersModel>(model: M) => M
export type ModelScenario = (wrap: Wrap) => unknown

/** A test for each scenario: the compiled model gives what the plain one gives, keeps as many tensors, and warns of nothing. */
export function itTrainsAsEager(scenarios: Readonly<Record<string, ModelScenario>>): void {
  for (const [name, scenario] of Object.entries(scenarios)) {
    it(name, async () => {
      const wanted = await play(scenario, model => model)
      let got: unknown
      const warnings = await warningsOf(async () => {
        got = await play(scenario, model => compileModel(model))
      })
      expectClose(got, wanted, 2e-5)
      expect(warnings).to.deep.equal([])
    })
  }
}

async function play(scenario: ModelScenario, wrap: Wrap): Promise<unknown> {
  const known = new Set(Object.values(variables()))
  const before = counts()
  try {
    const result = await scenario(wrap)
    const after = counts()
    return { result: numbersOf(result), kept: after.map((count, i) => count - before[i]!) }
  } finally {
    for (const variable of Object.values(variables())) if (!known.has(variable)) variable.dispose()
  }
}

const counts = () => {
  const { numTensors, numBytes, numDataBuffers } = tf.memory()
  return [numTensors, numBytes, numDataBuffers]
}

/** 10 items of 4 numbers, some of them 0. */
export const x = tf.tensor2d(Array.from({ length: 10 }, (_, i) => [Math.sin(i), i < 3 ? 0 : 1, Math.cos(i), 0.5]))
export const y = tf.tensor2d(Array.from({ length: 10 }, (_, i) => [Math.sin(i * 2)]))
export const classes = tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1, 2, 0], 'int32'), 3)

/** A dense layer whose weights are the same each time. */
export const dense = (units: number, seed: number, more: object = {}) =>
  tf.layers.dense({ units, kernelInitializer: tf.initializers.glorotNormal({ seed }), ...more })

/** A sequential model with a last layer of one number, ready to be trained. */
export function net(wrap: Wrap, layers: readonly Layer[] = [dense(3, 1, { inputShape: [4], activation: 'tanh' })], more: object = {}) {
  const model = wrap(tf.sequential({ layers: [...layers, dense(1, 9)] }))
  model.compile({ loss: 'meanSquaredError', optimizer: tf.train.sgd(0.1), ...more })
  return model
}

export const options = { epochs: 2, batchSize: 4, shuffle: false, verbose: 0 } as const

/** Losses of a fit. */
export async function losses(model: LayersModel, more: object = {}): Promise<unknown> {
  const { history } = await model.fit(x, y, { ...options, ...more })
  return history
}

/** A result whose tensors are disposed once they are read. */
export function readOnce(result: Tensor | readonly Tensor[]): unknown {
  const numbers = numbersOf(result)
  tf.dispose(result as Tensor[])
  return numbers
}

/** That something is within a part of a number. */
export function expectNear(got: number, wanted: number, part: number): void {
  expect(got).to.be.closeTo(wanted, Math.abs(wanted) * part)
}
