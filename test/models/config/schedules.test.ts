import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { createSchedule, endOf, type ScheduleName, scheduleChoice, scheduleNames, schedules } from '../../../src/models/schedules.js'
import { engineNames, ResNet, type TfModel } from '../../../src/models.js'
import { batch, small } from '../small.js'

/** Written by `fixtures/torch_training.py`. */
const torch = JSON.parse(readFileSync(new URL('../fixtures/torch_training.json', import.meta.url), 'utf8')).schedules as Record<
  string,
  number[]
>
const rateAt = (written: unknown, rate = 0.2) => createSchedule(scheduleChoice.fill(written), rate)

describe('learning-rate schedules', () => {
  const sameAsTorch: Record<string, unknown> = {
    cosine: { name: 'cosine', decaySteps: 24, alpha: 0.1 },
    exponential: ['exponential', { decaySteps: 6, decayRate: 0.5 }],
    piecewise: { name: 'piecewise', boundaries: [7, 14], values: [0.2, 0.02, 0.002] },
    warmCosine: { name: 'cosine', decaySteps: 19, warmupSteps: 5, warmupFrom: 0.1 },
    warmConstant: { warmupSteps: 4, warmupFrom: 0.25 },
    step: ['step', { every: 7, gamma: 0.3 }],
    milestones: { name: 'MultiStepLR', milestones: [3, 4, 17], gamma: 0.3 },
    triangular: { name: 'cyclic', maxLearningRate: 0.5, stepsUp: 4, stepsDown: 6 },
    triangular2: { name: 'CyclicLR', maxLearningRate: 0.5, stepsUp: 4, mode: 'triangular2' },
    expRange: { name: 'cyclic', max_learning_rate: 0.5, steps_up: 4, steps_down: 3, mode: 'exp_range', gamma: 0.9 },
    staged: {
      name: 'staged',
      stages: [
        { warmupSteps: 4, warmupFrom: 0.25, until: 6 },
        { learningRate: 0.02, until: 9 },
        { name: 'cosine', decaySteps: 15 },
      ],
    },
  }
  for (const [name, written] of Object.entries(sameAsTorch)) {
    it(`${name} has PyTorch’s rates`, () => {
      const at = rateAt(written)
      for (const [step, rate] of torch[name]!.entries()) expect(at(step), `step ${step}`).to.be.closeTo(rate, 1e-12)
    })
  }

  /** TensorFlow's formulae, worked out by hand: written, [step, rate]… of a first rate 0.2. */
  const byHand: [unknown, [number, number][]][] = [
    ['constant', [[0, 0.2], [1000, 0.2]]],
    [{ name: 'constant', learning_rate: 0.5 }, [[3, 0.5]]],
    [['exp', { decay_steps: 10, decay_rate: 0.5, staircase: true }], [[0, 0.2], [9, 0.2], [10, 0.1], [25, 0.05]]],
    [['exponential_decay', { decay_steps: 10, decay_rate: 0.25 }], [[5, 0.1], [10, 0.05]]],
    [['const', { boundaries: [2, 4], values: [1, 2, 3] }], [[0, 1], [2, 1], [3, 2], [4, 2], [5, 3], [99, 3]]],
    [{ name: 'cosine', decaySteps: 8 }, [[0, 0.2], [4, 0.1], [8, 0], [9, 0]]],
    [{ name: 'cosine_decay', decaySteps: 8, alpha: 0.5 }, [[0, 0.2], [4, 0.15], [80, 0.1]]],
    [{ name: 'poly', decaySteps: 10, endLearningRate: 0.1 }, [[0, 0.2], [5, 0.15], [10, 0.1], [20, 0.1]]],
    [{ name: 'polynomial', decaySteps: 10, endLearningRate: 0, power: 2 }, [[5, 0.05]]],
    [{ name: 'invtime', decaySteps: 10, decayRate: 3 }, [[0, 0.2], [10, 0.05]]],
    [{ name: 'inverse_time_decay', decaySteps: 10, decayRate: 1, staircase: true }, [[9, 0.2], [10, 0.1]]],
    [{ name: 'naturalexp', decaySteps: 10, decayRate: Math.LN2 }, [[10, 0.1], [20, 0.05]]],
    [{ warmupSteps: 4 }, [[0, 0], [1, 0.05], [3, 0.15], [4, 0.2], [5, 0.2]]],
    [{ name: 'const', boundaries: [1], values: [0.4, 0.1], warmup_steps: 2, warmup_from: 0.5 }, [[0, 0.2], [1, 0.3], [2, 0.4], [3, 0.4], [4, 0.1]]],
  ] // biome-ignore format: a table
  for (const [written, expected] of byHand) {
    it(`${JSON.stringify(written)} has the rates of its formula`, () => {
      for (const [step, rate] of expected) expect(rateAt(written)(step), `step ${step}`).to.be.closeTo(rate, 1e-12)
    })
  }

  const needed: Record<ScheduleName, object> = {
    constant: {},
    piecewise: { boundaries: [4], values: [0.5, 0.1] },
    exponential: { decaySteps: 4, decayRate: 0.5 },
    cosine: { decaySteps: 10 },
    polynomial: { decaySteps: 10 },
    inverseTime: { decaySteps: 4, decayRate: 0.5 },
    naturalExponential: { decaySteps: 4, decayRate: 0.5 },
    step: { milestones: [3] },
    cyclic: { maxLearningRate: 0.5, stepsUp: 3, mode: 'exp_range' },
    staged: { stages: [{ until: 3 }, { name: 'cosine', decaySteps: 4 }] },
  }
  const others: Readonly<Record<string, unknown>> = {
    staircase: true,
    boundaries: [2],
    values: [0.5, 0.3],
    warmupSteps: 3,
    milestones: [2],
    stepsUp: 2,
    stepsDown: 4,
    mode: 'triangular2',
    stages: [{ until: 4 }, { name: 'cosine', decaySteps: 4 }],
  }
  for (const name of scheduleNames) {
    it(`each option of ${name} changes its rates`, () => {
      const { name: _, ...options } = scheduleChoice.fill({ name, ...needed[name] }) as Readonly<Record<string, unknown>>
      const ratesWith = (more: object) =>
        Array.from({ length: 12 }, (_, step) => rateAt({ name, warmupSteps: 2, ...needed[name], ...more })(step))
      for (const option of Object.keys(options)) {
        const other = Object.hasOwn(others, option) ? others[option] : ((options[option] as number | null) ?? 0) / 2 + 0.3
        expect(ratesWith({ [option]: other }), option).not.to.deep.equal(ratesWith({}))
      }
    })
  }

  /** The first step from which the rate stays: written, step. */
  const ends: [unknown, number | undefined][] = [
    [{ name: 'cosine', decaySteps: 8, warmupSteps: 3 }, 11],
    [{ name: 'polynomial', decaySteps: 6, endLearningRate: 0.1 }, 6],
    [{ name: 'piecewise', boundaries: [4, 6], values: [0.5, 0.1, 0.2] }, 7],
    [{ name: 'step', milestones: [3, 5] }, 5],
    [{ name: 'staged', stages: [{ until: 4 }, { name: 'cosine', decaySteps: 3 }] }, 7],
    [{ name: 'step', every: 3 }, undefined],
    [{ name: 'cyclic', maxLearningRate: 0.5, stepsUp: 2 }, undefined],
  ] // biome-ignore format: a table
  for (const [written, end] of ends) {
    it(`${JSON.stringify(written)} ${end === undefined ? 'has no end' : `ends at step ${end}`}`, () => {
      expect(endOf(scheduleChoice.fill(written))).to.equal(end)
      if (end === undefined) return
      const at = rateAt(written)
      expect(at(end - 1)).not.to.equal(at(end))
      for (let step = end; step < end + 9; step++) expect(at(step)).to.equal(at(end))
    })
  }

  it('has a summary of each schedule and each option', () => {
    for (const name of scheduleNames) {
      expect(schedules[name].summary, name).not.to.equal('')
      for (const { summary } of Object.values(schedules[name].takes.table)) expect(summary).not.to.equal('')
    }
  })

  it('takes BatchFlow’s spelling of an option, with a note', () => {
    const decay = ['exp', { decay_steps: 10, decay_rate: 0.5, staircase: true }]
    expect(ResNet.checkConfig({ ...small, decay })).to.deep.equal({
      errors: [],
      notes: [
        { path: ['decay', 1, 'decay_steps'], what: 'decay_steps is the old name of decaySteps', fix: 'Write decaySteps.' },
        { path: ['decay', 1, 'decay_rate'], what: 'decay_rate is the old name of decayRate', fix: 'Write decayRate.' },
      ],
    })
  })

  const decay = { decay: { name: 'cosine', decaySteps: 4, warmupSteps: 1, warmupFrom: 0.5 } }
  const tiny = { ...small, 'body/num_blocks': [1], 'body/filters': [4], optimizer: ['SGD', { learningRate: 0.5 }], engine: 'eager' }
  const weightsOf = (model: TfModel) => model.layersModel.trainableWeights.map(weight => [...weight.read().dataSync()])

  for (const engine of engineNames) {
    it(`sets the rate of each update of the engine ${engine}`, async () => {
      const model = await ResNet.build({ ...tiny, ...decay, engine }, { name: 'net', seed: 2 })
      const rates: number[] = []
      for (let i = 0; i < 6; i++) {
        rates.push(model.learningRate)
        await model.train(batch())
      }
      const cosine = (step: number) => (1 + Math.cos((Math.PI * step) / 4)) / 4
      expect(rates).to.deep.equal([0.25, cosine(0), cosine(1), cosine(2), cosine(3), 0])
      const before = weightsOf(model)
      await model.train(batch())
      expect(weightsOf(model)).to.deep.equal(before)
      model.dispose()
    })
  }

  for (const optimizer of ['SGD', 'Momentum', 'AdamW'] as const) {
    it(`a constant one changes nothing of a run with ${optimizer}`, async () => {
      const losses = async (extra: object) => {
        const model = await ResNet.build(
          { ...tiny, optimizer: { name: optimizer, learningRate: 0.01 }, ...extra },
          { name: 'net', seed: 2 },
        )
        const found: number[] = []
        for (let i = 0; i < 3; i++) found.push((await model.train(batch(), ['loss']))[0] as number)
        expect(model.learningRate).to.equal(0.01)
        model.dispose()
        return found
      }
      expect(await losses({ decay: 'constant' })).to.deep.equal(await losses({}))
    })
  }

  const wrong: [object, object][] = [
    [{ decay: 'cosin' }, { path: ['decay'], what: '"cosin" cannot be used for the learning-rate schedule', fix: 'Did you mean cosine?' }],
    [{ decay: ['cosine', { decaySteps: 5, alpa: 0 }] }, { path: ['decay', 1, 'alpa'], fix: 'Did you mean alpha?' }],
    [{ decay: 'cosine' }, { path: ['decay'], what: 'decaySteps is missing', allowed: 'a number above 0' }],
    [{ decay: { name: 'exp', decay_steps: 0, decay_rate: 1 } }, { path: ['decay', 'decay_steps'], allowed: 'a number above 0' }],
    [{ 'decay/name': 'exp', 'decay/decaySteps': 'x', 'decay/decayRate': 1 }, { path: ['decay/decaySteps'] }],
    [
      { decay: { name: 'const', boundaries: [5, 5], values: [1, 2, 3] } },
      { path: ['decay', 'boundaries'], allowed: 'a list of growing numbers' },
    ],
    [
      { decay: { name: 'const', boundaries: [5], values: [1] } },
      { path: ['decay', 'values'], allowed: '2 rates, one more than boundaries' },
    ],
    [{ decay: { warmupStep: 5 } }, { path: ['decay', 'warmupStep'], fix: 'Did you mean warmupSteps?' }],
    [{ decay: 5 }, { path: ['decay'], what: '5 cannot be used for the learning-rate schedule' }],
    [{ deca: 'constant' }, { fix: 'Did you mean decay?' }],
  ]
  for (const [config, problem] of wrong) {
    it(`says what is wrong with ${JSON.stringify(config)}`, () => {
      const { errors } = ResNet.checkConfig({ ...small, ...config })
      expect(errors).to.have.length(1)
      expect(errors[0]).to.deep.include(problem)
    })
  }

  it('may be written as paths, in part or in whole', () => {
    const right = [{ 'decay/name': 'cosine', 'decay/decaySteps': 5 }, { decay: { name: 'cosine' }, 'decay/decaySteps': 5 }, { decay: null }]
    for (const config of right) expect(ResNet.checkConfig({ ...small, ...config }).errors).to.deep.equal([])
  })
})
