/** Configs whose inputs the first batch completes, as a file is checked. */
import { expect } from 'chai'
import { readCheckedFile, registry } from '../../../src/experiment.js'

interface File {
  readonly config: string
  readonly mode?: string
  readonly dataset?: string
  readonly between?: string
  readonly train?: string
}

function errorsOf({
  config,
  mode = 'dynamic',
  dataset = 'openset: mnist',
  between,
  train = 'feed: { images: !B images, labels: !B labels }',
}: File) {
  const text = `
name: open
datasets: { data: { ${dataset} } }
pipelines:
  train:
    dataset: data.train
    actions:
      - initVariable: { name: v }
      - initModel: { mode: ${mode}, modelClass: ResNet18, name: net, config: ${config} }
      ${between ? `- ${between}` : ''}
      ${train ? `- trainModel: { name: net, ${train}${train.includes('fetches') ? '' : ', fetches: loss'}, saveTo: !V v }` : ''}
run: { iterations: 1, batch: { batchSize: 2 } }
`
  const { errors } = readCheckedFile('open.yaml', { registry, readFile: () => text })
  return errors.map(({ code, parts }) => `${code}: ${parts.what}`)
}

const all = '{ loss: ce }'
const named = '{ inputs: { images: {}, labels: {} } }'

describe('a config that leaves its inputs open, in a file', () => {
  for (const [what, file] of [
    ['nothing is written', { config: all }],
    ['nothing but names is written', { config: named }],
    ['shapes are not certain', { config: named, between: 'crop: { shape: !P [20, 20] }' }],
    ['classes are known in the run only', { config: named, dataset: 'openset: files, path: { images: a.npy, labels: b.npy }' }],
    ['a value of the config is an expression', { config: '{ loss: !D classes }' }],
  ] as const) {
    it(`is right where ${what}`, () => expect(errorsOf(file)).to.deep.equal([]))
  }

  for (const [what, file, pattern] of [
    ['a misspelt key', { config: '{ bodi: {} }' }, /config-problem: there is no key bodi/],
    ['a layer that does not fit the shapes of the open set', { config: '{ initial_block/kernel_size: [7, 7, 7] }' }, /config-problem: /],
    [
      'a feed of a name that the config does not have',
      { config: '{ inputs: { pictures: { shape: [28, 28, 1] }, labels: {} } }' },
      /unknown-feed: /,
    ],
    [
      'a fetch that no layer has',
      { config: all, train: 'feed: { images: !B images, labels: !B labels }, fetches: los' },
      /unknown-fetch: /,
    ],
    ['a static model', { config: all, mode: 'static' }, /config-problem: a model needs inputs/],
    ['a model that its pipeline never feeds', { config: all, train: '' }, /config-problem: a model needs inputs/],
  ] as const) {
    it(`is reported with ${what}`, () => expect(errorsOf(file).join('\n')).to.match(pattern))
  }
})
