import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { loadTensorflow } from '../../../src/graph/tensorflow.js'
import { getLearningRate, optimizerChoice, optimizers, setLearningRate } from '../../../src/models/optimizers.js'
import type { Tf, Variable } from '../../../src/models/tf-types.js'
import { type OptimizerRow, optimizerNames } from '../../../src/models.js'

/** Written by `fixtures/torch_training.py`. */
const { adamW } = JSON.parse(readFileSync(new URL('../fixtures/torch_training.json', import.meta.url), 'utf8'))

describe('optimizers', () => {
  let tf: Tf
  before(async () => {
    tf = await loadTensorflow()
  })
  const valuesOf = (variables: readonly Variable[]) => variables.flatMap(variable => [...variable.dataSync()])

  it('AdamW makes PyTorch’s updates', () => {
    const { lr, betas, eps, weight_decay } = adamW.options
    const optimizer = optimizers.AdamW.create(tf, {
      learningRate: lr,
      beta1: betas[0],
      beta2: betas[1],
      epsilon: eps,
      weightDecay: weight_decay,
    })
    const variables: Variable[] = adamW.starts.map((start: number[]) => tf.variable(tf.tensor(start)))
    for (const [step, gradients] of adamW.gradients.entries()) {
      tf.tidy(() =>
        optimizer.applyGradients(Object.fromEntries(variables.map(({ name }, i) => [name, tf.tensor(gradients[i]) as Variable]))),
      )
      const wanted = adamW.after[step].flat(2)
      for (const [i, value] of valuesOf(variables).entries()) expect(value).to.be.closeTo(wanted[i], 1e-6)
    }
    expect(optimizer.getConfig()).to.include({ weightDecay: 0.3 })
    optimizer.dispose()
    tf.dispose(variables)
  })

  it('AdamW leaves a variable without a gradient as it is', () => {
    const optimizer = optimizers.AdamW.create(tf, { ...optimizers.AdamW.options, weightDecay: 0.5 })
    const variables = [tf.variable(tf.ones([2])), tf.variable(tf.ones([2]))]
    tf.tidy(() =>
      optimizer.applyGradients([
        { name: variables[0]!.name, tensor: null as never },
        { name: variables[1]!.name, tensor: tf.zeros([2]) },
      ]),
    )
    expect(valuesOf(variables).slice(0, 2)).to.deep.equal([1, 1])
    expect(valuesOf(variables)[2]).to.be.closeTo(1 - 0.5e-3, 1e-7)
    optimizer.dispose()
    tf.dispose(variables)
  })

  it('AdamW is known by its BatchFlow spellings', () => {
    const choice = optimizerChoice.fill(['adamw', { weight_decay: 0.1 }])
    expect(choice).to.deep.equal({ name: 'AdamW', ...optimizers.AdamW.options, weightDecay: 0.1 })
  })

  // tfjs computes both averages of Adadelta's step from before the step: they stay equal, and the step is that of gradient descent.
  const idle = ['rho', 'epsilon']
  for (const name of optimizerNames) {
    it(`each option of ${name} changes its updates`, () => {
      const { options, create } = optimizers[name] as OptimizerRow
      const updated = (changed: object) => {
        const optimizer = create(tf, { ...options, momentum: 0.5, ...changed })
        const variable = tf.variable(tf.tensor1d([1e-6, 2e-6]))
        for (const gradient of [0.5, -0.25, 2]) {
          tf.tidy(() => optimizer.applyGradients({ [variable.name]: tf.tensor1d([gradient, gradient / 2]) as Variable }))
        }
        const values = valuesOf([variable])
        optimizer.dispose()
        variable.dispose()
        return values
      }
      for (const [option, value] of Object.entries(options)) {
        const other = typeof value === 'boolean' ? !value : value / 2 + 0.2
        const isIdle = name === 'Adadelta' && idle.includes(option)
        expect(JSON.stringify(updated({ [option]: other })) === JSON.stringify(updated({})), option).to.equal(isIdle)
      }
    })

    it(`a rate that is set holds for the next update of ${name}, as if it had been made with it`, () => {
      const update = (made: number, set: number) => {
        const { options, create } = optimizers[name] as { options: object; create: (tf: Tf, options: object) => any }
        const optimizer = create(tf, { ...options, learningRate: made })
        setLearningRate(optimizer, set)
        expect(getLearningRate(optimizer)).to.equal(set)
        const variable = tf.variable(tf.tensor1d([1, 2]))
        for (let i = 0; i < 2; i++) tf.tidy(() => optimizer.applyGradients({ [variable.name]: tf.tensor1d([0.5, -0.25]) }))
        const values = valuesOf([variable])
        optimizer.dispose()
        variable.dispose()
        return values
      }
      expect(update(0.5, 0.01)).to.deep.equal(update(0.01, 0.01))
      expect(update(0.01, 0.01)).not.to.deep.equal(update(0.02, 0.02))
    })
  }
})
