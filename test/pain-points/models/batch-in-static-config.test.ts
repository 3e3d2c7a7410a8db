import { expect } from 'chai'
import { B, C, F, L, P, V } from '../../../src/index.js'
import { readExperiment } from '../../../src/pipeline/yaml/index.js'
import { Linear, type LinearModel } from '../../support/linear-model.js'
import { numbers } from '../../support/numbers.js'
import { registry } from '../../support/registry.js'

describe("a batch expression in a static model's config is refused before anything is built", () => {
  const configs: [string, Record<string, unknown>, string][] = [
    ['B', { size: B('x').attr('shape') }, 'B'],
    ['L, deep inside', { block: { sizes: [1, L('x')] } }, 'L'],
    ['P', { rates: P([1, 2]) }, 'P'],
    ['an argument of a function', { size: F(Math.max)(B('x').at(0), 1) }, 'B'],
  ]
  for (const [name, config, letter] of configs) {
    it(name, async () => {
      let built = 0
      const spy = { ...Linear, name: 'Spy', build: async () => ({ built: ++built }) as never }
      const error: Error = await numbers(4)
        .p.initModel('static', spy, 'line', { config })
        .run(2)
        .then(
          () => expect.fail('no error came'),
          reason => reason,
        )
      expect(error.message).to.match(new RegExp(`action 1 \\(initModel\\).*${letter} was evaluated where there is no batch.*dynamic`))
      expect(built).to.equal(0)
    })
  }

  it('one that the config of the pipeline brings in is refused when it is evaluated', async () => {
    const p = numbers(4)
      .p.setConfig({ size: B('x') })
      .initModel('static', Linear, 'line', { config: { size: C('size') } })
    const error = await p.run(2).catch((reason: Error) => reason)
    expect((error as Error).message).to.match(/B was evaluated where there is no batch/)
  })

  it('what is evaluated there is evaluated: config, variables of other pipelines', async () => {
    const other = numbers(4).p.named('other').initVariable('rate', { default: 0.5 })
    await other.start()
    const p = numbers(4)
      .p.setConfig({ rate: V('rate', { pipeline: other }).mul(2) })
      .initModel('static', { ...Linear, name: 'Spy', build: async config => ({ config }) as never }, 'line', {
        config: { rate: C('rate') },
      })
    await p.start()
    expect(p.m<LinearModel>('line').config).to.deep.equal({ rate: 1 })
  })

  it('a dynamic model may read the batch', async () => {
    const p = numbers(4).p.initModel('dynamic', { ...Linear, name: 'Spy', build: async config => ({ config }) as never }, 'line', {
      config: { size: B('x').attr('shape') },
    })
    await p.nextBatch(2)
    expect(p.m<LinearModel>('line').config).to.deep.equal({ size: [2] })
  })

  it('in a file it is told at its place', () => {
    const text = `
datasets:
  digits: { openset: digits }
pipelines:
  train:
    dataset: digits.train
    actions:
      - initModel: { mode: static, modelClass: LinearModel, name: net, config: { inputs: !B images } }
run: { iterations: 1, batch: { batchSize: 1 } }
`
    const { errors } = readExperiment(text, { registry })
    const found = errors.filter(({ code }) => code === 'no-batch')
    expect(found.map(({ location }) => [location.source!.line, location.source!.column])).to.deep.equal([[8, 93]])
  })
})
