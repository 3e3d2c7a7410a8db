import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { ResNet18 } from '../../src/models.js'
import { millraceHere } from './here.js'
import { fileAt, millrace, millraceLoading } from './millrace.js'
import { loader, program } from './program.js'

describe('millrace', () => {
  it('lists its commands', async () => {
    const { code, stdout } = await millrace('--help')
    expect(code).to.equal(0)
    for (const command of ['run', 'check', 'explain', 'report', 'models', 'schema', 'doctor', 'setup'])
      expect(stdout).to.include(`  ${command} `)
  })

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync(fileAt('../../package.json', import.meta.url), 'utf8'))
    expect((await millrace('--version')).stdout).to.equal(`${version}\n`)
  })

  it('has a suggestion for a command or an option it does not know', async () => {
    const command = await millraceHere('chekc')
    expect(command.code).to.equal(1)
    expect(command.stderr).to.include('chekc').and.include('check')
    const option = await millraceHere('run', 'x.yaml', '--outt', 'y')
    expect(option.code).to.equal(1)
    expect(option.stderr).to.include('--out')
    expect((await millraceHere('models', 'ResNt18')).stderr).to.include('Did you mean ResNet18?')
  })

  it('without a command prints what there is, and that is wrong input', async () => {
    const { code, stderr } = await millraceHere()
    expect(code).to.equal(1)
    expect(stderr).to.include('Usage: millrace')
  })

  it('says so where the system lets it open too few files', async function () {
    // What compiles the sources of a program that is not built needs more.
    if (loader.length > 0) this.skip()
    const command = [process.execPath, ...program, 'check', fileAt('../../pipelines/se-comparison.yaml', import.meta.url)]
    for (const limit of [50, 80]) {
      const script = `ulimit -n ${limit}; exec ${command.map(word => `"${word}"`).join(' ')}`
      const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' })
      if (status === 0) continue
      expect(stdout).to.equal('')
      expect(stderr).to.match(/^error: too few files can be opened\n.*ulimit -n is \d+.*\n.*ulimit -n 1024/)
      expect(status).to.equal(2)
    }
  })

  it('survives a reader that goes away', async () => {
    const child = spawn(process.execPath, [...program, 'schema'], { stdio: ['ignore', 'pipe', 'pipe'] })
    let stderr = ''
    child.stderr.on('data', chunk => {
      stderr += chunk
    })
    child.stdout.destroy()
    const code = await new Promise(resolve => child.on('close', resolve))
    expect(stderr).to.equal('')
    expect(code).to.equal(0)
  })

  it('prints the committed schema', async () => {
    const committed = readFileSync(fileAt('../../schema/millrace.schema.json', import.meta.url), 'utf8')
    const { stdout, tensorflow } = await millraceLoading('schema')
    expect(stdout === committed, 'write it again: millrace schema > schema/millrace.schema.json').to.equal(true)
    expect(tensorflow).to.deep.equal([])
  })

  it('prints the graphs that a file is compiled to', async () => {
    const file = fileAt('../../pipelines/se-comparison.yaml', import.meta.url)
    const small = ['run.batch.batchSize=8', 'run.after=[]', 'configs.resnet.body/num_blocks=[1]', 'configs.resnet.body/filters=[8]']
    const { code, stdout } = await millraceHere('explain', file, '--graph', '--json', ...small.flatMap(value => ['--set', value]))
    expect(code).to.equal(0)
    const functions = JSON.parse(stdout) as { name: string; stages: { stage: string; nodes: number }[]; graph: string }[]
    const names = functions.map(({ name }) => name)
    expect(names).to.deep.equal(['resnet, training', 'resnet, prediction', 'se, training', 'se, prediction'])
    expect(functions[0]!.stages[0]!.stage).to.equal('recorded')
    expect(functions[0]!.graph).to.match(/update ResourceApplyAdam \[.*\]/)
    expect(functions[1]!.graph).not.to.include('update')
  })

  it('explains a file', async () => {
    const { code, stdout, tensorflow } = await millraceLoading('explain', fileAt('../../pipelines/se-comparison.yaml', import.meta.url))
    expect(code).to.equal(0)
    expect(stdout).to.include('  resTrain over mnist.train\n    1 initModel')
    expect(stdout).to.include('8,022,474 trainable parameters').and.include('8,722,874 trainable parameters')
    expect(stdout).to.include('500 rounds; in each, one batch of resTrain, then resTest, then seTrain, then seTest')
    expect(tensorflow).to.deep.equal([])
  })

  it('lists the models by family, and describes one', async () => {
    const all = await millraceHere('models')
    const keys = await millraceHere('models', 'SEResNet18', '--keys')
    const none = await millraceHere('models', '--keys')
    const json = await millraceHere('models', 'ResNet', '--json')
    const one = await millraceLoading('models', 'SEResNet18')
    expect(all.stdout).to.match(/^ResNet: \d+ models, [\d,]+ to [\d,]+ parameters, counted for 224 x 224 x 3, 1,000 classes$/m)
    expect(all.stdout).to.match(/^ {2}ResNet +needs body\/num_blocks +residual network/m)
    const counted = ResNet18.describe({ inputs: { images: { shape: [224, 224, 3] }, labels: { classes: 1000 } } }).countParameters()
    expect(all.stdout).to.match(new RegExp(`^ {2}ResNet18 +${counted.toLocaleString('en-US')} +18 layers`, 'm'))
    expect(one.stdout).to.match(
      /family SEResNet, [\d,]+ trainable parameters, counted for 224 x 224 x 3, 1,000 classes\n {2}initial_block +9,536\n/,
    )
    expect(one.stdout).to.match(/^ {2}body\/block\/attention +"se"$/m)
    expect(keys.stdout).to.match(/^body\/block\/attention +default "se" /m)
    expect(none.code).to.equal(1)
    expect(none.stderr).to.include('millrace models ResNet18 --keys')
    const { parameters, needs, input, keys: listed } = JSON.parse(json.stdout)
    expect({ parameters, needs, input }).to.deep.equal({ parameters: undefined, needs: ['body/num_blocks'], input: [224, 224, 3] })
    expect(listed).to.be.an('array').that.is.not.empty
    expect(one.tensorflow).to.deep.equal([])
  })
})
