import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { loadTensorflow } from '../../../src/graph/tensorflow.js'
import type { Tensor, Tf, Variable } from '../../../src/models/tf-types.js'
import { engineNames, loadModel, ResNet, type TfModel } from '../../../src/models.js'
import { warningsOf } from '../../graph/semantics/support.js'
import { batch, errorOf, vector } from '../small.js'
import { buildTwoLayers, trainSteps, weightsOf } from './two-layers.js'

const tf = await loadTensorflow()

type Gradients = Record<string, Tensor | null>
type Slot = { originalName: string; variable: Variable }

/** Signs of a moving mean of gradients (Lion, Chen and others 2023, without weight decay), with state as tfjs's optimizers keep it. */
class Lion extends tf.Optimizer {
  static readonly className = 'Lion'
  means: Slot[] = []

  constructor(protected learningRate: number) {
    super()
  }

  override applyGradients(given: object): void {
    const gradients = given as Gradients
    for (const [i, [name, gradient]] of Object.entries(gradients).entries()) {
      const variable = tf.engine().registeredVariables[name]!
      this.means[i] ??= { originalName: `${name}/mean`, variable: tf.tidy(() => tf.zerosLike(variable).variable(false)) }
      if (!gradient) continue
      const { variable: mean } = this.means[i]
      tf.tidy(() => {
        const direction = tf.sign(tf.add(tf.mul(mean, 0.9), tf.mul(gradient, 0.1)))
        variable.assign(tf.sub(variable, tf.mul(direction, this.learningRate)))
        mean.assign(tf.add(tf.mul(mean, 0.99), tf.mul(gradient, 0.01)))
      })
    }
    this.incrementIterations()
  }

  override getConfig() {
    return { learningRate: this.learningRate }
  }
}

/** Gradient descent that counts its steps in a map, which nothing can save; or that says itself what is saved. */
class Counting extends tf.SGDOptimizer {
  static override className = 'Counting'
  readonly steps = new Map<string, number>()

  override applyGradients(gradients: never): void {
    this.steps.set('all', (this.steps.get('all') ?? 0) + 1)
    super.applyGradients(gradients)
  }
}

class Saying extends Counting {
  static override className = 'Saying'

  override async getWeights() {
    return [{ name: 'steps', tensor: tf.scalar(this.steps.get('all') ?? 0) }]
  }

  override async setWeights([weight]: { tensor: Tensor }[]) {
    this.steps.set('all', weight!.tensor.dataSync()[0]!)
  }
}

/** Squared errors, of which large ones count less. */
const robust = (targets: Tensor, predictions: Tensor, t: Tf) => t.mean(t.log1p(t.square(t.sub(targets, predictions))))
const squared = (targets: Tensor, predictions: Tensor, t: Tf) => t.losses.meanSquaredError(targets, predictions)

async function resultOf(config: object) {
  const model = await buildTwoLayers(config)
  const losses = await trainSteps(model, 4)
  const weights = weightsOf(model)
  const { compiled } = model
  model.dispose()
  return { losses: losses.flat(), weights: weights.flat(), compiled }
}

const expectClose = (found: readonly number[], wanted: readonly number[]) => {
  for (const [i, value] of wanted.entries()) expect(found[i]).to.be.closeTo(value, 5e-6)
}

describe('functions and objects of a program in a config', () => {
  it('a loss function equals the loss that it writes out', async () => {
    for (const engine of engineNames)
      expect(await resultOf({ loss: squared, engine })).to.deep.equal(await resultOf({ loss: 'mse', engine }))
  })

  const configs: Record<string, object> = {
    'a loss function': { loss: robust },
    'a loss function in a list': { loss: [robust] },
    'a loss function by the output': { loss: { second: robust } },
    'a loss function added to a loss with options': { loss: [{ name: 'huber', delta: 0.5 }, robust] },
    'a schedule function': { decay: (step: number) => 0.3 / (step + 1) },
    'an optimizer of tfjs': { optimizer: (t: Tf) => t.train.adam(0.05) },
    'an optimizer of tfjs with a schedule': {
      optimizer: (t: Tf) => t.train.momentum(0.05, 0.5),
      decay: (step: number) => 0.3 / (step + 1),
    },
    'an optimizer of an own class': { optimizer: () => new Lion(0.01) },
    'one for each group': { optimizer: () => new Lion(0.01), parameter_groups: [{ match: 'first', learningRate: 0.002 }] },
  }
  for (const [name, config] of Object.entries(configs)) {
    it(`${name}: compiled and operation by operation, the same`, async () => {
      const [compiled, eager] = [await resultOf(config), await resultOf({ ...config, engine: 'eager' })]
      expect(compiled.compiled).to.equal(true)
      expectClose(compiled.losses, eager.losses)
      expectClose(compiled.weights, eager.weights)
      expect(compiled.losses).not.to.deep.equal((await resultOf({ engine: 'eager' })).losses)
    })
  }

  it('an optimizer of tfjs computes what its name computes, to the bit', async () => {
    for (const engine of engineNames) {
      const own = await resultOf({ optimizer: (t: Tf) => t.train.adam(0.05, 0.9, 0.999, 1e-8), engine })
      expect(own).to.deep.equal(await resultOf({ optimizer: { name: 'Adam', learningRate: 0.05 }, engine }))
      const object = await resultOf({ optimizer: tf.train.adam(0.05, 0.9, 0.999, 1e-8), engine })
      expect(object).to.deep.equal(own)
    }
  })

  it('an own class whose rate a schedule changes runs operation by operation, with a warning', async () => {
    const config = { optimizer: () => new Lion(0.01), decay: { name: 'cosine', decaySteps: 9 } }
    const warnings = await warningsOf(async () => {
      const found = await resultOf(config)
      expect(found.compiled).to.match(/a schedule changes the number/)
      expectClose(found.losses, (await resultOf({ ...config, engine: 'eager' })).losses)
    })
    expect(warnings.join()).to.match(/model net runs operation by operation, not compiled: learningRate: a schedule/)
  })

  const wrong: [string, object, RegExp][] = [
    ['loss-not-scalar', { loss: (a: Tensor, b: Tensor) => a.sub(b) }, /Seen: a tensor of the shape \[6,2\]/],
    ['loss-not-scalar', { loss: () => 1 }, /Seen: 1/],
    ['wrong-rate', { decay: () => Number.NaN }, /rate for step 0. Seen: NaN/],
    ['wrong-rate', { parameter_groups: [{ match: 'first', decay: () => -1 }] }, /group first, .* Seen: -1/],
    ['wrong-optimizer', { optimizer: () => 5 }, /its function returns 5/],
    ['wrong-optimizer', { optimizer: Lion }, /its function fails: Class constructor Lion/],
    ['wrong-optimizer', { optimizer: tf.train.adam.bind(tf.train) }, /its learning rate is/],
    ['model-config', { optimizer: tf.train.sgd(1), parameter_groups: [{ match: 'first' }] }, /one object cannot serve several groups/],
    ['model-config', { optimizer: 5 }, /a tf.Optimizer, or a function \(tf\) => tf.Optimizer/],
  ] // biome-ignore format: a table
  for (const [code, config, message] of wrong) {
    it(`${code}: ${message.source}`, async () => {
      const error = await errorOf(async () => {
        const model = await buildTwoLayers({ engine: 'eager', ...config })
        await trainSteps(model, 1).finally(() => model.dispose())
      })
      expect(error.code).to.equal(code)
      expect(error.message).to.match(message)
    })
  }

  it('an optimizer’s object serves one model, and stays the program’s', async () => {
    const optimizer = tf.train.adam(0.05)
    const model = await buildTwoLayers({ optimizer })
    await trainSteps(model, 1)
    expect((await errorOf(() => buildTwoLayers({ optimizer }))).code).to.equal('wrong-optimizer')
    model.dispose()
    expect((await optimizer.getWeights()).every(({ tensor }) => !tensor.isDisposed)).to.equal(true)
    optimizer.dispose()
  })
})

describe('a model with functions of a program, saved', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'millrace-own-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const train = async (model: TfModel) => {
    const found: unknown[] = []
    for (let i = 0; i < 3; i++) found.push(...(await model.train(batch(6, model.step), ['loss', 'learningRate'])))
    return found
  }

  const halving = (step: number) => 0.1 / 2 ** step
  const live = {
    loss: { loss: [{ name: 'ce', weight: 0.5 }, robust] },
    decay: { decay: halving, optimizer: 'Adam' },
    optimizer: { optimizer: () => new Lion(0.01) },
    parameter_groups: { parameter_groups: [{ match: 'head', decay: halving }] },
  }
  for (const [key, config] of Object.entries(live)) {
    it(`goes on with the same bits when ${key} is passed again, and asks for it otherwise`, async () => {
      const model = await ResNet.build({ ...vector, ...config }, { name: 'net', seed: 3 })
      await train(model)
      await model.save(folder)
      const expected = await train(model)
      const manifest = JSON.parse(await readFile(join(folder, 'millrace.json'), 'utf8'))
      expect([Object.keys(manifest.own), Object.hasOwn(manifest.config, key)]).to.deep.equal([[key], false])
      const error = await errorOf(() => loadModel(folder))
      expect(error.code).to.equal('model-load')
      expect(error.message).to.contain(`Pass it again: loadModel(folder, { config: { ${key}: … } })`)
      const loaded = await loadModel(folder, { config })
      expect(await train(loaded)).to.deep.equal(expected)
      await loaded.restore(folder)
      expect(await train(loaded)).to.deep.equal(expected)
      model.dispose()
      loaded.dispose()
    })
  }

  it('is not restored into a model with an optimizer of another class', async () => {
    const model = await ResNet.build({ ...vector, ...live.optimizer }, { name: 'net', seed: 3 })
    await model.save(folder)
    const other = await ResNet.build({ ...vector, optimizer: () => new Counting(0.1) }, { name: 'net', seed: 3 })
    expect((await errorOf(() => other.restore(folder))).message).to.contain('the optimizer’s state is that of Lion'.replace('’', "'"))
    model.dispose()
    other.dispose()
  })

  it('says which state of an own class cannot be saved, and what the class can do', async () => {
    const model = await ResNet.build({ ...vector, engine: 'eager', optimizer: () => new Counting(0.1) }, { name: 'net', seed: 3 })
    await train(model)
    const error = await errorOf(() => model.save(folder))
    expect(error.code).to.equal('model-save')
    expect(error.message).to.match(/its optimizer Counting cannot be saved, because of what it keeps in steps: .*getWeights and setWeights/)
    model.dispose()
  })

  it('saves what an own class says by getWeights', async () => {
    const config = { ...vector, engine: 'eager', optimizer: () => new Saying(0.1) }
    const model = await ResNet.build(config, { name: 'net', seed: 3 })
    await train(model)
    await model.save(folder)
    const other = await ResNet.build(config, { name: 'net', seed: 3 })
    await other.restore(folder)
    expect((other.network.optimizer as Saying).steps.get('all')).to.equal(3)
    model.dispose()
    other.dispose()
  })
})
