/** What an editor says about pipelines: the types and documentation it shows, and what it says of mistakes. */
import { expect } from 'chai'
import { ImagesBatch, Pipeline } from '../../src/index.js'
import { EditedProgram } from '../support/language-service.js'

const imports = `import { type AnyName, B, C, component, Dataset, defineBatch, ImagesBatch, Pipeline, type PipelineOf, PlainBatch, template, V } from '../../src/index.js'
import { experiment } from '../../src/experiment.js'
import { ResNet } from '../../src/models.js'
const p = new Dataset(10, ImagesBatch).p.initVariable('x')
`

describe('what an editor shows', function () {
  this.timeout(120_000)

  const batchActions = Object.keys(ImagesBatch.actions)
  const coreActions = [
    ...['initVariable', 'initVariables', 'update', 'initModel', 'importModel', 'trainModel', 'predictModel', 'gatherMetrics', 'call'],
    ...['getWeights', 'setWeights', 'transformWeights'],
    ...['print', 'if', 'repeat', 'sometimes', 'skipBatch', 'stopPipeline', 'rebatch', 'saveModel', 'loadModel', 'initLock', 'acquireLock'],
    ...['releaseLock', 'join', 'merge', 'before', 'after', 'setConfig', 'runLater', 'on', 'concat'],
  ]
  const program = new EditedProgram(`${imports}
const bare = new Dataset(10, ImagesBatch).p
const after = bare.normalize({ scale: 255 }).flip().rotate({ angle: 5 }).resize({ size: 8 }).toArray().dump({ dst: 'out', fmt: 'npy' })
const declared = bare.initVariable('n', { default: 0 }).initVariable('losses', { initOnEachRun: () => [] }).flip()
const augment = template(ImagesBatch).flip()
const saved = bare.predictModel('m', { fetches: 'predictions', feed: { images: B('images') }, saveTo: B('predictions') })
const numberOfN = declared.v('n')
const history = declared.v('losses')
const chosen = declared.v<number[]>('losses')
const model = declared.m('m')
${[...batchActions, ...coreActions].map(name => `p.${name}`).join('\n')}
`)

  for (const [name, type] of [
    ['bare', 'PipelineOf<ImagesBatchClass, never>'],
    ['after', 'PipelineOf<ImagesBatchClass, never>'],
    ['declared', 'PipelineOf<ImagesBatchClass, Variable<"n", number> | Variable<"losses", unknown[]>>'],
    ['augment', 'PipelineOf<ImagesBatchClass, AnyName | Used<"flip">>'],
    ['saved', 'PipelineOf<ImagesBatchClass, Saved<"predictions">>'],
    ['numberOfN', 'number'],
    ['history', 'unknown[]'],
    ['chosen', 'number[]'],
    ['model', 'Model'],
  ]) {
    it(`the type of ${name}, in a line`, () => expect(program.hover(name!).type).to.equal(`const ${name}: ${type}`))
  }

  it('over every action of images, where it is called: its documentation, its example, and the pipeline it returns', () => {
    for (const name of batchActions) {
      const { type, docs, example } = program.hover(`(?<=^p\\.|\\np\\.)${name}`)
      expect(type, name).to.match(new RegExp(`^\\(property\\) ${name}: .*=> PipelineOf<ImagesBatchClass, `, 's'))
      expect(docs, name).to.match(/\w{3,}.*\./s)
      expect(example, name).to.include(`.${name}(`)
    }
  })

  it('over every action of all pipelines: its documentation', () => {
    for (const name of coreActions) {
      const { type, docs } = program.hover(`(?<=\\np\\.)${name}`)
      expect(type, name).to.match(new RegExp(`^\\(method\\) Pipeline<ImagesBatchClass, .*${name}`, 's'))
      expect(docs, name).to.match(/\w{3,}.*\./s)
    }
    const methods = Object.getOwnPropertyNames(Pipeline.prototype)
    const hidden = ['constructor', 'addAction', 'named', 'setDataset']
    expect(methods.filter(name => !hidden.includes(name)).sort()).to.deep.equal([...coreActions].sort())
  })
})

/** The twenty mistakes of everyday use: a line, and what the compiler says of it. */
const mistakes: readonly (readonly [name: string, line: string, text: RegExp])[] = [
  ['the name of an action', 'p.normalise({ scale: 255 })', /'normalise' does not exist.*Did you mean 'normalize'/],
  ['a component', "p.trainModel('net', { feed: { images: B('imagez') } })", /"imagez".*Did you mean '"images"'/s],
  ['the name of an option', 'p.salt({ noise: 0.1 })', /'noise' does not exist.*Did you mean to write 'pNoise'/],
  ['the type of an option', "p.normalize({ scale: '255' })", /'string' is not assignable.*number/],
  ['a required option', "p.predictModel('net', { fetches: 'loss', feed: { images: B('images') } })", /Property 'saveTo' is missing/],
  ['a mode of saving', "p.update(V('x'), 1, { mode: 'add' })", /"add".*SaveMode/],
  ['a mode of a model', "p.initModel('lazy', ResNet, 'net', { config: {} })", /"lazy".*("dynamic" \| "static"|"static" \| "dynamic")/],
  ['an option of initModel', "p.initModel('dynamic', ResNet, 'net', { konfig: {} })", /'konfig' does not exist.*'config'/],
  ['a variable that is not declared', "p.update(V('nope'), 1)", /Variable<"nope", any>.*Variable<"x", unknown>/s],
  ['an operator of JavaScript', "B('images') / 255", /left-hand side of an arithmetic operation/],
  ['a batch where there is none', "p.initVariable('y', { default: B('images') })", /Expression<"images">.*BatchlessExpression/s],
  ['a component in arguments', "p.call((x: unknown) => x, { args: [B('imagez')] })", /"imagez".*Did you mean '"images"'/s],
  ['an option of run', 'p.run({ batchsize: 30 })', /'batchsize' does not exist.*GivenRunOptions/],
  ['a block that returns nothing', 'p.repeat(2, p => { p.flip() })', /'void' is not assignable to type 'AnyPipeline'/],
  [
    'a component in the body of an action',
    "defineBatch({ name: 'A', components: { points: component.array('') }, actions: { a: { summary: '', schema: {}, apply: batch => { batch.pointz } } } })",
    /'pointz' does not exist.*Did you mean 'points'/,
  ],
  ['an action that a batch class lacks', 'template(ImagesBatch).flip().on(new Dataset(10, PlainBatch))', /LacksActions<"flip">/],
  ['a probability', "p.sometimes('0.3', p => p.flip())", /'string' is not assignable.*number/],
  [
    'an option of gatherMetrics',
    "p.gatherMetrics('classification', { targets: B('labels'), predictions: V('x'), saveTo: V('x'), fomat: 'logits' })",
    /'fomat' does not exist.*Did you mean to write 'fmt'/,
  ],
  ['a component in short', "p.update(V('x'), B.imagez)", /'imagez' does not exist.*Did you mean 'images'/],
  ['an empty object as a first value', "p.initVariable('n', {})", /"\{ default: \{\} \}"/],
  ['a function as a first value', "p.initVariable('n', () => 0)", /"\{ initOnEachRun: \(\) => value \}"/],
  ['a batch in a first value', "p.initVariable('n', [B('images')])", /Expression<"images">.*BatchlessExpression/s],
  ['a component that addComponents does not add', "p.addComponents({ names: 'w' }).update(V('x'), B('v'))", /"v"/],
  ['a number in place of options of a call', 'p.call(() => 1, 5)', /'number' is not assignable.*object/s],
  ['no model class', "p.initModel('dynamic', {}, 'net')", /'\{\}' is not assignable to parameter of type 'ModelSource'/],
  [
    'a list in place of a model class',
    "p.initModel('dynamic', [], 'net')",
    /'never\[\]' is not assignable to parameter of type 'ModelSource'/,
  ],
  ['a component after several actions', "p.flip().flip().flip().update(V('x'), B('imagez'))", /"imagez".*Did you mean '"images"'/s],
]

describe('what the compiler says of mistakes', function () {
  this.timeout(120_000)
  const program = new EditedProgram(imports + mistakes.map(([, line]) => line).join('\n'))
  const first = imports.split('\n').length

  for (const [i, [name, , text]] of mistakes.entries()) {
    it(name, () => expect(program.errors().get(first + i)).to.match(text))
  }

  it('and nothing of what is right, of pipelines with names of their own where any pipeline is taken too', () => {
    expect([...program.errors().keys()]).to.deep.equal(mistakes.map((_, i) => first + i))
    const right = new EditedProgram(`${imports}
const augment = (pipeline: PipelineOf<typeof ImagesBatch>) => pipeline.flip().initVariable('y').update(V('y'), B('images'))
const kept = <N extends AnyName>(pipeline: PipelineOf<typeof ImagesBatch, N>) => pipeline.flip()
const train = p.initModel('dynamic', ResNet, 'm').predictModel('m', { fetches: 'proba', feed: { images: B('images') }, saveTo: B('proba') })
const all: PipelineOf<typeof ImagesBatch>[] = [p, new Dataset(10, ImagesBatch).p, augment(p)]
const any: Pipeline<any, any>[] = [...all, kept(train), template(ImagesBatch).flip(), template()]
new Dataset(10, ImagesBatch).p.importModel('m', train).concat(train)
experiment({ name: 'both', pipelines: { p, train }, run: { iterations: 1, batch: { batchSize: 2 } } })
p.predictModel('m', { fetches: 'predictions', feed: { images: B('images') }, saveTo: B('predictions') })
  .gatherMetrics('classification', { targets: B('labels'), predictions: B('predictions'), fmt: 'logits', axis: -1, saveTo: V('x') })
p.normalize({ scale: 255, dst: 'scaled' }).update(V('x'), B('scaled'))
p.addComponents({ names: 'w' }).addComponents({ names: ['u', 'v'], init: [[1], [2]] }).update(V('x'), [B('u'), B('v'), B('w')])
p.applyParallel({ src: 'images', dst: [['c1', 'c2']], fn: (x: unknown) => [x, x] }).update(V('x'), B('c2'))
new Dataset(4, PlainBatch).p.initVariable('x').update(V('x'), B('any name'))
p.initVariable('a', 5).initVariable('b', 'text').initVariable('c', []).initVariable('d', new Map([[1, 2]])).initVariable('e', null)
p.initVariable('f', new Float32Array(3)).initVariable('g', C('start')).initVariable('h', [0, C('start')]).update(V('f'), V('g'))
template(ImagesBatch).flip().update(V('elsewhere'), C('value')).on(new Dataset(3, ImagesBatch)).flip()
p.before(q => q.initVariable('early')).repeat(2, q => q.update(V('early'), 1).initVariable('inside')).update(V('inside'), V('early'))
p.concat(template(ImagesBatch).flip()).update(V('of the template'), B('images'))
`)
    expect([...right.errors().values()]).to.deep.equal([])
  })
})
