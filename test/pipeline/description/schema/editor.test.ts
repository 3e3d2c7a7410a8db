import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { registry } from '../../../../src/experiment/registry.js'
import { assembleSchema } from '../../../../src/pipeline/description/schema/assemble-schema.js'
import { Editor } from '../../../support/editor.js'
import { readmeBlocks, readmeTags } from '../../../support/readme.js'

const withConfig = (...lines: readonly string[]) => `pipelines:
  train:
    dataset: mnist.train
    actions:
      - normalize: { scale: 255 }
      - initModel:
          mode: dynamic
          modelClass: SEResNet18
          name: net
          config:
${lines.map(line => `            ${line}`).join('\n')}
      - trainModel:
          name: net
          feed: { images: !B images, labels: !B labels }
run:
  iterations: 5
  batch: { batchSize: 3 }
report:
  charts:
    - curves: { title: Loss, series: { loss: train.loss }, yMax: 2 }
`

describe('a file in an editor', () => {
  const editor = new Editor(assembleSchema(registry), readmeTags())

  const hovers: readonly (readonly [word: string, text: string, ...config: string[]])[] = [
    ['loss', 'the loss', 'loss: ce'],
    ['num_blocks', 'blocks in each group', 'body: { num_blocks: [1] }'],
    ['body/num_blocks', 'blocks in each group', 'body/num_blocks: [1]'],
    ['se_block', 'squeeze and excitation; true: ratio 16', 'body: { block: { se_block: { ratio: 4 } } }'],
    ['ratio', 'channels divided by this are the hidden units', 'body: { block: { se_block: { ratio: 4 } } }'],
    ['shape', 'shape of one item', 'inputs: { images: { shape: 3 } }'],
    ['learningRate', 'the rate of its updates', 'optimizer: { name: Adam, learningRate: 0.1 }'],
    ['beta1', 'how much of the mean of gradients', 'optimizer: [Adam, { beta1: 0.8 }]'],
    ['decaySteps', 'the steps after which it has fallen', 'decay: { name: cosine, decaySteps: 5 }'],
    ['scale', 'what values are divided by', 'loss: ce'],
    ['iterations', 'rounds', 'loss: ce'],
    ['batchSize', 'items', 'loss: ce'],
    ['yMax', '', 'loss: ce'],
  ]
  for (const [word, text, ...config] of hovers) {
    it(`the text of ${word} is shown over it`, async () => {
      expect(await editor.hover(withConfig(...config), word))
        .to.contain(text)
        .and.match(/Millrace experiment\n\n\S/)
    })
  }

  const right = [
    ['loss: ce', 'optimizer: Adam'],
    ['loss: !C loss', 'optimizer: !C optimizer', 'body/num_blocks: !C [blocks, 2]'],
    ['inputs: { images: { shape: !B images }, labels: { classes: 10, name: targets } }'],
    ['optimizer: { name: SGD, learningRate: !C rate }', 'body/filters: [!C first, 4]'],
    ['loss: ${vars.loss}', 'body: ${configs.body}'],
    ['initial_block:', '  filters: 3', '  inputs: images', 'initial_block/layout: cna'],
  ]
  for (const config of right) {
    it(`nothing is underlined in ${config.join('; ')}`, async () =>
      expect(await editor.underlined(withConfig(...config))).to.deep.equal([]))
  }

  const wrong: readonly (readonly [underlined: string, ...config: string[]])[] = [
    ['losss', 'losss: ce'],
    ["'body/num_blokcs'", "'body/num_blokcs': [1]"],
    ['num_blokcs', 'body: { num_blokcs: [1] }'],
    ['Adm', 'optimizer: Adm'],
    ['learningRat', 'optimizer: { name: Adam, learningRat: 1 }'],
    ['cee', 'loss: cee'],
    ['cosin', 'decay: cosin'],
    ['0', 'body/num_blocks: [1, 0]'],
    ['shpe', 'inputs: { images: { shpe: 3 } }'],
  ]
  for (const [what, ...config] of wrong) {
    it(`${what} is underlined in ${config.join('; ')}`, async () =>
      expect(await editor.underlined(withConfig(...config))).to.deep.equal([what]))
  }

  it('keys are offered, nested and as paths, and names of optimizers and their options', async () => {
    expect(await editor.offered(withConfig('lo'), '  lo')).to.include.members(['loss', 'optimizer', 'body', 'body/block/se_block'])
    expect(await editor.offered(withConfig('body:', '  nu'), '  nu')).to.include.members([
      'num_blocks',
      'filters',
      'block',
      'block/se_block',
    ])
    expect(await editor.offered(withConfig('optimizer: A'), 'optimizer: A')).to.include.members(['Adam', 'SGD'])
    expect(await editor.offered(withConfig('optimizer:', '  name: Adam', '  be'), '  be')).to.include.members(['beta1', 'learningRate'])
  })

  const around = (changes: {
    top?: string
    data?: string
    actions?: readonly string[]
    run?: string
    charts?: string
  }) => `${changes.top ?? ''}
datasets: ${changes.data ?? '{ mnist: { openset: mnist } }'}
pipelines:
  p:
    dataset: mnist.train
    actions:
${(changes.actions ?? ['flip: {}']).map(action => `      - ${action}`).join('\n')}
run: ${changes.run ?? '{ iterations: 1, batch: { batchSize: 1 } }'}
report: ${changes.charts ?? '{ charts: [] }'}
`
  const references: readonly (readonly [what: string, text: string])[] = [
    ['the name', around({ top: "name: 'run-${vars.n}'" })],
    ['the seed', around({ top: "seed: '${env:SEED:-5}'" })],
    ['a reference inside a reference', around({ top: "seed: '${vars.s.${vars.n}}'" })],
    ['vars and configs', around({ top: "vars: '${env:X}'\nconfigs: { a: '${vars.a}', b: { extends: a } }" })],
    ['a dataset and its parts', around({ data: "{ a: { openset: files, path: '${vars.p}', train: '${vars.t}' }, b: '${vars.d}' }" })],
    ['images and their parts', around({ data: "{ a: { openset: images, path: '${vars.p}', train: '${vars.t}' } }" })],
    [
      'actions and their arguments',
      around({ actions: ["'${vars.a}'", "flip: '${vars.f}'", "flip: { mode: '${vars.m}', p: '${vars.p}' }"] }),
    ],
    ['blocks of actions', around({ actions: ["if: { condition: !V x, then: [ { flip: } ], else: '${vars.e}' }"] })],
    [
      'the config of a model',
      around({ actions: ["initModel: { mode: static, modelClass: ResNet, name: n, config: '${configs.${vars.w}}' }"] }),
    ],
    [
      'a run',
      around({ run: "{ iterations: '${vars.i}', turns: '${vars.t}', batch: '${vars.b}', after: ['${vars.a}'], checkpoint: '${vars.c}' }" }),
    ],
    [
      'charts',
      around({
        charts:
          "{ charts: ['${vars.r}', { curves: '${vars.c}' }, { curves: { title: '${vars.t}', series: '${vars.s}', from: '${vars.f}' } }] }",
      }),
    ],
  ]
  const spellings: readonly (readonly [what: string, text: string])[] = [
    ['actions without arguments', around({ actions: ['skipBatch:', 'flip:', 'stopPipeline:'] })],
    ['tagged lists and maps', around({ actions: ['rotate: { angle: !R [1, 2, 3] }', 'rotate: { angle: !P { R: uniform } }'] })],
    [
      'an overlay',
      `extends: base.yaml
run: { batch: { epochs: !delete , iterations: 5 } }
seed: !delete
pipelines: { p: { actions: { 0: { initModel: { config: { loss: mse } } }, 2: !delete } } }
configs: { a: { loss: !delete } }
`,
    ],
  ]
  for (const [what, text] of [...references, ...spellings]) {
    it(`nothing is underlined in ${what}${references.some(([one]) => one === what) ? ' that references stand for' : ''}`, async () =>
      expect(await editor.underlined(text)).to.deep.equal([]))
  }

  const packaged = readdirSync(new URL('../../../../pipelines', import.meta.url)).map(name => [
    name,
    readFileSync(new URL(`../../../../pipelines/${name}`, import.meta.url), 'utf8'),
  ])
  for (const [name, text] of [...packaged, ...readmeBlocks('yaml').map((text, i) => [`block ${i + 1} of the README`, text])]) {
    it(`nothing is underlined in ${name}, with the settings that the README names`, async () =>
      expect(await editor.underlined(text!)).to.deep.equal([]))
  }
})
