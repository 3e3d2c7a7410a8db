import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ts } from '@ts-morph/common'
import { expect } from 'chai'
import { main } from '../../bench/command-line.js'
import { readExperiment, registry } from '../../src/experiment.js'
import { printedBy } from '../support/printed.js'
import { read, root } from './sources.js'

/** The run that the README's figures are of; `npx tsx bench/record-run.ts RUN_DIR` keeps another. */
const keptRun = 'bench/results/2026-11-25-se-comparison.json'

const readme = read('README.md')
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text]) => text!)

/** Runs a program beside the built package, as a user's own file that is compiled would be, and returns what it prints. */
async function runAsItStands(program: string): Promise<string> {
  const folder = mkdtempSync(join(root, 'dist', 'readme-'))
  try {
    const file = join(folder, 'example.mjs')
    const { ESNext: module } = ts.ModuleKind
    writeFileSync(file, ts.transpileModule(program, { compilerOptions: { module, target: ts.ScriptTarget.ES2022 } }).outputText)
    return (await promisify(execFile)(process.execPath, [file], { cwd: root })).stdout
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('house: README', () => {
  it('its TypeScript runs as it stands', async () => {
    const [fluent, charted, composed, inHand, made, own, masks, zoo, inParts, compiled] = await Promise.all(blocks('ts').map(runAsItStands))
    const [first, last] = fluent!.split('\n')[0]!.split(' ').map(Number)
    expect(last).to.be.below(0.7 * first!)
    expect(fluent).to.match(/Trainable params/)
    expect(charted).to.equal('done\n')
    expect(composed!.trim().split('\n')).to.deep.equal(['0 2', '1 2', '2 2'])
    expect(inHand!.trim().split('\n')).to.deep.equal(['b,a 2,6,6,1', '14'])
    expect(made).to.equal('4 1,16,16\n')
    expect(Number(own)).to.be.above(0.95)
    expect(Number(masks)).to.be.above(0.95)
    const counts = zoo!.trim().split('\n').map(Number)
    expect(counts).to.have.length(4)
    for (const count of counts) expect(count).to.be.above(100_000)
    const [begun, ended] = inParts!
      .trim()
      .split('\n')
      .map(line => line.split(' ').map(Number))
    expect([begun![1], begun![3]! > 0, ended![3]]).to.deep.equal([0, true, 0])
    expect(ended![0]).to.be.below(begun![0]!)
    expect(ended![1]).to.be.closeTo((0.01 * (1 + Math.cos((Math.PI * 11) / 30))) / 2, 1e-9)
    expect(Number(compiled!.match(/Tensor\s+([\d.]+)/)?.[1])).to.be.closeTo(3, 0.2)
  })

  it('its YAML has no mistake, and says what its TypeScript says', () => {
    const specs = blocks('yaml').map(text => {
      const { spec, errors } = readExperiment(text, { file: 'README.md', registry, env: {} })
      expect(errors.map(({ message }) => message)).to.deep.equal([])
      return spec!
    })
    expect(specs.map(({ name, pipelines }) => [name, Object.keys(pipelines)])).to.deep.equal([
      ['small', ['train', 'test']],
      ['variants', ['train']],
      ['reused', ['plainTrain', 'plainExam', 'seTrain', 'seExam']],
    ])
    const { initModel } = specs[1]!.pipelines.train!.actions[0] as any
    expect(initModel.config).to.deep.include({ 'body/filters': [8], loss: 'ce' })
    expect(specs[1]!.pipelines.train!.actions[1]).to.deep.equal({ print: { values: [true, '${not a reference}'] } })
  })

  it('its table of speeds is that of the results kept in bench', async () => {
    const { stdout } = await printedBy(() => main(['table'], new AbortController().signal))
    const lines = stdout.split('\n').filter(line => line !== '')
    expect(lines.length).to.be.above(20)
    expect(lines.filter(line => !readme.includes(line))).to.deep.equal([])
  })

  it('its links and pictures exist', () => {
    const targets = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target!)
    expect(targets.filter(target => !existsSync(join(root, target)))).to.deep.equal([])
  })

  it('the figures it names are those of the run kept beside it', () => {
    const { parameters, lossMeanOfLast50, accuracy, timing, seconds, firstRoundSeconds, conclusion } = JSON.parse(read(keptRun))
    const row = (...cells: string[]) => `| ${cells.join(' | ')} |`
    const percent = (share: number) => `${(100 * share).toFixed(2)} %`
    const ms = (pipeline: string) => `${Math.round(timing[pipeline].medianMs)} ms`
    const { low, high } = conclusion.result.difference
    const figures = [
      row('trainable parameters', parameters.resnet.toLocaleString('en'), parameters.se.toLocaleString('en')),
      row('test loss, mean of the last 50 iterations', lossMeanOfLast50.resLoss.toFixed(4), lossMeanOfLast50.seLoss.toFixed(4)),
      row('accuracy on the whole test set', percent(accuracy.resnet), percent(accuracy.se)),
      row('a training step, median', ms('resTrain'), ms('seTrain')),
      row('a test, median', ms('resTest'), ms('seTest')),
      `−${Math.abs(low).toFixed(5)} to ${high.toFixed(5)}`,
      `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`,
      `is ${firstRoundSeconds.toFixed(1)} s`,
    ]
    expect(figures.filter(figure => !readme.includes(figure))).to.deep.equal([])
    expect(low < 0 && high > 0).to.equal(true)
  })
})
