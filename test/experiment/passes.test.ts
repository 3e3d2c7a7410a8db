/** What is fed to a model and fetched from it, checked against its inputs before anything is trained. */
import { expect } from 'chai'
import { readCheckedFile, registry } from '../../src/experiment.js'

/** A file with a training pipeline, and an exam that runs after it. */
function errorsOf(train: string, exam = '') {
  const text = `
name: passes
datasets: { mnist: { openset: mnist } }
pipelines:
  train:
    dataset: mnist.train
    config: { size: [28, 28] }
    actions:
      - initModel:
          mode: dynamic
          modelClass: ResNet18
          name: net
          config: { inputs: { pictures: { shape: [28, 28, 1] }, digits: { classes: 10, name: targets } }, initial_block/inputs: pictures, loss: ce }
      - initVariable: { name: v }
      - initVariable: { name: w }
      - ${train}
  exam:
    dataset: mnist.test
    actions:
      - initVariable: { name: v }
      - importModel: { name: net, from: train }
      - ${exam || 'print: { values: [1] }'}
run: { iterations: 1, batch: { batchSize: 2 }, after: [{ pipeline: exam, batch: { batchSize: 2 } }] }
`
  return readCheckedFile('passes.yaml', { registry, readFile: () => text }).errors
}

const right = 'trainModel: { name: net, feed: { pictures: !B images, digits: !B labels } }'

describe('the feed of a model', () => {
  for (const [what, train, exam, expected] of [
    ['right', right, '', []],
    ['targets by the name of the encoded values', 'trainModel: { name: net, feed: { pictures: !B images, targets: !B labels } }', '', []],
    [
      'no targets where none are needed',
      right,
      'predictModel: { name: net, feed: { pictures: !B images }, fetches: predictions, saveTo: !V v }',
      [],
    ],
    ['a misspelt input', 'trainModel: { name: net, feed: { picture: !B images, digits: !B labels } }', '', ['unknown-feed']],
    ['no targets in training', 'trainModel: { name: net, feed: { pictures: !B images } }', '', ['missing-feed']],
    [
      'no targets for the loss, after the rounds',
      right,
      'predictModel: { name: net, feed: { pictures: !B images }, fetches: loss, saveTo: !V v }',
      ['missing-feed'],
    ],
    [
      'a misspelt input after the rounds',
      right,
      'predictModel: { name: net, feed: { pixels: !B images, digits: !B labels, x: 1 }, fetches: loss, saveTo: !V v }',
      ['unknown-feed'],
    ],
    ['no data', right, 'predictModel: { name: net, feed: { digits: !B labels }, fetches: predictions, saveTo: !V v }', ['missing-feed']],
    ['in a block', `repeat: { times: 2, actions: [{ trainModel: { name: net, feed: { digits: !B labels } } }] }`, '', ['missing-feed']],
    ['a model that may be loaded from a folder is known in the run only', right, 'loadModel: { name: net, path: models/net }', []],
    [
      'values of a training step, fetched by one',
      'trainModel: { name: net, feed: { pictures: !B images, digits: !B labels }, fetches: [learningRate, gradientNorm/head], saveTo: [!V v, !V w] }',
      '',
      [],
    ],
    [
      'values of a training step, fetched by a prediction',
      right,
      'predictModel: { name: net, feed: { pictures: !B images }, fetches: gradientNorm/head, saveTo: !V v }',
      ['fetch-of-training'],
    ],
    [
      'what the network takes',
      right,
      'predictModel: { name: net, feed: { pictures: !B images }, fetches: inputs/pictures, saveTo: !V v }',
      [],
    ],
    [
      'an unknown fetch',
      right,
      'predictModel: { name: net, feed: { pictures: !B images }, fetches: lohss, saveTo: !V v }',
      ['unknown-fetch'],
    ],
  ] as const) {
    it(what, () => {
      const found = errorsOf(train, exam)
      expect(found.map(({ code }) => code)).to.deep.equal(expected)
      for (const { location } of found) expect(location.source?.line).to.be.a('number')
    })
  }

  for (const [what, actions, expected] of [
    ['as the data are', '', []],
    ['resized to another size', 'resize: { size: [32, 32] }', ['feed-shape']],
    ['cropped to another size', 'crop: { shape: 24, origin: center }', ['feed-shape']],
    ['resized there and back', 'resize: { size: [32, 32] }\n      - crop: { shape: [28, 28] }', []],
    ['resized into another component', 'resize: { size: [32, 32], dst: large }', []],
    ['turned, flipped and normalized', 'rotate: { angle: 3 }\n      - flip: { p: 0.5 }\n      - normalize: { scale: 255 }', []],
    ['resized in a block, which need not be done', 'sometimes: { probability: 0.5, actions: [{ resize: { size: [32, 32] } }] }', []],
    ['resized with a probability', 'resize: { size: [32, 32], p: 0.5 }', []],
    ['of a size that is computed', 'resize: { size: !C size }', []],
    ['made by what is not known', 'update: { dst: !B images, value: !B images }', []],
    ['channels first', 'toArray: { channels: first }', []],
  ] as const) {
    it(`images ${what}`, () => {
      const train = actions === '' ? right : `${actions}\n      - ${right}`
      expect(errorsOf(train).map(({ code }) => code)).to.deep.equal(expected)
    })
  }

  it('labels in place of images, and images in place of labels', () => {
    const [error] = errorsOf('trainModel: { name: net, feed: { pictures: !B labels, digits: !B images } }')
    expect([error?.code, error?.details]).to.deep.equal([
      'feed-shape',
      { model: 'net', input: 'pictures', seen: '[batch]', expected: '[batch, 28, 28, 1]' },
    ])
    expect(errorsOf('trainModel: { name: net, feed: { pictures: !B images, digits: !B images } }').map(({ code }) => code)).to.deep.equal([
      'feed-shape',
    ])
  })

  it('names of metrics that are asked for', () => {
    const metrics = (names: string) => `print: { values: [{ '()': [{ '.': [!V v, evaluate] }, ${names}] }] }`
    for (const names of ['accuracy', 'f1_score', '[precision, rmse]', 'loss'])
      expect(errorsOf(right, metrics(names)), names).to.deep.equal([])
    for (const names of ['acuracy', '[precision, reccall]']) {
      expect(
        errorsOf(right, metrics(names)).map(({ code }) => code),
        names,
      ).to.deep.equal(['unknown-name'])
    }
  })
})
