/** Actions on weights in a file: checked before the run, with a function of a module. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { writeNpy } from '../../src/dataset/index.js'
import { openExperiment, readCheckedFile, registry, runExperiment } from '../../src/experiment.js'
import { batch } from '../models/small.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()
const project = folder.in('project')

function write(actions: string, after = ''): string {
  const data = `{ openset: files, path: { images: ${project}/images.npy, labels: ${project}/labels.npy } }`
  const text = `
name: weights
datasets: { d: ${data} }
configs:
  net:
    inputs: { images: { shape: [8, 8, 1] }, labels: { classes: 3, name: targets } }
    initial_block/layout: fa
    initial_block/units: 4
    body: { num_blocks: [1], filters: [4], block/layout: na }
    head/layout: f
    loss: ce
    engine: eager
pipelines:
  train:
    dataset: d.train
    actions:
      - initVariable: { name: zeros }
      - initModel: { mode: static, modelClass: ResNet, name: net, config: '\${configs.net}' }
      - trainModel: { name: net, feed: { images: !B images, labels: !B labels } }
      ${actions}
  exam:
    dataset: d.train
    actions:
      - initVariable: { name: trained }
      - importModel: { name: net, from: train }
      - getWeights: { name: net, saveTo: !V trained }
      - print: { values: [] }
      ${after}
run: { iterations: 2, batch: { batchSize: 4, epochs: null }, record: [train.zeros.share], after: [{ pipeline: exam, batch: { batchSize: 4, iterations: 1 } }] }
`
  writeFileSync(`${project}/weights.yaml`, text)
  return `${project}/weights.yaml`
}

const zero = "- transformWeights: { name: net, match: '**/kernel', by: { zeroBelow: { '*': [!I current, 0.1] } }, saveTo: !V zeros }"
const read = (actions: string, after?: string) => readCheckedFile(write(actions, after), { registry })

describe('actions on weights in a file', () => {
  before(async () => {
    mkdirSync(project, { recursive: true })
    const { images, labels } = batch(8)
    await writeNpy(`${project}/images.npy`, images)
    await writeNpy(`${project}/labels.npy`, labels)
    const code = 'export const halve = values => values.cast("float32", 0.5)\n'
    writeFileSync(`${project}/halve.mjs`, code)
  })
  after(() => folder.remove())

  it('zero weights, record the share of zeros, and call a function of a module', async () => {
    const module = '- transformWeights: { name: net, match: head, by: { module: ./halve.mjs, export: halve }, saveTo: !V trained }'
    const { spec, errors, modules, sources } = read(zero, module)
    expect(errors).to.deep.equal([])
    expect(modules.loaded.map(({ export: name, action }) => [name, action.name])).to.deep.equal([['halve', 'transformWeights']])
    const results = await runExperiment(await openExperiment(spec!, registry, { modules, sources }), { out: folder.in('run') })
    const shares = results.variables['train.zeros.share'] as readonly number[]
    expect(shares).to.have.length(2)
    expect(shares[1]).to.be.above(shares[0]!)
  })

  for (const [what, actions, code, words] of [
    ['a pattern that matches no weight', "- getWeights: { name: net, match: '**/kernl', saveTo: !V zeros }", 'unknown-weight', '**/kernl'],
    ['two changes', '- transformWeights: { name: net, match: head, by: { round: 1, zeroBelow: 1 } }', 'keys-exclude', 'by'],
    ['no change', '- transformWeights: { name: net, match: head, by: {} }', 'wrong-type', 'by'],
    ['a misspelt change', '- transformWeights: { name: net, match: head, by: { zeroBelw: 1 } }', 'unknown-key', 'zeroBelw'],
    [
      'a module elsewhere',
      '- transformWeights: { name: net, match: head, by: { module: ../halve.mjs } }',
      'module-not-allowed',
      'halve.mjs',
    ],
    ['an unknown model', '- setWeights: { name: nte, weights: !V zeros }', 'not-initialised', 'nte'],
  ] as const) {
    it(`are refused with ${what}`, () => {
      const errors = read(`${zero}\n      ${actions}`).errors
      expect(
        errors.map(error => error.code),
        errors.map(({ message }) => message).join('\n'),
      ).to.deep.equal([code])
      expect(errors[0]!.message).to.include(words)
      expect(errors[0]!.location.source?.text?.trim()).to.equal(actions)
    })
  }
})
