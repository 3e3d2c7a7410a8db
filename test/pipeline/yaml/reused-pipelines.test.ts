/** Pipelines that several experiments reuse: templates, and what they read of the config of each pipeline that extends them. */
import { expect } from 'chai'
import { explainExperiment, readCheckedFile, registry } from '../../../src/experiment.js'

const base = `
datasets: { data: { openset: mnist } }
pipelines:
  train:
    template: true
    dataset: data.train
    config: { net: {} }
    actions:
      - normalize: { scale: 255 }
      - initModel: { mode: dynamic, name: net, config: !C net }
      - initVariable: { name: loss, initOnEachRun: [] }
      - trainModel: { name: net, feed: { images: !B images, labels: !B labels }, fetches: loss, saveTo: !V loss, mode: append }
  exam:
    template: true
    dataset: data.test
    config: { from: train }
    batch: { batchSize: 500, epochs: 1 }
    actions:
      - initVariable: { name: predicted }
      - importModel: { name: net, from: !C from }
      - predictModel: { name: net, fetches: labels, feed: { images: !B images }, saveTo: !V predicted }
      - initVariable: { name: metrics }
      - gatherMetrics: { kind: classification, targets: !B labels, predictions: !B labels, fmt: labels, saveTo: !V metrics, mode: update }
configs:
  small:
    model: ResNet
    inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10, transform: ohe, dtype: int32, name: targets } }
    initial_block: { inputs: images, layout: cna, filters: 16, kernel_size: 3, strides: 2 }
    body: { num_blocks: [2, 2, 2], filters: [16, 32, 64], block: { layout: cna cn, shortcut: cn, post_activation: relu } }
    head/layout: Vf
    loss: ce
    optimizer: Momentum
`

const written = `
extends: base.yaml
configs: { se: { extends: small, common/attention: se } }
pipelines:
  aTrain: { extends: train, config: { net: '\${configs.small}' } }
  bTrain: { extends: train, config: { net: '\${configs.se}' } }
  aExam: { extends: exam, config: { from: aTrain } }
  bExam: { extends: exam, config: { from: bTrain } }
run:
  iterations: 600
  batch: { batchSize: 128, shuffle: true, epochs: null }
  after:
    - { pipeline: aExam, batch: { batchSize: 500, epochs: 1 } }
    - { pipeline: bExam, batch: { batchSize: 500, epochs: 1 } }
`

/** Reads the two files, each with one text replaced. */
function read({ own = ['', ''], shared = ['', ''] }: { own?: readonly [string, string]; shared?: readonly [string, string] } = {}) {
  const texts: Readonly<Record<string, string>> = { 'compare.yaml': written.replace(...own), 'base.yaml': base.replace(...shared) }
  const textOf = (file: string) => texts[file.split('/').at(-1)!]!
  const { errors, spec } = readCheckedFile('compare.yaml', { registry, readFile: textOf })
  const told = errors.map(({ code, parts, location: { source } }) => ({
    code,
    what: parts.what,
    line: textOf(source!.file).split('\n')[source!.line - 1]!.trim(),
  }))
  return { told, spec }
}

describe('pipelines reused by config', () => {
  it('take turns where they are extended, and import the models that their config names', () => {
    const { told, spec } = read()
    expect(told).to.deep.equal([])
    expect(Object.keys(spec!.pipelines)).to.deep.equal(['aTrain', 'bTrain', 'aExam', 'bExam'])
    expect(spec!.run.turns).to.deep.equal(['aTrain', 'bTrain'])
    expect(spec!.pipelines.bExam!.config).to.deep.equal({ from: 'bTrain' })
    expect(explainExperiment(spec!, registry)).to.contain('built in aTrain, 174,970 trainable parameters')
  })

  it('make whole passes between rounds, by the batches that they inherit', () => {
    const after = written.slice(written.indexOf('  after:'))
    const every = `  every: [{ pipeline: aExam, rounds: 150 }, { pipeline: bExam, rounds: 200 }]
  record: [aExam.metrics.accuracy, bExam.metrics.f1_score]
report: { charts: [{ curves: { title: Accuracy, series: { a: aExam.metrics.accuracy } } }] }
`
    const { told, spec } = read({ own: [after, every] })
    expect(told).to.deep.equal([])
    expect(spec!.run.turns).to.deep.equal(['aTrain', 'bTrain'])
    const said = 'after every 150 rounds and the last, all of aExam: 500 items per batch, in order, 1 epoch'
    expect(explainExperiment(spec!, registry)).to.contain(said)
    for (const [name, line] of [
      ['aExam.metrics.accuracy,', 'record: [aExam.metrics.accurcy, bExam.metrics.f1_score]'],
      ['aExam.metrics.accuracy }', 'report: { charts: [{ curves: { title: Accuracy, series: { a: aExam.metrics.accurcy } } }] }'],
    ] as const) {
      const misspelt = every.replace(name, name.replace('accuracy', 'accurcy'))
      expect(read({ own: [after, misspelt] }).told).to.deep.equal([
        { code: 'unknown-name', what: 'there is no metric of classification in aExam.metrics called accurcy', line },
      ])
    }
    const endless = 'batch: { batchSize: 500, epochs: null }'
    expect(read({ own: [after, every], shared: ['batch: { batchSize: 500, epochs: 1 }', endless] }).told[0]).to.include({
      code: 'endless-after',
      line: 'every: [{ pipeline: aExam, rounds: 150 }, { pipeline: bExam, rounds: 200 }]',
    })
  })

  it('are templates only if they say so themselves', () => {
    const own = ['extends: exam, config: { from: aTrain }', 'extends: exam, template: true, config: { from: aTrain }'] as const
    const { told } = read({ own })
    expect(told.map(({ what }) => what)).to.deep.equal(['there is no pipeline called aExam'])
  })

  for (const [what, files, expected] of [
    [
      'a pipeline misspelt in the config',
      { own: ['from: aTrain', 'from: aTrian'] },
      { code: 'unknown-name', what: 'there is no pipeline called aTrian', line: 'aExam: { extends: exam, config: { from: aTrian } }' },
    ],
    [
      'a model that the pipeline of the config lacks',
      { shared: ['- initModel: { mode: dynamic, name: net,', '- initModel: { mode: dynamic, name: nett,'] },
      { code: 'not-initialised' },
    ],
    [
      'a path that the config lacks',
      { shared: ['from: !C from', 'from: !C form'] },
      {
        code: 'unknown-name',
        what: "there is no value in the pipeline's config called form",
        line: '- importModel: { name: net, from: !C form }',
      },
    ],
    [
      'a template by its name, which is no pipeline',
      { own: ['config: { from: aTrain }', 'config: {}'] },
      { code: 'unknown-name', what: 'there is no pipeline called train', line: 'config: { from: train }' },
    ],
    [
      'an output that the imported model lacks',
      { shared: ['fetches: labels,', 'fetches: lables,'] },
      { code: 'unknown-fetch', line: '- predictModel: { name: net, fetches: lables, feed: { images: !B images }, saveTo: !V predicted }' },
    ],
    [
      'a circle of imports',
      { own: ['from: aTrain', 'from: aExam'] },
      { code: 'import-cycle', line: 'aExam: { extends: exam, config: { from: aExam } }' },
    ],
    [
      'a misspelt key of a config',
      { own: ['common/attention: se', 'common/attenton: se'] },
      { code: 'config-problem', line: 'configs: { se: { extends: small, common/attenton: se } }' },
    ],
    [
      'a template that is neither true nor false',
      { shared: ['template: true', 'template: maybe'] },
      { code: 'wrong-type', line: 'template: maybe' },
    ],
  ] as const) {
    it(`are checked where they are extended: ${what}`, () => {
      const { told } = read(files)
      expect(told[0]).to.include(expected)
    })
  }
})
