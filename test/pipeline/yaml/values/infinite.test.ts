import { expect } from 'chai'
import { readExperiment } from '../../../../src/pipeline/yaml/index.js'
import { registry } from '../../../support/registry.js'

const text = `
name: endless
seed: 1
datasets: { mnist: { openset: mnist } }
pipelines:
  train:
    dataset: mnist.train
    actions:
      - normalize: { scale: 255 }
run:
  iterations: 2
  batch: { batchSize: 4, epochs: null, shuffle: 2 }
  checkpoint: { every: 2, everySeconds: 3, keep: 2 }
`

describe('numbers without end in an experiment file', () => {
  it('are as they should be without them', () => {
    expect(readExperiment(text, { registry, env: {} }).errors).to.deep.equal([])
  })

  const places = [
    'seed: 1',
    'iterations: 2',
    'batchSize: 4',
    'shuffle: 2',

    'every: 2',
    'everySeconds: 3',
    'keep: 2',
    'scale: 255',
  ]
  for (const place of places) {
    const [key] = place.split(':')
    it(`are errors at their place: ${key}`, () => {
      for (const number of ['.inf', '-.inf', '.nan']) {
        const wrong = text.replace(place, `${key}: ${number}`)
        const { errors } = readExperiment(wrong, { registry, env: {} })
        expect(errors, number).to.have.length(1)
        expect(wrong.split('\n')[errors[0]!.location.source!.line - 1]).to.include(number)
      }
    })
  }
})
