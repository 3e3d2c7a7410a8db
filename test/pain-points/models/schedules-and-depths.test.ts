import { expect } from 'chai'
import { createSchedule, scheduleChoice, schedules } from '../../../src/models/schedules.js'
import { models, ResNet50, type ScheduleName, scheduleNames, type ZooName } from '../../../src/models.js'

const imagenet = { inputs: { images: { shape: [224, 224, 3] }, labels: { classes: 1000 } } }
const blocksOf = (name: ZooName, config: object = {}) => {
  const { fetchNames } = models[name].describe({ ...imagenet, ...config })
  return [0, 1, 2, 3].map(group => fetchNames.filter(path => new RegExp(`^body/group-${group}/block-\\d+$`).test(path)).length)
}

describe('a schedule by name is that schedule, a depth is that of the network, and ResNet50 is ResNet-50', () => {
  const options: Record<ScheduleName, object> = {
    constant: {},
    piecewise: { boundaries: [4], values: [0.5, 0.1] },
    exponential: { decaySteps: 4, decayRate: 0.5 },
    cosine: { decaySteps: 10 },
    polynomial: { decaySteps: 10 },
    inverseTime: { decaySteps: 4, decayRate: 0.5 },
    naturalExponential: { decaySteps: 4, decayRate: 0.5 },
    step: { every: 4 },
    cyclic: { maxLearningRate: 1, stepsUp: 4 },
    staged: { stages: [{ until: 4 }, { name: 'cosine', decaySteps: 8 }] },
  }

  for (const name of scheduleNames) {
    it(`${name} in every form it may be written in`, () => {
      const rates = [0, 3, 5, 9].map(step => schedules[name].at(step, 0.5, schedules[name].takes.fill(options[name]) as never))
      if (name !== 'constant') expect(new Set(rates).size).to.be.above(1)
      for (const written of [
        [name, options[name]],
        { name, ...options[name] },
        { name: name.toUpperCase(), ...options[name] },
        { name: `${name.replace(/[A-Z]/g, letter => `_${letter}`)}_decay`, ...options[name] },
      ]) {
        const rateAt = createSchedule(scheduleChoice.fill(written), 0.5)
        expect([0, 3, 5, 9].map(rateAt), JSON.stringify(written)).to.deep.equal(rates)
      }
    })
  }

  it('an unknown name lists those there are', () => {
    for (const decay of ['stairs', ['warm', {}], { name: 'cosin', decaySteps: 1 }]) {
      const [problem, ...others] = models.ResNet18.checkConfig({ ...imagenet, decay }).errors
      expect(others).to.deep.equal([])
      expect(problem!.allowed).to.equal(scheduleNames.join(', '))
    }
  })

  const depths = { 18: [2, 2, 2, 2], 34: [3, 4, 6, 3], 50: [3, 4, 6, 3], 101: [3, 4, 23, 3], 152: [3, 8, 36, 3] }
  for (const [depth, blocks] of Object.entries(depths)) {
    it(`${depth} layers, and as many blocks as asked for`, () => {
      for (const family of ['ResNet', 'SEResNet'] as const) {
        const name = `${family}${depth}` as ZooName
        expect(blocksOf(name), name).to.deep.equal(blocks)
        expect(blocksOf(name, { 'body/num_blocks': [1, 2, 1, 3] }), name).to.deep.equal([1, 2, 1, 3])
      }
    })
  }

  // 25,557,032 in PyTorch's torchvision: normalisation behind each convolution, also in the shortcuts.
  it('ResNet50 in its published form has 25,557,032 parameters', () => {
    const published = { 'body/block/layout': 'cna cna cn', 'body/block/post_activation': 'relu', 'body/block/shortcut': 'cn' }
    expect(ResNet50.describe({ ...imagenet, ...published }).countParameters()).to.equal(25_557_032)
    const convolutions = ResNet50.describe(imagenet).layers.filter(({ kind }) => kind === 'conv')
    // 1 at the start, 3 in each of 16 blocks, a shortcut in each of 4 groups; with the dense layer and without shortcuts 50.
    expect(convolutions).to.have.length(1 + 3 * 16 + 4)
  })
})
