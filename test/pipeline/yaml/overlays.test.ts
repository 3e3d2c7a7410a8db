import { expect } from 'chai'
import { renderErrors } from '../../../src/errors/index.js'
import { registry } from '../../../src/experiment/registry.js'
import { readExperiment } from '../../../src/pipeline/yaml/index.js'
import { Config } from '../../../src/util/config.js'

const base = `datasets: { mnist: { openset: mnist } }
configs:
  net:
    inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10, name: targets } }
    input_block/inputs: images
    body: { filters: [8], num_blocks: [1] }
    body/filters: [16]
    optimizer: { name: Adam, learningRate: 0.1 }
    loss: ce
    microbatch_size: !C size
pipelines:
  p:
    dataset: mnist.train
    config: { size: 8, other: 8 }
    actions:
      - normalize: { scale: 255 }
      - initModel: { mode: dynamic, modelClass: ResNet, name: m, config: '\${configs.net}' }
      - flip:
run: { iterations: 1, batch: { batchSize: 1, epochs: null } }
`

const read = (overlay: string) =>
  readExperiment(`extends: base.yaml\n${overlay}`, { registry, file: 'over.yaml', readFile: () => base, env: {} })

function specOf(overlay: string) {
  const { spec, errors } = read(overlay)
  expect(renderErrors(errors)).to.equal('')
  return spec as any
}

const configOf = (overlay: string) => new Config(specOf(overlay).pipelines.p.actions[1].initModel.config).flatten()

describe('an overlay', () => {
  const spellings = ['body: { filters: [64] }', 'body/filters: [64]', 'body: { filters: [64] }, body/block/se_block: true']
  for (const own of spellings) {
    it(`{ ${own} } changes the key that the base spells in other ways`, () => {
      const config = configOf(`configs: { net: { ${own} } }`)
      expect(config).to.deep.include({ 'body/filters': [64], 'body/num_blocks': [1] })
    })
  }

  it('leaves what it does not mention: the later of two spellings in the base wins', () => {
    expect(configOf('configs: { net: { body: { block: { se_block: true } } } }')).to.deep.include({
      'body/filters': [16],
      'body/block/se_block': true,
    })
  })

  it('changes an old name by its new one, and the other way round', () => {
    const inputs = (config: Record<string, unknown>) => Object.entries(config).filter(([key]) => key.endsWith('_block/inputs'))
    for (const own of ['initial_block/inputs: [images]', 'initial_block: { inputs: [images] }', 'input_block/inputs: [images]']) {
      expect(
        inputs(configOf(`configs: { net: { ${own} } }`)).map(([, value]) => value),
        own,
      ).to.deep.equal([['images']])
    }
  })

  it('changes an option of an optimizer by its old name', () => {
    const rates = Object.entries(configOf('configs: { net: { optimizer: { learning_rate: 0.5 } } }')).filter(([key]) =>
      /learning/.test(key),
    )
    expect(rates.map(([, value]) => value)).to.deep.equal([0.5])
  })

  it('replaces an expression by another', () => {
    expect(configOf('configs: { net: { microbatch_size: !C other } }')).to.deep.include({ 'microbatch_size/C': 'other' })
    expect(configOf('configs: { net: { microbatch_size: 4 } }')).to.deep.include({ microbatch_size: 4 })
  })

  it('changes items of a list by their positions, and deletes them', () => {
    const { actions } = specOf('pipelines: { p: { actions: { 0: { normalize: { scale: 5 } }, 2: !delete } } }').pipelines.p
    expect(actions.map((action: object) => Object.keys(action)[0])).to.deep.equal(['normalize', 'initModel'])
    expect(actions[0]).to.deep.equal({ normalize: { scale: 5 } })
  })

  it('deletes keys with !delete, so that others may take their place', () => {
    expect(specOf('run: { batch: { epochs: !delete , iterations: 5 } }').run.batch).to.deep.equal({ batchSize: 1, iterations: 5 })
    expect(configOf('configs: { net: { optimizer: !delete } }')).to.not.have.any.keys('optimizer', 'optimizer/name')
    expect(configOf('configs: { net: { body/filters: !delete } }')).to.not.have.property('body/filters')
    expect(specOf('pipelines: { q: { extends: p, config: { other: !delete } } }').pipelines.q.config).to.deep.equal({ size: 8 })
  })

  const wrong: readonly (readonly [overlay: string, code: string, said: RegExp])[] = [
    ['pipelines: { p: { actions: { 7: { flip: } } } }', 'unknown-item', /the inherited list actions has no item 7\. Allowed: 0 … 2/],
    ['seed: !delete', 'nothing-to-delete', /seed is not inherited here/],
    ['run: { iterations: !delete 5 }', 'wrong-tag-value', /!delete alone/],
    ['pipelines: { p: { actions: { flip: } } }', 'wrong-type', /actions must be a list of actions/],
  ]
  for (const [overlay, code, said] of wrong) {
    it(`${overlay} is an error`, () => {
      const { errors } = read(overlay)
      expect(errors.map(error => error.code)).to.deep.equal([code])
      expect(errors[0]!.message).to.match(said)
    })
  }
})
