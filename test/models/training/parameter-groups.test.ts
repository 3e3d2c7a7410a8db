import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Graph } from '../../../src/graph/ir/graph.js'
import { watchStages } from '../../../src/graph/show.js'
import { freezingStep } from '../../../src/models/groups/freeze-out.js'
import { engineNames, loadModel, models, ResNet } from '../../../src/models.js'
import { batch, errorOf, small, tiny } from '../small.js'
import { buildTwoLayers, trainSteps, weightsOf } from './two-layers.js'

/** Written by `fixtures/torch_training.py`. */
const torch = JSON.parse(readFileSync(new URL('../fixtures/torch_training.json', import.meta.url), 'utf8')).groups as Record<
  string,
  { readonly losses: number[]; readonly norms: number[]; readonly weights: number[][] }
>
const momentum = { name: 'Momentum', learningRate: 0.05 } as const

describe('groups of weights', () => {
  const asInTorch: Readonly<Record<string, object>> = {
    rates: { optimizer: momentum, parameter_groups: [{ match: 'first/**', learningRate: 0.2 }] },
    frozen: { optimizer: momentum, parameter_groups: [{ match: 'first', learningRate: 0.2, until: 3, after: 'freeze' }] },
    decays: {
      optimizer: { name: 'AdamW', learningRate: 0.05, weightDecay: 0.5 },
      parameter_groups: [
        { match: 'first', learningRate: 0.02 },
        { match: '**/bias', weightDecay: 0 },
      ],
    },
  }
  for (const engine of engineNames) {
    for (const [name, config] of Object.entries(asInTorch)) {
      it(`are trained as PyTorch trains its parameter groups: ${name}, ${engine}`, async () => {
        const model = await buildTwoLayers({ ...config, engine })
        const found = await trainSteps(model, 5, ['loss', 'gradientNorm'])
        const { losses, norms, weights } = torch[name]!
        for (const [step, [loss, norm]] of found.entries()) {
          expect(loss, `loss ${step}`).to.be.closeTo(losses[step]!, 2e-6)
          expect(norm, `norm ${step}`).to.be.closeTo(norms[step]!, 5e-6)
        }
        for (const [i, value] of weightsOf(model).flat().entries()) expect(value).to.be.closeTo(weights.flat()[i]!, 5e-6)
        if (engine === 'graph') expect(model.compiled).to.equal(true)
        model.dispose()
      })
    }
  }

  const cosine = { name: 'cosine', decaySteps: 4 } as const
  /** The rates of the group over six steps, of an optimizer with the rate 0.05: what is written, the rates of groups and of the others. */
  const rates: [object, number[], number[]?][] = [
    [{}, [0.05, 0.05, 0.05, 0.05, 0.05, 0.05]],
    [{ learningRate: 0.2 }, [0.2, 0.2, 0.2, 0.2, 0.2, 0.2]],
    [{ learningRate: 0.2, decay: cosine }, [0.2, 0.1 + Math.SQRT1_2 / 10, 0.1, 0.1 - Math.SQRT1_2 / 10, 0, 0]],
    [{ learningRate: 0.2, decay: cosine, after: 0.01 }, [0.2, 0.1 + Math.SQRT1_2 / 10, 0.1, 0.1 - Math.SQRT1_2 / 10, 0.01, 0.01]],
    [{ learningRate: 0.2, decay: ['exp', { decaySteps: 1, decayRate: 0.5 }], until: 2, after: 'hold' }, [0.2, 0.1, 0.05, 0.05, 0.05, 0.05]],
    [{ decay: (step: number) => step / 10, until: 2, after: 0.5 }, [0, 0.1, 0.5, 0.5, 0.5, 0.5]],
  ] // biome-ignore format: a table
  for (const [group, expected] of rates) {
    const shown = JSON.stringify(group, (_, value) => (typeof value === 'function' ? String(value) : value))
    it(`have the rates of ${shown}`, async () => {
      const model = await buildTwoLayers({ optimizer: momentum, engine: 'eager', parameter_groups: [{ match: 'first', ...group }] })
      const found = await trainSteps(model, 6, ['learningRate', 'learningRate/first'])
      for (const [step, [others, own]] of found.entries()) {
        expect(own, `step ${step}`).to.be.closeTo(expected[step]!, 1e-12)
        expect(others).to.equal(0.05)
      }
      model.dispose()
    })
  }

  it('follow the decay of the config from their own first rate', async () => {
    const decay = { name: 'exponential', decaySteps: 1, decayRate: 0.5 }
    const parameter_groups = [
      { match: 'first', learningRate: 0.4 },
      { match: 'second/bias', name: 'steady', learningRate: 0.3, decay: null },
    ]
    const model = await buildTwoLayers({ optimizer: momentum, engine: 'eager', decay, parameter_groups })
    const found = await trainSteps(model, 3, ['learningRate', 'learningRate/first', 'learningRate/steady'])
    expect(found).to.deep.equal([
      [0.05, 0.4, 0.3],
      [0.025, 0.2, 0.3],
      [0.0125, 0.1, 0.3],
    ])
    model.dispose()
  })

  it('of one rate and schedule train to the bits of a config without groups', async () => {
    for (const engine of engineNames) {
      const optimizer = { name: 'Adam', learningRate: 0.05 }
      const decay = { name: 'cosine', decaySteps: 9 }
      const plain = await buildTwoLayers({ optimizer, decay, engine })
      const split = await buildTwoLayers({ optimizer, decay, engine, parameter_groups: [{ match: '**/kernel' }] })
      expect(await trainSteps(split, 4)).to.deep.equal(await trainSteps(plain, 4))
      expect(weightsOf(split)).to.deep.equal(weightsOf(plain))
      plain.dispose()
      split.dispose()
    }
  })
})

describe('a network with groups and frozen weights', () => {
  const freezing = {
    ...tiny,
    optimizer: { name: 'AdamW', learningRate: 0.01 },
    'head/dropout_rate': 0.3,
    parameter_groups: [
      { match: 'initial_block', learningRate: 0.05, decay: { name: 'cosine', decaySteps: 2 }, after: 'freeze' },
      { match: ['**/gamma', '**/beta'], name: 'norms', weightDecay: 0, until: 4, after: 1e-3 },
    ],
  }
  const train = async (model: Awaited<ReturnType<typeof ResNet.build>>, steps: number) => {
    const found: unknown[][] = []
    for (let i = 0; i < steps; i++)
      found.push([...(await model.train(batch(6, model.step), ['loss', 'gradientNorm', 'learningRate/initial_block']))])
    return found
  }

  it('computes the same compiled and not, and nothing of a frozen part changes', async () => {
    const results = await Promise.all(
      engineNames.map(async engine => {
        const model = await ResNet.build({ ...freezing, engine }, { name: 'net', seed: 4 })
        const found = await train(model, 2)
        const before = weightsOf(model)
        found.push(...(await train(model, 4)))
        const after = weightsOf(model)
        const paths = model.layersModel.weights.map(weight => model.network.weightPaths.get((weight as any).val.name)!)
        for (const [i, path] of paths.entries()) {
          // The first match wins: scale and shift of the initial block are in its group.
          const isFrozen = path.startsWith('initial_block/') && !path.includes('moving')
          expect(JSON.stringify(before[i]) === JSON.stringify(after[i]), path).to.equal(isFrozen)
        }
        expect(await errorOf(() => model.predict({ images: batch().images }, ['gradientNorm']))).to.include({ code: 'fetch-of-training' })
        if (engine === 'graph') expect(model.compiled).to.equal(true)
        model.dispose()
        return found as number[][]
      }),
    )
    const [one, other] = results as [number[][], number[][]]
    for (const [step, values] of one.entries())
      for (const [i, value] of values.entries()) expect(other[step]![i]).to.be.closeTo(value, 2e-5)
  })

  it('is compiled again where a part is frozen, without the way back through it', async () => {
    const graphs: Graph[] = []
    const stop = watchStages((name, stage, graph) => {
      if (name === 'net, training' && stage === 'recorded') graphs.push(graph)
    })
    const model = await ResNet.build(
      { ...freezing, 'head/dropout_rate': 0, parameter_groups: [freezing.parameter_groups[0]] },
      { name: 'net', seed: 4 },
    )
    await train(model, 5).finally(stop)
    const gradients = (graph: Graph) => graph.nodes.filter(({ op }) => op === 'Conv2DBackpropFilter').length
    expect(graphs.map(gradients)).to.deep.equal([2, 1])
    expect(graphs[1]!.updates.length).to.be.below(graphs[0]!.updates.length)
    model.dispose()
  })

  it('goes on with the same bits from a saved model, before and after a part is frozen', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'millrace-groups-'))
    try {
      const model = await ResNet.build(freezing, { name: 'net', seed: 4 })
      await train(model, 1)
      await model.save(join(folder, 'before'))
      await train(model, 2)
      await model.save(join(folder, 'after'))
      const expected = await train(model, 3)
      const loaded = await loadModel(join(folder, 'after'))
      expect(await train(loaded, 3)).to.deep.equal(expected)
      await loaded.restore(join(folder, 'before'))
      await train(loaded, 2)
      expect(await train(loaded, 3)).to.deep.equal(expected)
      const plain = await ResNet.build({ ...freezing, parameter_groups: null }, { name: 'net', seed: 4 })
      expect((await errorOf(() => plain.restore(join(folder, 'after')))).message).to.match(
        /groups of weights are none, initial_block, norms/,
      )
      for (const one of [model, loaded, plain]) one.dispose()
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('of one’s own goes on from its files, too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'millrace-groups-'))
    try {
      const model = await buildTwoLayers({ optimizer: 'Adam', parameter_groups: [{ match: 'first', until: 3, after: 'freeze' }] })
      await trainSteps(model, 2)
      await model.save(folder)
      const expected = await trainSteps(model, 3)
      const loaded = await loadModel(folder)
      expect(await trainSteps(loaded, 3)).to.deep.equal(expected)
      expect(weightsOf(loaded)).to.deep.equal(weightsOf(model))
      for (const one of [model, loaded]) one.dispose()
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('counts what is trained, without TensorFlow and with it', async () => {
    const config = { ...small, trainable: ['head', '**/norm*'] }
    const described = ResNet.describe(config)
    const [all, frozen] = [ResNet.describe(small), described].map(one => one.countParameters())
    const head = ResNet.describe(small)
      .countByPart()
      .find(({ part }) => part === 'head')!.parameters
    const norms = all! - ResNet.describe(small).countParameters({ without: ['norm'] })
    expect(frozen).to.equal(head + norms)
    expect(described.countParameters({ frozen: true })).to.equal(ResNet.describe(small).countParameters({ frozen: true }))
    expect(described.summary()).to.match(/initial_block\/conv .*frozen/)
    const model = await ResNet.build({ ...config, engine: 'eager' }, { name: 'net', seed: 1 })
    expect([model.parameterCount, model.summary().split('\n').slice(1)]).to.deep.equal([frozen, described.summary().split('\n').slice(1)])
    const before = weightsOf(model)
    await model.train(batch())
    const paths = model.layersModel.weights.map(weight => model.network.weightPaths.get((weight as any).val.name)!)
    const changed = paths.filter((_, i) => JSON.stringify(before[i]) !== JSON.stringify(weightsOf(model)[i]))
    expect(changed.every(path => /^head|\/norm|moving/.test(path))).to.equal(true)
    expect(changed.some(path => path.includes('moving'))).to.equal(true)
    model.dispose()
  })

  for (const engine of engineNames) {
    it(`moves the averages of frozen normalisation unless freeze_statistics, ${engine}`, async () => {
      const averages = async (config: object) => {
        const model = await ResNet.build({ ...tiny, engine, trainable: '!initial_block', ...config }, { name: 'net', seed: 1 })
        const read = () => JSON.stringify(weightsOf(model).filter((_, i) => /initial_block.*moving/.test(pathAt(model, i))))
        const before = read()
        const [loss] = await model.train(batch())
        const moved = read() !== before
        model.dispose()
        return { loss, moved }
      }
      const [moving, still] = [await averages({}), await averages({ freeze_statistics: true })]
      expect([moving.moved, still.moved]).to.deep.equal([true, false])
      expect(moving.loss).not.to.equal(still.loss)
    })
  }
})

const pathAt = ({ layersModel, network }: Awaited<ReturnType<typeof ResNet.build>>, i: number) =>
  network.weightPaths.get((layersModel.weights[i] as any).val.name)!

describe('FreezeOut', () => {
  it('freezes part i of n at steps · (t0 + (1 − t0) · i / n) ^ degree', () => {
    const steps = (t0: number, degree: number, count: number) =>
      Array.from({ length: count }, (_, i) => Math.round(freezingStep({ steps: 300, t0, degree }, i + 1, count) * 1e6) / 1e6)
    // BatchFlow's: 300 · (.5 + i / 10) ^ degree, i = 1 … 5.
    expect(steps(0.5, 1, 5)).to.deep.equal([180, 210, 240, 270, 300])
    expect(steps(0.5, 3, 5)).to.deep.equal([64.8, 102.9, 153.6, 218.7, 300])
    expect(steps(0, 2, 3)).to.deep.equal([33.333333, 133.333333, 300])
  })

  it('anneals each part but the head to its own end, and freezes it there', async () => {
    const config = { ...small, 'initial_block/layout': 'cna', optimizer: { name: 'Momentum', learningRate: 0.02 }, engine: 'eager' }
    const freeze_out = { steps: 6, t0: 0.25 }
    const parts = ['initial_block', 'body/group-0', 'body/group-1']
    for (const [scaled, factor] of [
      [false, [1, 1, 1]],
      [true, [2, 6 / 4.5, 1]],
    ] as const) {
      const model = await ResNet.build({ ...config, freeze_out: { ...freeze_out, scaled } }, { name: 'net', seed: 1 })
      const fetches = [...parts.map(part => `learningRate/${part}`), 'learningRate', ...parts.map(part => `gradientNorm/${part}`)]
      expect(model.trainingFetchNames).to.include.members(fetches)
      for (let step = 0; step < 6; step++) {
        const values = (await model.train(batch(6, step), fetches)) as number[]
        for (const [i, end] of [3, 4.5, 6].entries()) {
          const rate = step < end ? (0.02 * factor[i]! * (1 + Math.cos((Math.PI * step) / end))) / 2 : 0
          expect(values[i], `rate of ${parts[i]} at ${step}`).to.be.closeTo(rate, 1e-12)
          expect(values[4 + i]! > 0, `gradient of ${parts[i]} at ${step}`).to.equal(step < Math.ceil(end))
        }
        expect(values[3]).to.equal(0.02)
      }
      model.dispose()
    }
  })

  it('goes by blocks, and lets parts go on at another rate', () => {
    const { trainingFetchNames } = ResNet.describe({
      ...small,
      'body/num_blocks': [2, 1],
      freeze_out: { steps: 9, by: 'block', after: 0.01 },
    })
    const rates = trainingFetchNames.filter(name => name.startsWith('learningRate/')).map(name => name.slice('learningRate/'.length))
    expect(rates).to.deep.equal(['initial_block', 'body/group-0/block-0', 'body/group-0/block-1', 'body/group-1/block-0'])
  })

  it('leaves the weights of parameter_groups to these', () => {
    const config = {
      ...small,
      freeze_out: { steps: 9 },
      parameter_groups: [{ match: 'body/group-0', learningRate: 1e-4 }, { match: '**/bias' }],
    }
    const rates = ResNet.describe(config).trainingFetchNames.filter(name => name.startsWith('learningRate/'))
    expect(rates.map(name => name.slice('learningRate/'.length))).to.deep.equal([
      'body/group-0',
      '**/bias',
      'initial_block',
      'body/group-1',
    ])
  })
})

describe('what is wrong with groups is said before anything is built', () => {
  const body = { match: 'body' }
  const ends = { name: 'cosine', decaySteps: 5 }
  const cases: [object, RegExp, (string | number)[]][] = [
    [{ trainable: 'hed/**' }, /hed\/\*\* matches no weight/, ['trainable']],
    [{ trainable: '!**' }, /no weight is left to train/, ['trainable']],
    [{ parameter_groups: [{ match: ['head', 'bodi/*'] }] }, /bodi\/\* matches no weight/, ['parameter_groups', 0, 'match']],
    [{ parameter_groups: [body, { match: 'body/group-1' }] }, /in a group before it/, ['parameter_groups', 1, 'match']],
    [{ trainable: 'head', parameter_groups: [body] }, /is not trained/, ['parameter_groups', 0, 'match']],
    [{ parameter_groups: [{ match: 'body', name: 'x' }, { match: 'head', name: 'x' }] }, /two groups are called x/, ['parameter_groups', 1, 'name']],
    [{ parameter_groups: [{ ...body, after: 'freeze' }] }, /has no end/, ['parameter_groups', 0, 'after']],
    [{ decay: ends, parameter_groups: [{ ...body, decay: null, after: 0.1 }] }, /has no end/, ['parameter_groups', 0, 'after']],
    [{ parameter_groups: [{ ...body, until: 5 }] }, /until does nothing without after/, ['parameter_groups', 0, 'until']],
    [{ parameter_groups: [{ ...body, weightDecay: 0.1 }] }, /no weight decay/, ['parameter_groups', 0, 'weightDecay']],
    [{ decay: (step: number) => step, parameter_groups: [{ ...body, learningRate: 0.1 }] }, /states its rates itself/, ['parameter_groups', 0, 'learningRate']],
    [{ parameter_groups: [{ match: 'body', lr: 0.1 }] }, /no key lr/, ['parameter_groups', 0, 'lr']],
    [{ parameter_groups: [{}] }, /match is missing/, ['parameter_groups', 0]],
    [{ freeze_out: {} }, /steps is missing/, ['freeze_out']],
    [{ freeze_out: { steps: 5 }, trainable: 'head' }, /no part to freeze/, ['freeze_out']],
    [{ 'freeze_out/steps': 5, 'freeze_out/t0': 1 }, /1 cannot be used/, ['freeze_out/t0']],
    [{ optimizer: { applyGradients: () => undefined, name: 0 } }, /cannot be used for/, ['optimizer', 'name']],
  ] // biome-ignore format: a table
  for (const [config, what, path] of cases) {
    it(`${what.source}: ${JSON.stringify(config)}`, async () => {
      const { errors } = models.ResNet.checkConfig({ ...small, ...config })
      expect(errors.map(error => error.path)).to.deep.equal([path])
      expect(errors[0]!.what).to.match(what)
    })
  }

  it('lists the parts, and the one that is meant', () => {
    const [problem] = models.ResNet.checkConfig({ ...small, trainable: 'haed/**' }).errors
    expect(problem).to.include({
      fix: 'Did you mean head?',
      allowed: 'paths and patterns of paths in initial_block, body/group-0, body/group-1, head',
    })
  })

  it('says it of a model of one’s own, too', async () => {
    const error = await errorOf(() => buildTwoLayers({ parameter_groups: [{ match: 'third' }] }))
    expect([error.code, error.message]).to.satisfy(
      ([code, text]: string[]) => code === 'model-config' && /third matches no weight.*first, second/.test(text!),
    )
  })
})
