import { expect } from 'chai'
import { renderErrors } from '../../../src/errors/index.js'
import { type ReadOptions, readExperiment } from '../../../src/pipeline/yaml/index.js'
import { registry } from '../../support/registry.js'
import { text } from './experiment.js'

const base = `datasets: {mnist: {openset: mnist}}
run: {iterations: 1, batch: {batchSize: 1}}
`

function read(yaml: string, options: Partial<ReadOptions> = {}) {
  const result = readExperiment(yaml, { registry, file: 'here/experiment.yaml', env: {}, ...options })
  expect(renderErrors(result.errors)).to.equal('')
  return result.spec!
}

function firstError(yaml: string, options: Partial<ReadOptions> = {}) {
  const { errors } = readExperiment(yaml, { registry, file: 'here/experiment.yaml', env: {}, ...options })
  expect(errors, renderErrors(errors)).to.have.length(1)
  const { code, parts, location } = errors[0]!
  return {
    code,
    help: parts.fix,
    at: `${location.source!.file}:${location.source!.line}:${location.source!.column}`,
    allowed: parts.allowed,
  }
}

const configOf = (yaml: string, options?: Partial<ReadOptions>) =>
  read(`${base}pipelines: {p: {dataset: mnist.train, config: '\${configs.x}', actions: []}}\n${yaml}`, options).pipelines.p!.config

describe('extends', () => {
  it('merges maps, replaces lists and values, and puts own keys last', () => {
    const config = configOf(`configs:
  a: {body: {filters: [1, 2], layout: cna}, loss: ce, depth: 1}
  x: {extends: a, depth: 2, body: {filters: [3]}}`)
    expect(config).to.deep.equal({ body: { filters: [3], layout: 'cna' }, loss: 'ce', depth: 2 })
    expect(Object.keys(config)).to.deep.equal(['loss', 'depth', 'body'])
  })

  it('takes several, later ones over earlier ones, and chains', () => {
    expect(configOf('configs: {a: {k: 1, l: 1}, b: {k: 2}, c: {extends: b, m: 3}, x: {extends: [a, c], n: 4}}')).to.deep.equal({
      k: 2,
      l: 1,
      m: 3,
      n: 4,
    })
  })

  it('pipelines too', () => {
    const { pipelines } = read(`${base}pipelines:
  p: {dataset: mnist.train, config: {a: 1}, actions: [{flip: {}}]}
  q: {extends: p, dataset: mnist.test, config: {b: 2}}`)
    expect(pipelines.q).to.deep.equal({ dataset: 'mnist.test', config: { a: 1, b: 2 }, actions: [{ flip: {} }] })
  })

  it('files, by their path from the file', () => {
    const read1: string[] = []
    const files: Record<string, string> = {
      '/there/here/base.yaml': 'extends: ../root.yaml\nseed: 5\nrun: {iterations: 7}',
      '/there/root.yaml': `${base}title: Root\nseed: 1`,
    }
    const { seed, title, run } = read('extends: ./base.yaml\nname: own\npipelines: {p: {dataset: mnist.train, actions: []}}', {
      file: '/there/here/experiment.yaml',
      readFile: file => {
        read1.push(file)
        return files[file]!
      },
    })
    expect({ seed, title, iterations: run.iterations, batch: run.batch }).to.deep.equal({
      seed: 5,
      title: 'Root',
      iterations: 7,
      batch: { batchSize: 1 },
    })
    expect(read1).to.deep.equal(['/there/here/base.yaml', '/there/root.yaml'])
  })

  it('an error in a base file is told there', () => {
    const readFile = () => `${base}sede: 1`
    const yaml = 'extends: base.yaml\npipelines: {p: {dataset: mnist.train, actions: []}}'
    expect(firstError(yaml, { readFile })).to.include({ code: 'unknown-key', at: 'here/base.yaml:3:1' })
  })

  it('files in a circle, and files that are not there', () => {
    const readFile = (file: string) => {
      if (file.endsWith('gone.yaml')) throw Object.assign(new Error('gone'), { code: 'ENOENT' })
      return `${base}extends: experiment.yaml\npipelines: {p: {dataset: mnist.train, actions: []}}`
    }
    expect(firstError('extends: base.yaml', { readFile }).code).to.equal('extends-cycle')
    // What is missing may have been in that file: nothing else is said to be.
    const bare = "extends: gone.yaml\nseed: '${vars.seed}'\npipelines: {p: {dataset: mnist.train}}"
    expect(firstError(bare, { readFile }).code).to.equal('file-not-readable')
    const broken = () => 'vars: {seed: 1'
    expect(firstError(bare, { readFile: broken }).code).to.equal('yaml-syntax')
    expect(firstError(`${base}extends: gone.yaml\npipelines: {p: {dataset: mnist.train, actions: []}}`, { readFile })).to.include({
      code: 'file-not-readable',
      at: 'here/experiment.yaml:3:10',
    })
  })
})

describe('references', () => {
  it('a whole value is copied with its type, inside a text it is written out', () => {
    expect(
      configOf(`vars: {n: 3, on: true, list: [1, {a: 2}], name: net}
configs: {x: {n: '\${vars.n}', on: '\${vars.on}', list: '\${vars.list}', item: '\${vars.list.1.a}', text: 'run \${vars.n} of \${vars.name}'}}`),
    ).to.deep.equal({ n: 3, on: true, list: [1, { a: 2 }], item: 2, text: 'run 3 of net' })
  })

  it('leads through other references', () => {
    expect(configOf("vars: {a: '${vars.b}', b: {c: '${vars.d}'}, d: 1}\nconfigs: {x: {y: '${vars.a.c}'}}")).to.deep.equal({ y: 1 })
  })

  it('$${…} stands for itself', () => {
    expect(configOf("configs: {x: {y: 'a $${vars.n} b', z: '$${w}'}}")).to.deep.equal({ y: 'a ${vars.n} b', z: '${w}' })
  })

  it('reads the environment: numbers are numbers, text inside text, defaults', () => {
    expect(
      configOf("configs: {x: {a: '${env:N}', b: 'v${env:N}', c: '${env:M:-7}', d: '${env:T}', e: '${env:M:-}'}}", {
        env: { N: '5', T: 'a: b' },
      }),
    ).to.deep.equal({ a: 5, b: 'v5', c: 7, d: 'a: b', e: '' })
  })

  it('a value in an inserted map is told where it is written, a scalar where it is used', () => {
    const yaml = (used: string) => `${base}configs:
  net: {depth: deep}
pipelines:
  p: {dataset: mnist.train, actions: [{initModel: {mode: static, modelClass: ResNet, name: n, config: '${used}'}}]}`
    expect(firstError(yaml('${configs.net}')).at).to.equal('here/experiment.yaml:4:9')
    expect(firstError(yaml('${configs.net.depth}')).at).to.equal('here/experiment.yaml:6:103')
  })
})

describe('--set', () => {
  it('replaces values, by keys and positions', () => {
    const spec = read(text, {
      overrides: ['run.iterations=5', 'pipelines.train.actions.0.normalize.scale=2', 'run.turns=[test]', 'title=a'],
    })
    expect(spec.run).to.deep.include({ iterations: 5, turns: ['test'] })
    expect(spec.pipelines.train!.actions[0]).to.deep.equal({ normalize: { scale: 2 } })
    expect(spec.title).to.equal('a')
  })

  it('takes flow maps, null, text, tags, and the last of two', () => {
    const spec = read(text, {
      overrides: [
        'run.batch={batchSize: 7}',
        'seed=1',
        'seed=2',
        'pipelines.train.config.lr=',
        'pipelines.test.actions.3.update.value=!B images',
      ],
    })
    expect(spec.run.batch).to.deep.equal({ batchSize: 7 })
    expect(spec.seed).to.equal(2)
    expect(spec.pipelines.train!.config.lr).to.equal(null)
    expect(spec.pipelines.test!.actions[3]).to.deep.nested.include({ 'update.value': { B: 'images' } })
  })

  it('reaches what inherits and what refers', () => {
    const config = (override: string) => (read(text, { overrides: [override] }).pipelines.train!.actions[2] as any).initModel.config
    expect(config('configs.resnet.loss=mse').loss).to.equal('mse')
    expect(config('configs.se.loss=mse').loss).to.equal('mse')
    expect(config('configs.se.inputs.images.shape.0=32').inputs.images.shape).to.deep.equal([32, 28, 1])
    expect(config('configs.se.body/block/se_block={ratio: 4}')['body/block/se_block']).to.deep.equal({ ratio: 4 })
    expect(config('pipelines.train.actions.2.initModel.config.loss=mse').loss).to.equal('mse')
    expect(config('configs.se.optimizer=SGD').optimizer).to.equal('SGD')
  })

  it('a path that leads nowhere is an error with a suggestion', () => {
    const at = (override: string) => firstError(text, { overrides: [override] })
    expect(at('run.iteratons=5')).to.deep.include({ code: 'unknown-key', help: 'Did you mean iterations?', at: '--set:1:5' })
    expect(at('rum.iterations=5')).to.include({ code: 'unknown-override', help: 'Did you mean run?', at: '--set:1:1' })
    expect(at('vars.siez=5')).to.include({ code: 'unknown-override', help: 'Did you mean size?', at: '--set:1:6' })
    expect(at('pipelines.trian.config.lr=5')).to.include({ code: 'unknown-override', help: 'Did you mean train?' })
    expect(at('pipelines.train.config.lrr=5')).to.include({ code: 'unknown-override', help: 'Did you mean lr?' })
    expect(at('run.turns.9=train')).to.include({ code: 'unknown-override', allowed: '0 … 1' })
    expect(at('run.iterations')).to.include({ code: 'unreadable-override' })
    expect(at('=5')).to.include({ code: 'unreadable-override' })
    expect(at('run.iterations=many')).to.include({ code: 'wrong-type', at: '--set:1:16' })
    expect(at('run.turns=[train')).to.include({ code: 'yaml-syntax' })
    expect(at('run.iterations=!Q 5')).to.include({ code: 'unknown-tag', at: '--set:1:16' })
    expect(at('configs.se.los=ce')).to.include({ code: 'config-problem', at: '--set:1:12' })
  })

  it('adds no name to a section of names, where nothing would notice a slip', () => {
    const at = (override: string) => firstError(text, { overrides: [override] })
    for (const [override, allowed] of [
      ['configs.ses={}', 'resnet, se'],
      ['datasets.mnists={openset: mnist}', 'mnist'],
      ['pipelines.trains={dataset: mnist.train, actions: []}', 'train, test'],
      ['vars.sizes=5', 'size, scale'],
    ] as const)
      expect(at(override), override).to.include({ code: 'unknown-override', allowed })
    expect(read(text, { overrides: ['run.checkpoint={every: 2}'] }).run).to.deep.include({ checkpoint: { every: 2 } })
  })
})
