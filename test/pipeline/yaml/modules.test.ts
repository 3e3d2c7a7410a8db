/** Code that a file names: which a run may load, and that `check` and `explain` say so. None is loaded before the run. */
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { writeNpy } from '../../../src/dataset/index.js'
import { describeModule, explainExperiment, openExperiment, registry, runExperiment } from '../../../src/experiment.js'
import { type ReadOptions, readExperimentFile } from '../../../src/pipeline/yaml/index.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { temporaryFolder } from '../../support/temporary-folder.js'

const folder = temporaryFolder()
const project = folder.in('project')
const loaded = folder.in('loaded')
const outside = folder.in('outside.mjs')

/** A file of one pipeline with these actions, in the project. */
function write(actions: string, { name = 'main.yaml', config = '{}', before = '' } = {}): string {
  const text = `${before}
name: main
datasets: { d: { openset: files, path: { images: ${folder.in('images.npy')} } } }
pipelines: { p: { dataset: d.train, config: ${config}, actions: [${actions}] } }
run: { iterations: 1, batch: { batchSize: 2 } }
`
  writeFileSync(`${project}/${name}`, text)
  return `${project}/${name}`
}

const apply = (module: string) => `{ applyParallel: { src: images, parallel: { module: ${module} } } }`
const read = (file: string, options: Partial<ReadOptions> = {}) => readExperimentFile(file, { registry, ...options })
const codes = (file: string, options: Partial<ReadOptions> = {}) => read(file, options).errors.map(({ code }) => code)

describe('modules that a file names', () => {
  before(async () => {
    mkdirSync(`${project}/parts`, { recursive: true })
    mkdirSync(folder.in('shared'))
    await writeNpy(folder.in('images.npy'), NdArray.zeros([4, 2, 2, 1]))
    const code = `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(loaded)}, ''); export default x => x\n`
    for (const file of [`${project}/same.mjs`, `${project}/parts/same.mjs`, folder.in('shared/same.mjs'), outside])
      writeFileSync(file, code)
    symlinkSync(outside, `${project}/link.mjs`)
    symlinkSync(folder.in('shared'), `${project}/linked`)
  })
  beforeEach(() => rmSync(loaded, { force: true }))
  after(() => folder.remove())

  describe('refused, with the place, and not loaded', () => {
    for (const [what, module, code] of [
      ['a data: URL', "'data:text/javascript,export default x => x'", 'module-not-allowed'],
      ['a module of Node', "'node:child_process'", 'module-not-allowed'],
      ['a URL of the web', "'https://example.org/x.mjs'", 'module-not-allowed'],
      ['a file: URL, even of a file below', `'file://${project}/same.mjs'`, 'module-not-allowed'],
      ['an absolute path, even of a file below', `${project}/same.mjs`, 'module-not-allowed'],
      ['a path that leaves the folder', '../outside.mjs', 'module-not-allowed'],
      ['a path with .. in it', 'parts/../../outside.mjs', 'module-not-allowed'],
      ['a link to a file outside', './link.mjs', 'module-not-allowed'],
      ['a file behind a link to a folder outside', './linked/same.mjs', 'module-not-allowed'],
      ['a package', 'piscina', 'module-missing'],
      ['a file that is not there', './nowhere.mjs', 'module-missing'],
      ['a folder', './parts', 'module-missing'],
      ['nothing but spaces', "' '", 'module-not-allowed'],
      ['a path with a zero byte', '"./same.mjs\\0"', 'module-not-allowed'],
      ['a value of the config', '!C code', 'module-computed'],
      ['a variable', '!V code', 'module-computed'],
      ['a choice', "!IF [true, './same.mjs', './same.mjs']", 'module-computed'],
    ] as const) {
      it(what, () => {
        const file = write(`{ initVariable: { name: code } }, ${apply(module)}`, { config: '{ code: ./same.mjs }' })
        const { errors, spec } = read(file)
        expect(errors.map(({ code }) => code)).to.deep.equal([code])
        expect(errors[0]!.location).to.deep.include({ pipeline: 'p', action: { number: 2, name: 'applyParallel' } })
        expect(errors[0]!.location.source).to.include({ file, line: 4 })
        expect(spec).to.equal(undefined)
        expect(existsSync(loaded)).to.equal(false)
      })
    }

    it('options that are computed as a whole, and none at all', () => {
      const parallel = '{ applyParallel: { src: images, parallel: !C code } }'
      expect(codes(write(parallel, { config: '{ code: { module: ./same.mjs } }' }))).to.deep.equal(['module-computed'])
      expect(codes(write('{ applyParallel: { src: images } }'))).to.deep.equal(['missing-key'])
    })

    it('inside blocks', () => {
      expect(codes(write(`{ repeat: { times: 2, actions: [${apply('../outside.mjs')}] } }`))).to.deep.equal(['module-not-allowed'])
    })

    it('whichever way the value comes', () => {
      const file = write(apply("'${env:CODE}'"))
      expect(codes(file, { env: { CODE: outside } })).to.deep.equal(['module-not-allowed'])
      expect(codes(write(apply("'${vars.code}'"), { before: `vars: { code: ${outside} }` }))).to.deep.equal(['module-not-allowed'])
      const override = `pipelines.p.actions.0.applyParallel.parallel.module=${outside}`
      expect(codes(write(apply('./same.mjs')), { overrides: [override] })).to.deep.equal(['module-not-allowed'])
    })
  })

  it('a module at or below the folder is listed, with its place and the action, and loaded by the run', async () => {
    const { spec, errors, modules } = read(write(apply('./parts/same.mjs')))
    expect(errors).to.deep.equal([])
    expect(modules.loaded).to.have.length(1)
    expect(modules.loaded[0]).to.include({
      module: './parts/same.mjs',
      export: 'default',
      place: `${project}/parts/same.mjs`,
      pipeline: 'p',
    })
    const told = describeModule(modules.loaded[0]!)
    expect(told).to.equal(`${project}/parts/same.mjs (default), in p, action 1 (applyParallel)`)
    expect(explainExperiment(spec!, registry, modules)).to.include(told)
    const { pipelines } = await openExperiment(spec!, registry, { modules })
    expect((await pipelines.p!.nextBatch(2)).length).to.equal(2)
  })

  it('in an extended file, paths start from that file, and its folder is the limit', () => {
    const fragment = (module: string) => `pipelines: { p: { dataset: d.train, actions: [${apply(module)}] } }\n`
    const of = (name: string, module: string) => {
      writeFileSync(`${project}/${name}`, fragment(module))
      const rest = `name: main\ndatasets: { d: { openset: files, path: { images: x.npy } } }\nrun: { iterations: 1, batch: { batchSize: 2 } }\n`
      writeFileSync(`${project}/main.yaml`, `extends: ${name}\n${rest}`)
      return read(`${project}/main.yaml`)
    }
    const below = of('parts/base.yaml', 'same.mjs')
    expect(below.modules.loaded[0]).to.include({ module: './parts/same.mjs', place: `${project}/parts/same.mjs` })
    expect(Object.values(below.spec!.pipelines.p!.actions[0]!)[0]).to.deep.include({ parallel: { module: './parts/same.mjs' } })
    const beside = of('../shared/base.yaml', './same.mjs')
    expect(beside.modules.loaded[0]).to.include({ module: '../shared/same.mjs', place: folder.in('shared/same.mjs') })
    expect(of('parts/base.yaml', '../same.mjs').errors.map(({ code }) => code)).to.deep.equal(['module-not-allowed'])
  })

  it('what the command line allows by name may lie anywhere; nothing else may', () => {
    for (const module of ['../outside.mjs', outside, './link.mjs']) {
      expect(codes(write(apply(module)), { allowModules: [outside] }), module).to.deep.equal([])
    }
    expect(codes(write(apply('../shared/same.mjs')), { allowModules: [outside] })).to.deep.equal(['module-not-allowed'])
    expect(codes(write(apply("'node:path'")), { allowModules: ['node:path'] })).to.deep.equal([])
  })

  it('an experiment loads nothing that its reader did not list', async () => {
    const { spec } = read(write(apply('./same.mjs')))
    const { pipelines } = await openExperiment(spec!, registry)
    const error = await pipelines.p!.nextBatch(2).catch(error => error)
    expect(error.code).to.equal('module-not-named')
    const computed = pipelines.p!.addAction('applyParallel', { src: 'images', parallel: { module: outside } })
    const later = await computed.nextBatch(2).catch((error: unknown) => error)
    expect((later as { code: string }).code).to.equal('module-not-named')
  })

  it('the config.yaml of a run loads what the run could load', async () => {
    const { spec, modules } = read(write(apply('./same.mjs')))
    const out = folder.in('run')
    await runExperiment(await openExperiment(spec!, registry, { modules }), { out })
    const again = read(`${out}/config.yaml`)
    expect(again.errors).to.deep.equal([])
    expect(again.modules.loaded[0]!.place).to.equal(`${project}/same.mjs`)
    expect(again.spec).to.deep.equal(spec)
    await runExperiment(await openExperiment(again.spec!, registry, { modules: again.modules }), { out: folder.in('again') })
    const changed = `pipelines.p.actions.0.applyParallel.parallel.module=../outside.mjs`
    expect(codes(`${out}/config.yaml`, { overrides: [changed] })).to.deep.equal(['module-not-allowed'])
    const plain = read(write('{ initVariable: { name: x } }'))
    await runExperiment(await openExperiment(plain.spec!, registry), { out })
    expect(existsSync(`${out}/modules.json`), 'of a later run in the folder, which loads nothing').to.equal(false)
  })
})
