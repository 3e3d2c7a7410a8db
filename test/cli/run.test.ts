import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect } from 'chai'
import type { ProfileRow } from '../../src/index.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { millraceHere, runHere } from './here.js'
import { fileAt, millrace, startMillrace } from './millrace.js'

const tiny = fileAt('../experiment/fixtures/tiny.yaml', import.meta.url)
const mistakes = fileAt('fixtures/five-mistakes.yaml', import.meta.url)

describe('millrace run', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())
  const resultsIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'))

  it('trains, reports and says so', async () => {
    const out = folders.in('tiny')
    const { code, stdout, stderr } = await millrace('run', tiny, '--out', out)
    expect(stderr).not.to.include('error')
    expect(code).to.equal(0)
    expect(stdout).to.match(/^Tiny: 4 of 4 rounds in [\d.]+ m?s\n/)
    expect(stdout).to.match(/loss +[\d.]+ \(mean of the last 4\)/)
    expect(stdout).to.match(/accuracy of net +[\d.]+ %/)
    expect(stdout).to.include(`report: ${join(out, 'report.html')}`)
    expect(stderr).to.include('round 4/4')
    expect(readdirSync(out).sort()).to.deep.equal(['checkpoints', 'config.yaml', 'metrics.ndjson', 'models', 'report.html', 'results.json'])
    expect(readdirSync(join(out, 'models'))).to.deep.equal(['net'])
    expect(existsSync(join(out, 'models/net/model.json'))).to.equal(true)
    const results = resultsIn(out)
    expect(results.variables['test.loss']).to.have.length(4)
    expect(results.accuracy.net).to.be.within(0, 1)
    expect(results.parameters.net).to.be.above(100)
    expect(results.versions.tensorflow).to.match(/^\d+\.\d+/)
  })

  it('its config.yaml says the same again: same losses to the last bit; another seed gives others', async () => {
    const first = folders.in('tiny')
    const again = folders.in('again')
    const other = folders.in('other')
    const ended = [
      await runHere(join(first, 'config.yaml'), { out: again }),
      await runHere(tiny, { out: other, set: ['seed=2'], quiet: true }),
    ]
    expect(ended.map(({ code }) => code)).to.deep.equal([0, 0])
    expect(ended[1]!.stderr, '--quiet').to.equal('')
    expect(resultsIn(again).variables).to.deep.equal(resultsIn(first).variables)
    expect(resultsIn(other).variables['test.loss']).not.to.deep.equal(resultsIn(first).variables['test.loss'])
    expect(resultsIn(other).seed).to.equal(2)
  })

  it('--profile says what each action cost, print writes its lines; with --json both keep out of the value', async () => {
    const file = folders.in('printing.yaml')
    const trained = '      - print: { values: [batch, !I ], label: train }\n      - trainModel'
    writeFileSync(file, readFileSync(tiny, 'utf8').replace('      - trainModel', trained))
    const { code, stdout, stderr } = await runHere(file, { out: folders.in('profiled'), profile: true, json: true })
    expect(code, stderr).to.equal(0)
    const { profile } = JSON.parse(stdout)
    expect(Object.keys(profile)).to.deep.equal(['train', 'test', 'exam'])
    expect(profile.train.map(({ name, calls }: ProfileRow) => [name, calls])).to.deep.equal([
      ['loading', 4],
      ['initModel', 5],
      ['normalize', 4],
      ['print', 4],
      ['trainModel', 4],
    ])
    expect(profile.train.at(-1).tensors).to.be.above(0)
    expect(stderr.match(/^train: batch \d$/gm)).to.deep.equal(['train: batch 1', 'train: batch 2', 'train: batch 3', 'train: batch 4'])
    expect(stderr).to.match(/\ntrain\n +calls +total ms.*\nloading +4 .*\n1 initModel +5 /)
  })

  it('report renders the same page again', async () => {
    const out = folders.in('again')
    const page = join(out, 'report.html')
    const written = readFileSync(page, 'utf8')
    rmSync(page)
    const { code, stdout } = await millraceHere('report', out)
    expect(code).to.equal(0)
    expect(stdout).to.equal(`report: ${page}\n`)
    expect(readFileSync(page, 'utf8')).to.equal(written)
    expect((await millraceHere('report', folders.in('nowhere'))).code).to.equal(1)
  })

  it('Ctrl-C stops after the batch under way and leaves the report of what there is', async () => {
    const out = folders.in('interrupted')
    const { child, ended } = startMillrace(['run', tiny, '--out', out, '--set', 'run.iterations=100000'])
    const metrics = join(out, 'metrics.ndjson')
    while (child.exitCode === null && !(existsSync(metrics) && readFileSync(metrics, 'utf8').split('\n').length > 3)) await setTimeout(50)
    child.kill('SIGINT')
    const { code, stdout, stderr } = await ended
    expect(stderr).to.include('stopping after this batch…')
    expect(code).to.equal(130)
    expect(stdout).to.match(/of 100000 rounds in .*, interrupted/)
    const results = resultsIn(out)
    expect(results.interrupted).to.equal(true)
    expect(results.variables['test.loss']).to.have.length(results.iterations.done)
    expect(existsSync(join(out, 'report.html'))).to.equal(true)
    expect(existsSync(join(out, 'models/net/model.json'))).to.equal(true)
  })

  it('a loss that is not a number ends the run with its step and batch, and keeps the results so far', async () => {
    const out = folders.in('nan')
    const { code, stderr, stdout } = await runHere(tiny, {
      out,
      json: true,
      set: ['configs.tiny.optimizer={name: Adam, learning_rate: 1e30}'],
    })
    expect(code).to.equal(2)
    expect(stderr).to.match(
      /^pipeline train, action 3 \(trainModel\), batch \d+\n.*tiny\.yaml:24:9 {2}error\[loss-not-finite\] .* at step \d+ /m,
    )
    const { ok, errors } = JSON.parse(stdout)
    expect(ok).to.equal(false)
    expect(errors[0]).to.nested.include({ code: 'loss-not-finite', 'location.pipeline': 'train' })
    const results = resultsIn(out)
    expect(results.error.code).to.equal('loss-not-finite')
    expect(results.iterations.done).to.equal(errors[0].location.batch - 1)
    expect(existsSync(join(out, 'report.html'))).to.equal(true)
  })

  describe('with wrong input it ends with 1 and writes nothing', () => {
    const wrong: Record<string, readonly [file: string, set: string[], message: RegExp]> = {
      'a file with mistakes': [mistakes, [], /5 errors/],
      'a batch larger than the dataset': [tiny, ['run.batch.batchSize=20000'], /pipeline test.*error\[batch-too-large\]/],
      'a wrong option of an open set': [tiny, ['datasets.mnist.folder=/not/there'], /error\[data-file-missing\]/],
    }
    for (const [what, [file, set, message]] of Object.entries(wrong)) {
      it(what, async () => {
        const out = folders.in(`wrong-${what}`)
        const { code, stdout, stderr } = await runHere(file, { out, set })
        expect(stderr).to.match(message)
        expect(stdout).to.equal('')
        expect(code).to.equal(1)
        expect(existsSync(out)).to.equal(false)
      })
    }

    it('a damaged MNIST file', async () => {
      const data = folders.in('mnist')
      mkdirSync(data)
      for (const name of ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte', 't10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'])
        writeFileSync(join(data, name), Buffer.from([0, 0, 8, 3, 0, 0, 0, 1]))
      const { code, stderr } = await runHere(tiny, { out: folders.in('damaged'), set: [`datasets.mnist.folder=${data}`] })
      expect(stderr).to.match(/error\[data-file-\w+\] /)
      expect(code).to.equal(1)
      expect(existsSync(folders.in('damaged'))).to.equal(false)
    })

    it('an output folder that cannot be written', async () => {
      const file = folders.in('file')
      writeFileSync(file, 'not a folder')
      const { code, stderr } = await runHere(tiny, { out: join(file, 'run') })
      expect(stderr).to.include('error[run-folder-not-writable]')
      expect(code).to.equal(1)
    })
  })

  it('labels outside the classes end the run with one clear error', async () => {
    const { code, stderr } = await runHere(tiny, { out: folders.in('labels'), set: ['configs.tiny.inputs.labels.classes=5'] })
    expect(stderr).to.match(/^pipeline train, action 3 \(trainModel\), batch 1\n.*error\[labels-outside-classes\]/m)
    expect(code).to.equal(2)
  })

  it('report of a results.json that says something else is one error', async () => {
    const folder = folders.in('not-a-run')
    mkdirSync(folder)
    writeFileSync(join(folder, 'config.yaml'), '')
    writeFileSync(join(folder, 'results.json'), JSON.stringify({ title: 'x', seed: 1, started: 'then', iterations: 5, charts: 3 }))
    const { code, stderr } = await millraceHere('report', folder)
    expect(code).to.equal(1)
    expect(stderr).to.match(/^error\[run-folder-not-readable\] .*results\.json cannot be read\n.*it has no name/)
    expect(stderr).not.to.include('    at ')
  })
})
