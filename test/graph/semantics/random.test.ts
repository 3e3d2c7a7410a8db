/** Random draws of compiled functions: a function of the seed, the place and the step, with the distribution that tfjs gives them. */

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { compile, compileModel } from '../../../src/graph.js'
import { type Tensor, tf, warningsOf } from './support.js'

type Draw = (x: Tensor) => Tensor
const layer =
  (made: { apply(x: Tensor, options: object): unknown }): Draw =>
  x =>
    made.apply(x, { training: true }) as Tensor
const recurrent = { units: 500, kernelInitializer: 'ones', recurrentInitializer: 'zeros', useBias: false, activation: 'linear' } as const
const overSteps =
  (made: { apply(x: Tensor, options: object): unknown }): Draw =>
  x =>
    tf.tidy(() => layer(made)(tf.reshape(x, [20, 1, 500])))

/** What each makes of 20 × 500 ones: mean, variance and the share of zeros. */
const draws: Readonly<Record<string, readonly [Draw, mean: number, variance: number, zeros: number]>> = {
  'tf.dropout': [x => tf.dropout(x, 0.3), 1, 3 / 7, 0.3],
  'tf.dropout of whole rows': [x => tf.dropout(x, 0.5, [20, 1]), 1, 1, 0.5],
  'tf.randomUniform': [x => tf.mul(x, tf.randomUniform(x.shape, -1, 3)), 1, 16 / 12, 0],
  'tf.randomNormal': [x => tf.mul(x, tf.randomNormal(x.shape, 2, 3)), 2, 9, 0],
  'tf.truncatedNormal': [x => tf.mul(x, tf.truncatedNormal(x.shape, 1, 1)), 1, 0.774, 0],
  'tf.randomStandardNormal': [x => tf.mul(x, tf.randomStandardNormal(x.shape)), 0, 1, 0],
  dropout: [layer(tf.layers.dropout({ rate: 0.4 })), 1, 2 / 3, 0.4],
  'dropout of whole columns': [layer(tf.layers.dropout({ rate: 0.4, noiseShape: [1, 500] })), 1, 2 / 3, 0.4],
  'Gaussian noise': [layer(tf.layers.gaussianNoise({ stddev: 0.5 })), 1, 0.25, 0],
  'Gaussian dropout': [layer(tf.layers.gaussianDropout({ rate: 0.2 })), 1, 0.25, 0],
  'spatial dropout': [x => tf.reshape(layer(tf.layers.spatialDropout1d({ rate: 0.5 }))(tf.reshape(x, [20, 5, 100])), [20, 500]), 1, 1, 0.5],
  'dropout of a recurrent layer’s inputs': [overSteps(tf.layers.simpleRNN({ ...recurrent, dropout: 0.5 })), 500, 500, 0],
}

/** Large enough that the distribution shows, small enough to be quick. */
const ones = tf.ones([20, 500])

function summary(tensor: Tensor) {
  const values = Array.from(tensor.dataSync())
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { values, mean, variance, zeros: values.filter(value => value === 0).length / values.length }
}

const sameNumbers = (a: readonly number[], b: readonly number[]) => a.every((value, i) => value === b[i])

describe('random draws of compiled functions', () => {
  for (const [name, [draw, mean, variance, zeros]] of Object.entries(draws)) {
    it(`${name}: the distribution is right, and draws differ from step to step and seed to seed`, async () => {
      const [a, b, other] = [1, 1, 2].map(seed => compile((x: Tensor) => draw(x), { seed, name: `${name} ${seed}` }))
      const warnings = await warningsOf(() => {
        const [first, second, same, different] = [a!(ones), a!(ones), b!(ones), other!(ones)].map(summary)
        const isColumns = name.includes('whole') || name.includes('spatial') || name.includes('recurrent')
        const slack = isColumns ? 0.35 : 0.05
        for (const each of isColumns ? [first!] : [first!, second!, different!]) {
          expect(each.mean).to.be.closeTo(mean, slack * Math.max(1, Math.abs(mean)))
          expect(each.variance).to.be.closeTo(variance, 2 * slack * Math.max(1, variance))
          expect(each.zeros).to.be.closeTo(zeros, slack)
        }
        expect(sameNumbers(first!.values, same!.values)).to.equal(true)
        expect(sameNumbers(first!.values, second!.values)).to.equal(false)
        expect(sameNumbers(first!.values, different!.values)).to.equal(false)
      })
      expect(warnings).to.deep.equal([])
    })
  }

  const typed: Readonly<Record<string, () => Tensor>> = {
    'randomUniform(0, 2, bool)': () => tf.randomUniform([4000], 0, 2, 'bool'),
    'randomUniform(0, 1, bool)': () => tf.randomUniform([4000], 0, 1, 'bool'),
    'randomUniform(-1, 1, bool)': () => tf.randomUniform([4000], -1, 1, 'bool'),
    'randomUniform(-5, 5, int32)': () => tf.randomUniform([4000], -5, 5, 'int32'),
    'randomUniform(0, 3, int32)': () => tf.randomUniform([4000], 0, 3, 'int32'),
    'randomNormal(5, 2, int32)': () => tf.randomNormal([4000], 5, 2, 'int32'),
    'randomNormal(-3, 1, int32)': () => tf.randomNormal([4000], -3, 1, 'int32'),
    'randomStandardNormal(int32)': () => (tf as any).randomStandardNormal([4000], 'int32'),
    'truncatedNormal(5, 2, int32)': () => tf.truncatedNormal([4000], 5, 2, 'int32'),
    'randomNormal with the seed 0': () => tf.randomNormal([4000], 5, 2, 'float32', 0),
    'randomUniform with a seed': () => tf.randomUniform([4000], 0, 2, 'bool', 5),
  }
  for (const [name, draw] of Object.entries(typed)) {
    it(`${name}: type, mean and range are those of tfjs`, async () => {
      const step = compile(() => tf.tidy(draw), { name })
      const warnings = await warningsOf(() => {
        for (let i = 0; i < 3; i++) {
          const [wanted, got] = [draw(), step()]
          expect(got.dtype).to.equal(wanted.dtype)
          const [a, b] = [summary(tf.cast(wanted, 'float32')), summary(tf.cast(got, 'float32'))]
          const slack = 0.1 * Math.sqrt(Math.max(a.variance, 0.01)) + 0.001
          expect(b.mean).to.be.closeTo(a.mean, slack)
          expect(b.variance).to.be.closeTo(a.variance, 0.15 * a.variance + 0.001)
        }
      })
      expect(warnings).to.deep.equal([])
    })
  }

  it('types that tfjs refuses are refused', () => {
    expect(() => compile(() => tf.randomNormal([2], 0, 1, 'bool' as never))()).to.throw('Unsupported data type bool')
  })

  it('two draws in one step are two', () => {
    const step = compile(() => [tf.randomUniform([100]), tf.randomUniform([100])] as const)
    const [a, b] = step()
    expect(sameNumbers(summary(a).values, summary(b).values)).to.equal(false)
  })

  it('a draw with a seed of its own is the same at each step, as in tfjs', () => {
    const draw = () => [
      tf.randomNormal([5], 0, 1, 'float32', 7),
      tf.randomUniform([5], 0, 1, 'float32', 7),
      tf.dropout(tf.ones([9]), 0.5, undefined, 7),
    ]
    const step = compile(draw)
    const [wanted, ...got] = [draw(), step(), step()].map(tensors => tensors.map(tensor => Array.from(tensor.dataSync())))
    for (const each of got) expect(each).to.deep.equal(wanted)
  })

  it('inference draws nothing', () => {
    const made = tf.layers.dropout({ rate: 0.5 })
    const step = compile((x: Tensor) => made.apply(x, { training: false }) as Tensor)
    expect(summary(step(ones))).to.include({ mean: 1, variance: 0 })
  })

  it('dispose does not begin the draws again', () => {
    const step = compile(() => tf.randomUniform([10]))
    const first = summary(step()).values
    step.dispose()
    expect(sameNumbers(first, summary(step()).values)).to.equal(false)
  })

  for (const [name, make] of Object.entries({
    dropout: () => [tf.layers.dropout({ rate: 0.5, inputShape: [4] })],
    'noise and alpha dropout': () => [tf.layers.gaussianNoise({ stddev: 1, inputShape: [4] }), tf.layers.alphaDropout({ rate: 0.2 })],
    'a recurrent layer with dropout of inputs and of states': () => [
      tf.layers.reshape({ targetShape: [2, 2], inputShape: [4] }),
      tf.layers.lstm({ units: 3, dropout: 0.5, recurrentDropout: 0.5, kernelInitializer: 'ones', recurrentInitializer: 'ones' }),
    ],
  })) {
    it(`compileModel with ${name}: the seed says what is drawn`, async () => {
      const train = async (seed: number) => {
        const model = compileModel(
          tf.sequential({ layers: [...make(), tf.layers.dense({ units: 1, kernelInitializer: 'ones' })] as never }),
          { seed },
        )
        model.compile({ loss: 'meanSquaredError', optimizer: tf.train.sgd(0) })
        const losses: number[] = []
        const [x, y] = [tf.ones([8, 4]), tf.zeros([8, 1])]
        for (let i = 0; i < 3; i++) losses.push((await model.trainOnBatch(x, y)) as number)
        return losses
      }
      const warnings = await warningsOf(async () => {
        const [a, same, other] = [await train(1), await train(1), await train(2)]
        expect(same).to.deep.equal(a)
        expect(other).not.to.deep.equal(a)
        expect(new Set(a).size).to.equal(3)
      })
      expect(warnings).to.deep.equal([])
    })
  }

  it('two processes with the same seed train the same weights to the bit, another seed others', async () => {
    const script = fileURLToPath(new URL('./train-with-dropout.ts', import.meta.url))
    const run = async (...seeds: number[]) =>
      (await promisify(execFile)(process.execPath, ['--import', 'tsx', script, ...seeds.map(String)])).stdout.trim().split('\n')
    const [[a, other], [same]] = await Promise.all([run(1, 2), run(1)])
    expect(a).to.match(/^[0-9a-f]{64} [0-9a-f]{64}$/)
    expect(same).to.equal(a)
    expect(other).not.to.equal(a)
  })
})
