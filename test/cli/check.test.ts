import { mkdirSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { temporaryFolder } from '../support/temporary-folder.js'
import { millraceHere } from './here.js'
import { fileAt, millraceLoading } from './millrace.js'

const flagship = fileAt('../../pipelines/se-comparison.yaml', import.meta.url)
const mistakes = fileAt('fixtures/five-mistakes.yaml', import.meta.url)

describe('millrace check', () => {
  it('finds nothing wrong with the flagship, and loads no TensorFlow for that', async () => {
    const { code, stdout, stderr, tensorflow } = await millraceLoading('check', flagship)
    expect(stderr).to.equal('')
    expect(stdout).to.match(/se-comparison\.yaml: correct\n$/)
    expect(code).to.equal(0)
    expect(tensorflow).to.deep.equal([])
  })

  it('finds all five mistakes of a file at once, each with its line, column and caret', async () => {
    const { code, stdout, stderr } = await millraceHere('check', mistakes)
    expect(code).to.equal(1)
    expect(stdout).to.equal('')
    expect(
      stderr.match(/five-mistakes\.yaml:(\d+):(\d+) {2}error\[/g)?.map(location => location.replace(/^\D*(\d+:\d+).*$/, '$1')),
    ).to.deep.equal(['14:68', '15:9', '16:50', '21:31', '23:15'])
    expect(stderr.match(/\^+/g)).to.have.length(5)
    expect(stderr).to.include('Did you mean config?').and.include('Did you mean normalize?')
    expect(stderr).to.match(/5 errors\n$/)
  })

  it('tells a program the same', async () => {
    const { code, stdout } = await millraceHere('check', '--json', mistakes, flagship)
    expect(code).to.equal(1)
    const [wrong, right] = JSON.parse(stdout)
    expect(wrong).to.include({ file: mistakes, ok: false })
    expect(wrong.errors).to.have.length(5)
    expect(wrong.errors[1]).to.nested.include({ code: 'unknown-action', 'location.source.line': 15 })
    expect(right).to.deep.include({ ok: true, errors: [] })
  })

  it('a file that is not there, and a wrong override, are wrong input', async () => {
    const missing = await millraceHere('check', 'not-there.yaml')
    expect(missing.code).to.equal(1)
    expect(missing.stderr).to.match(/not-there\.yaml/)
    const override = await millraceHere('check', flagship, '--set', 'run.iteration=5')
    expect(override.code).to.equal(1)
    expect(override.stderr).to.include('iterations')
  })

  it('a fetch that its model does not have is found before anything is trained', async () => {
    const { code, stderr } = await millraceHere('check', flagship, '--set', 'pipelines.probe.actions.6.predictModel.fetches=head/gapp')
    expect(code).to.equal(1)
    expect(stderr).to.match(/^--set:1:\d+ {2}error\[unknown-fetch\] model resnet has no output head\/gapp to fetch/)
    expect(stderr).to.include('Did you mean head/gap?')
  })

  it('lists the code that a run loads, and takes what the command allows by name', async () => {
    const folders = temporaryFolder()
    const file = folders.in('project/code.yaml')
    mkdirSync(folders.in('project'))
    for (const name of ['project/inside.mjs', 'outside.mjs']) writeFileSync(folders.in(name), 'throw new Error("loaded")')
    const action = (module: string) => `{ applyParallel: { src: images, parallel: { module: ${module} } } }`
    const write = (module: string) =>
      writeFileSync(
        file,
        `datasets: { m: { openset: mnist } }\npipelines: { p: { dataset: m.test, actions: [${action(module)}] } }\nrun: { iterations: 1, batch: { batchSize: 2 } }\n`,
      )
    write('./inside.mjs')
    const checked = await millraceHere('check', '--json', file)
    const explained = await millraceHere('explain', '--json', file)
    const place = folders.in('project/inside.mjs')
    expect(checked.stderr).to.equal(`${file}: correct\n  runs code of ${place} (default), in p, action 1 (applyParallel)\n`)
    const code = [{ module: './inside.mjs', export: 'default', place, pipeline: 'p', action: { name: 'applyParallel', number: 1 } }]
    expect(JSON.parse(checked.stdout)[0].code).to.deep.equal(code)
    expect(JSON.parse(explained.stdout).code).to.deep.equal(code)
    write('../outside.mjs')
    const allowed = await millraceHere('check', file, '--allow-module', folders.in('outside.mjs'))
    expect([allowed.code, allowed.stderr]).to.deep.equal([0, ''])
    expect(allowed.stdout).to.include(`runs code of ${folders.in('outside.mjs')}`)
    folders.remove()
  })

  it('a file that is no text in UTF-8 is one error', async () => {
    const folders = temporaryFolder()
    const files = ['latin.yaml', 'utf16.yaml', 'binary.yaml'].map(name => folders.in(name))
    writeFileSync(files[0]!, Buffer.from('title: caf\u00e9\n', 'latin1'))
    writeFileSync(files[1]!, '\ufefftitle: x\n', 'utf16le')
    writeFileSync(files[2]!, Buffer.from([0, 1, 2, 3]))
    const { code, stderr } = await millraceHere('check', ...files)
    folders.remove()
    expect(code).to.equal(1)
    expect(stderr.match(/error\[.*/g)).to.have.length(3)
    expect(stderr.match(/seen: it is not UTF-8 text/g)).to.have.length(3)
  })
})
