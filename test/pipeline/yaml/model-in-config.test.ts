/** The class of a model in its config, and configs that pipelines read by `C`, as a file is checked. */
import { expect } from 'chai'
import { explainExperiment, readCheckedFile, registry } from '../../../src/experiment.js'

const inputs = 'inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10, name: targets } }'

/** A file whose pipeline reads its model's config by `C`, from a fragment. */
function read(initModel: string, { net = `model: ResNet18\n    ${inputs}`, more = '' } = {}) {
  const text = `
name: named
datasets: { mnist: { openset: mnist } }
configs:
  net:
    ${net}
pipelines:
  train:
    dataset: mnist.train
    config: { net: '\${configs.net}' }
    actions:
      - initVariable: { name: v }
      - initModel: ${initModel}
      - trainModel: { name: net, feed: { images: !B images, labels: !B labels }, fetches: loss, saveTo: !V v }
      ${more}
run: { iterations: 1, batch: { batchSize: 2 } }
`
  const { errors, notes, spec } = readCheckedFile('named.yaml', { registry, readFile: () => text })
  const lines = text.split('\n')
  const told = errors.map(error => ({
    code: error.code,
    text: error.parts.what,
    line: lines[(error.location.source?.line ?? 1) - 1]!.trim(),
  }))
  return { told, notes: notes.map(({ parts }) => parts.what), spec }
}

const seen = '{ mode: dynamic, name: net, config: !C net }'

describe('the class of a model in its config', () => {
  for (const [where, initModel] of [
    ['of the action', `{ mode: dynamic, name: net, config: { model: ResNet18, ${inputs} } }`],
    ['that C leads to', seen],
    ['beside the same modelClass', '{ mode: static, modelClass: ResNet18, name: net, config: !C net }'],
    ['of which C reads a part', `{ mode: dynamic, name: net, config: { model: ResNet18, inputs: !C net/inputs } }`],
  ] as const) {
    it(`is enough, ${where}`, () => expect(read(initModel).told).to.deep.equal([]))
  }

  it('is missing nowhere: a config that no one can read before the run may have it', () => {
    expect(
      read('{ mode: dynamic, name: net, config: !C elsewhere }', { more: '- update: { dst: !C elsewhere, value: !C net }' }).told,
    ).to.deep.equal([])
  })

  for (const [what, initModel, net, expected] of [
    ['no class', seen, inputs, { code: 'model-class-missing', line: `- initModel: ${seen}` }],
    [
      'two classes',
      '{ mode: dynamic, modelClass: ResNet34, name: net, config: !C net }',
      undefined,
      { code: 'model-classes-differ', line: 'model: ResNet18' },
    ],
    ['a misspelt class', seen, `model: ResNt18\n    ${inputs}`, { code: 'unknown-name', line: 'model: ResNt18' }],
    [
      'a misspelt key in the fragment',
      seen,
      `model: ResNet18\n    ${inputs}\n    bodi/filters: [8]`,
      { code: 'config-problem', line: 'bodi/filters: [8]' },
    ],
    [
      'a misspelt key below a path',
      seen,
      `model: ResNet18\n    ${inputs}\n    body/block:\n      se_blok: true`,
      { code: 'config-problem', line: 'se_blok: true' },
    ],
    [
      'a misspelt key where C reads a part',
      `{ mode: dynamic, name: net, config: { model: ResNet18, ${inputs}, body: !C net } }`,
      'num_blocks: [1]\n    filtrs: [8]',
      { code: 'config-problem', line: 'filtrs: [8]' },
    ],
  ] as const) {
    it(`is reported where it is written: ${what}`, () => {
      const { told } = read(initModel, { net })
      expect(told.map(({ code, line }) => ({ code, line }))).to.deep.equal([expected])
    })
  }

  it('has an old name', () => {
    const { told, notes } = read(seen, { net: `model_class: ResNet18\n    ${inputs}` })
    expect(told).to.deep.equal([])
    expect(notes).to.have.length(1)
    expect(notes[0]).to.include('model_class is the old name of model')
  })

  it('lets fetches be checked', () => {
    const more = '- predictModel: { name: net, feed: { images: !B images }, fetches: predictons, saveTo: !V v }'
    expect(read(seen, { more }).told.map(({ code }) => code)).to.deep.equal(['unknown-fetch'])
  })

  it('is explained, with its parameters', () => {
    const { spec } = read(seen)
    expect(explainExperiment(spec!, registry)).to.match(
      /net: ResNet18, dynamic, built in train, 11,\d{3},\d{3} trainable parameters\n {4}inputs: /,
    )
  })
})
