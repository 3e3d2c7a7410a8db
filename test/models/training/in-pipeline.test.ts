/** Functions and optimizers of a program reach a model through a pipeline, and its state is restored with them. */
import { expect } from 'chai'
import { readCheckedFile, registry } from '../../../src/experiment.js'
import { B, component, Dataset, defineBatch, NdArray, V } from '../../../src/index.js'
import { type ConfigOf, ResNet } from '../../../src/models.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { batch, vector } from '../small.js'

const PicturesBatch = defineBatch({
  name: 'PicturesBatch',
  components: { images: component.array('pictures, [n, 8, 8, 1]'), labels: component.array('classes, [n]') },
})

const { images, labels } = batch(24)
const data = new Dataset(24, PicturesBatch, { name: 'pictures', preloaded: { images, labels: new NdArray(labels.data, [24]) } })

const ofProgram = {
  loss: (targets, predictions, tf) => tf.losses.sigmoidCrossEntropy(targets, predictions),
  optimizer: tf => tf.train.momentum(0.1, 0.9),
  decay: step => 0.1 / (step + 1),
} satisfies ConfigOf<typeof ResNet>
const parameter_groups = [{ match: 'initial_block', decay: { name: 'cosine', decaySteps: 3 }, after: 'freeze' }]

const pipelineOf = () =>
  data.p
    .initVariable('loss', { default: [] })
    .initVariable('rate', { default: [] })
    .initVariable('own', { default: [] })
    .initModel('dynamic', ResNet, 'net', { config: { ...vector, ...ofProgram, parameter_groups, engine: 'eager' } })
    .trainModel('net', {
      feed: { images: B('images'), labels: B('labels') },
      fetches: ['loss', 'learningRate', 'learningRate/initial_block'],
      saveTo: [V('loss'), V('rate'), V('own')],
      mode: 'append',
    })

describe('functions and optimizers of a program in a pipeline', () => {
  it('train its model, and a restored pipeline goes on with its own', async () => {
    const folder = temporaryFolder()
    const pipeline = pipelineOf()
    for (let i = 0; i < 2; i++) await pipeline.nextBatch(6, { shuffle: 1 })
    await pipeline.saveState(folder.in('state'))
    for (let i = 0; i < 2; i++) await pipeline.nextBatch(6, { shuffle: 1 })
    const found = (one: typeof pipeline) => (['loss', 'rate', 'own'] as const).map(name => one.v<number[]>(name))
    const expected = found(pipeline)
    const other = pipelineOf()
    await other.restoreState(folder.in('state'))
    for (let i = 0; i < 2; i++) await other.nextBatch(6, { shuffle: 1 })
    expect(found(other)).to.deep.equal(expected)
    expect(expected[1]).to.deep.equal([0.1, 0.05, 0.1 / 3, 0.025])
    pipeline.dispose()
    other.dispose()
  })

  it('what is wrong with groups in a file is found with its place', () => {
    const text = `
name: groups
datasets: { mnist: { openset: mnist } }
pipelines:
  train:
    dataset: mnist.train
    actions:
      - initModel:
          mode: dynamic
          modelClass: ResNet18
          name: net
          config:
            inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10, name: targets } }
            parameter_groups:
              - { match: body/group-0, learningRate: 0.1, decay: { name: cosine, decaySteps: 9 }, after: freeze }
              - { match: bodi }
            freeze_out/steps: 9
run: { iterations: 1, batch: { batchSize: 2 } }
`
    const { errors } = readCheckedFile('groups.yaml', { registry, readFile: () => text })
    expect(
      errors.map(({ location, message }) => [location.source?.line, message.match(/bodi matches no weight.*Did you mean body/s) !== null]),
    ).to.deep.equal([[16, true]])
  })
})
