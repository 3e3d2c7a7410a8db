import { expect } from 'chai'
import { dumpExperiment, readExperiment } from '../../../src/pipeline/yaml/index.js'
import { registry } from '../../support/registry.js'

const text = (actions: string) => `
datasets: { mnist: { openset: mnist } }
pipelines:
  test:
    dataset: mnist.test
    actions:
      - initVariable: { name: metrics }
${actions}
run: { iterations: 1, batch: { batchSize: 10 } }
`

const actionsOf = (actions: string) => {
  const { spec, errors } = readExperiment(text(actions), { registry })
  expect(errors.map(({ message }) => message)).to.deep.equal([])
  return spec!.pipelines.test!.actions.slice(1)
}

describe('gatherMetrics in a file', () => {
  it('takes the options of each kind', () => {
    const actions = `
      - gatherMetrics: { kind: classification, targets: !B labels, predictions: !B images, fmt: logits, numClasses: !D classes, axis: -1, threshold: 0.5, skipBg: true, labels: [a, b], saveTo: !V metrics, mode: update }
      - gatherMetrics: { kind: mask, targets: !B labels, predictions: !B images, axis: !C { C: axis, default: -1 }, saveTo: !V metrics }
      - gatherMetrics: { kind: instance, targets: !B labels, predictions: !B images, iot: 0.7, saveTo: !V metrics, mode: append }
      - gatherMetrics: { kind: regression, targets: !B labels, predictions: !B images, weights: !B labels, multi: true, saveTo: !V metrics }
      - gatherMetrics: { kind: loss, loss: 0.5, batchLen: !B size, saveTo: { V: metrics, mode: a } }
    `.replace('!C { C: axis, default: -1 }', '{ C: axis, default: -1 }')
    const [classification, mask, , , loss] = actionsOf(actions)
    expect(classification).to.deep.equal({
      gatherMetrics: {
        kind: 'classification',
        targets: { B: 'labels' },
        predictions: { B: 'images' },
        fmt: 'logits',
        numClasses: { D: 'classes' },
        axis: -1,
        threshold: 0.5,
        skipBg: true,
        labels: ['a', 'b'],
        saveTo: { V: 'metrics' },
        mode: 'update',
      },
    })
    expect(mask).to.deep.equal({
      gatherMetrics: { kind: 'mask', targets: { B: 'labels' }, predictions: { B: 'images' }, axis: { C: 'axis', default: -1 }, saveTo: { V: 'metrics' } },
    }) // biome-ignore format: one line
    expect(loss).to.deep.equal({ gatherMetrics: { kind: 'loss', loss: 0.5, batchLen: { B: 'size' }, saveTo: { V: 'metrics', mode: 'a' } } })
  })

  it('what it gathers is evaluated in a file too', () => {
    const [update] = actionsOf(
      "      - update: { dst: !V metrics, value: { '()': [{ '.': [!V metrics, evaluate] }, f1_score, { multiclass: micro }] } }",
    )
    const value = { '()': [{ '.': [{ V: 'metrics' }, 'evaluate'] }, 'f1_score', { multiclass: 'micro' }] }
    expect(update).to.deep.equal({ update: { dst: { V: 'metrics' }, value } })
  })

  it('is written as it was read', () => {
    const written = text('      - gatherMetrics: { kind: loss, loss: 0.5, saveTo: !V metrics, mode: update }')
    const { spec } = readExperiment(written, { file: 'm.yaml', registry })
    expect(readExperiment(dumpExperiment(spec!), { file: 'm.yaml', registry }).spec).to.deep.equal(spec)
  })
})
