import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { component, Dataset, defineBatch, FilesIndex } from '../../../src/dataset/index.js'
import { writeManifest } from '../../../src/experiment/checkpoint/manifest.js'
import { versionsWarning } from '../../../src/experiment/checkpoint/resume.js'
import { experiment, type MillraceError, runExperiment } from '../../../src/experiment.js'
import { B, NdArray, V } from '../../../src/index.js'
import { Linear } from '../../support/linear-model.js'
import { temporaryFolder } from '../../support/temporary-folder.js'

const PairsBatch = defineBatch({ name: 'PairsBatch', components: { x: component.array('[n]'), y: component.array('[n]') }, actions: {} })

const column = (length: number, change: (i: number) => number = i => i) => Float32Array.from({ length }, (_, i) => change(i))
const pairs = (index: any, x: any = column(40), y: any = column(40)) =>
  new Dataset(index, PairsBatch, { name: 'pairs', preloaded: { x, y } as never })

/** A run of a pipeline over some data, and one over others at the end. */
function describeRun(data: any, exam = data) {
  const feed = { x: B('x'), y: B('y') }
  const train = data.p
    .initVariable('loss', { default: [] })
    .initModel('static', Linear, 'line', { config: { rate: 0.0001 } })
    .trainModel('line', { feed, fetches: 'loss', saveTo: V('loss'), mode: 'append' })
  return experiment({
    name: 'environment',
    seed: 1,
    pipelines: { train, exam: exam.p.initVariable('n', { default: 0 }) },
    run: {
      iterations: 4,
      batch: { batchSize: 4, epochs: null, shuffle: true },
      after: [{ pipeline: 'exam', batch: { batchSize: 4 } }],
      checkpoint: { every: 1, keep: 1 },
    },
  })
}

/** A run that was stopped after two rounds. */
async function stopped(out: string, described = describeRun(pairs(40))) {
  const onRound = ({ iteration }: { iteration: number }) => {
    if (iteration === 2) throw new Error('stopped here')
  }
  await runExperiment(described, { out, onRound }).then(
    () => expect.fail('it should have stopped'),
    () => undefined,
  )
}

async function resumed(out: string, described: ReturnType<typeof describeRun>): Promise<readonly MillraceError[]> {
  const warnings: MillraceError[] = []
  await runExperiment(described, { out, resume: true, onWarning: warning => warnings.push(warning) })
  return warnings
}

describe('a run that is resumed in another environment', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())
  let number = 0
  const nextFolder = () => folders.in(`${++number}`)

  const ids = Array.from({ length: 40 }, (_, i) => `item ${i}`)
  const data: Readonly<Record<string, readonly [before: () => any, now: () => any, said: RegExp | undefined]>> = {
    'the same data': [() => pairs(40), () => pairs(40), undefined],
    'the same data with ids of their own': [() => pairs(ids), () => pairs(ids), undefined],
    'other values': [
      () => pairs(40),
      () =>
        pairs(
          40,
          column(40, i => i + 1),
        ),
      /other values in x of dataset pairs/,
    ],
    'one other value': [
      () => pairs(40),
      () =>
        pairs(
          40,
          column(40, i => (i === 33 ? 0 : i)),
        ),
      /other values in x of dataset pairs/,
    ],
    'another element type': [
      () => pairs(40),
      () => pairs(40, Int32Array.from(column(40))),
      /x of dataset pairs: int32 \[\], before float32 \[\]/,
    ],
    'items of another shape': [
      () => pairs(40),
      () => pairs(40, NdArray.zeros([40, 1])),
      /x of dataset pairs: float32 \[1\], before float32 \[\]/,
    ],
    'other ids': [() => pairs(ids), () => pairs([...ids.slice(1), 'new']), /other ids in dataset pairs/],
    'ids in another order': [() => pairs(ids), () => pairs(ids.toReversed()), /other ids in dataset pairs/],
    'other numbers as ids': [() => pairs(40), () => pairs(Array.from({ length: 40 }, (_, i) => i + 1)), /other ids in dataset pairs/],
  }
  for (const [what, [before, now, said]] of Object.entries(data)) {
    it(`${said ? 'says' : 'says nothing of'} ${what}`, async () => {
      const out = nextFolder()
      await stopped(out, describeRun(before()))
      const warnings = await resumed(out, describeRun(now()))
      expect(warnings.map(({ code }) => code)).to.deep.equal(said ? ['resume-other-data'] : [])
      if (said) expect(warnings[0]!.message).to.match(said)
    })
  }

  it('says of values that changed in files, and of files of another size', async () => {
    const folder = folders.in('files')
    mkdirSync(folder)
    const open = async () => {
      const index = await FilesIndex.open('*.bin', { cwd: folder })
      return new Dataset(index, PairsBatch, { name: 'files', preloaded: { x: column(8), y: column(8) } as never })
    }
    for (let i = 0; i < 8; i++) writeFileSync(join(folder, `${i}.bin`), 'four')
    const out = nextFolder()
    await stopped(out, describeRun(await open()))
    cpSync(out, `${out}-renamed`, { recursive: true })
    writeFileSync(join(folder, '3.bin'), 'four and more')
    expect((await resumed(out, describeRun(await open())))[0]!.message).to.contain('files of other sizes in dataset files')
    writeFileSync(join(folder, '9.bin'), 'four')
    const error = await resumed(
      `${out}-renamed`,
      describeRun(
        await FilesIndex.open('*.bin', { cwd: folder }).then(
          index => new Dataset(index, PairsBatch, { name: 'files', preloaded: { x: column(9), y: column(9) } as never }),
        ),
      ),
    ).catch(error => error as MillraceError)
    expect((error as MillraceError).code).to.equal('resume-other-length')
  })

  for (const length of [39, 41]) {
    it(`refuses a dataset of ${length} instead of 40 items, and changes nothing`, async () => {
      const out = nextFolder()
      await stopped(out)
      const left = readdirSync(out, { recursive: true }).sort()
      const error = await resumed(out, describeRun(pairs(length, column(length), column(length)))).catch(error => error as MillraceError)
      expect((error as MillraceError).code).to.equal('resume-other-length')
      expect((error as MillraceError).message).to.contain(`items of dataset pairs: ${length}, before 40`)
      expect(readdirSync(out, { recursive: true }).sort()).to.deep.equal(left)
    })
  }

  it('only warns where another length changes no order: in a pipeline that starts after the rounds', async () => {
    const out = nextFolder()
    const exam = (length: number) =>
      new Dataset(length, PairsBatch, { name: 'exam', preloaded: { x: column(length), y: column(length) } as never })
    await stopped(out, describeRun(pairs(40), exam(8)))
    const [warning, ...others] = await resumed(out, describeRun(pairs(40), exam(12)))
    expect([warning!.code, others.length]).to.deep.equal(['resume-other-data', 0])
    expect(warning!.message).to.contain('items of dataset exam: 12, before 8')
  })

  const changes: Readonly<Record<string, readonly [change: (environment: any) => void, said: RegExp]>> = {
    'the number of threads': [environment => (environment.engine.threads = 77), /TensorFlow threads: \d+, before 77/],
    'the oneDNN switch': [
      environment => (environment.engine.variables = { TF_ENABLE_ONEDNN_OPTS: '0' }),
      /TF_ENABLE_ONEDNN_OPTS: not set, before 0/,
    ],
    'the tuner': [environment => (environment.engine.variables = { MILLRACE_TUNE: 'on' }), /MILLRACE_TUNE: .*, before on/],
    'the processor': [environment => (environment.cpu = 'Z80'), /processor: .+, before Z80/],
  }
  for (const [what, [change, said]] of Object.entries(changes)) {
    it(`says that it differs: ${what}`, async () => {
      // Once TensorFlow is loaded, nothing can be restored.
      await import('../../../src/graph/tensorflow.js').then(({ loadTensorflow }) => loadTensorflow())
      const out = nextFolder()
      await stopped(out)
      await editRun(out, run => change(run.environment))
      const [warning, ...others] = await resumed(out, describeRun(pairs(40)))
      expect([warning!.code, others.length]).to.deep.equal(['resume-other-machine', 0])
      expect(warning!.message).to.match(said)
    })
  }

  it('says that TensorFlow has another version, where both are known', () => {
    const versions = { millrace: '0.1.0', node: process.versions.node, tfjs: '4.22.0', tensorflow: '2.20.0' }
    const warning = versionsWarning({ versions }, { tensorflow: '2.21.0' })
    expect(warning!.message).to.contain('tensorflow 2.21.0, before 2.20.0')
    expect(versionsWarning({ versions })).to.equal(undefined)
  })

  it('a checkpoint of an earlier version, without these facts, is resumed', async () => {
    const out = nextFolder()
    await stopped(out)
    await editRun(out, run => {
      delete run.environment
    })
    expect(await resumed(out, describeRun(pairs(40)))).to.deep.equal([])
  })

  it('says that a model was compiled before and is not now, and the reverse', async () => {
    for (const [before, now] of [
      [true, 'Where: the shape depends on the data'],
      ['Where: the shape depends on the data', true],
    ] as const) {
      const modelOf = (compiled: unknown) => ({
        name: 'Linear',
        build: async (...args: Parameters<typeof Linear.build>) => Object.assign(await Linear.build(...args), { compiled }),
      })
      const described = (compiled: unknown) => {
        const train = pairs(40)
          .p.initModel('static', modelOf(compiled) as never, 'line')
          .trainModel('line', { feed: { x: B('x'), y: B('y') } })
        const run = { iterations: 4, batch: { batchSize: 4, epochs: null }, checkpoint: { every: 1 } }
        return experiment({ name: 'compiled', pipelines: { train }, run })
      }
      const out = nextFolder()
      await stopped(out, described(before) as never)
      const [warning, ...others] = await resumed(out, described(now) as never)
      expect([warning!.code, others.length]).to.deep.equal(['resume-other-engine', 0])
      const words = (how: unknown) => (how === true ? 'compiled' : 'operation by operation (Where: the shape depends on the data)')
      expect(warning!.message).to.contain(`model line: ${words(now)}, before ${words(before)}`)
    }
  })

  describe('in another process', () => {
    const program = `
      import { B, component, Dataset, defineBatch, NdArray, V } from 'millrace'
      import { experiment, runExperiment } from 'millrace/experiment'
      const [out, resume, stop] = process.argv.slice(1)
      const Batch = defineBatch({ name: 'Batch', components: { x: component.array('x'), y: component.array('y') }, actions: {} })
      const x = new NdArray(Float32Array.from({ length: 64 * 2048 }, (_, i) => Math.sin(i * i)), [64, 2048])
      const y = new NdArray(Float32Array.from({ length: 64 }, (_, i) => Math.sin(i)), [64, 1])
      const net = (_, tf) => tf.sequential({ layers: [tf.layers.dense({ units: 16, inputShape: [2048], activation: 'tanh' }), tf.layers.dropout({ rate: 0.2 }), tf.layers.dense({ units: 1 })] })
      const config = { loss: 'mse', optimizer: { name: 'Adam', learningRate: 0.01 } }
      const train = new Dataset(64, Batch, { name: 'd', preloaded: { x, y } }).p.initVariable('l', { default: [] })
        .initModel('dynamic', net, 'net', { config }).trainModel('net', { feed: { x: B('x'), labels: B('y') }, fetches: 'loss', saveTo: V('l'), mode: 'append' })
      const described = experiment({ name: 'threads', seed: 3, pipelines: { train }, run: { iterations: 5, batch: { batchSize: 32, epochs: null, shuffle: true }, record: ['train.l'], checkpoint: { every: 1 } } })
      const warnings = []
      const onRound = ({ iteration }) => { if (iteration === Number(stop)) throw new Error('stopped here') }
      const results = await runExperiment(described, { out, resume: resume === 'resume', onRound, onWarning: warning => warnings.push(warning.message) }).catch(error => { if (!stop) throw error })
      console.log(JSON.stringify({ losses: results?.variables, versions: results?.versions, threads: results?.machine.threads, warnings }))`
    const run = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
      const { TF_NUM_INTRAOP_THREADS: _, TF_ENABLE_ONEDNN_OPTS: __, ...inherited } = process.env
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, ...args], {
        env: { ...inherited, ...env },
      })
      return JSON.parse(stdout)
    }

    it('takes the threads and switches of the process before, so that it ends with the same bits; explicit ones are kept and said', async () => {
      const [whole, part] = [nextFolder(), nextFolder()]
      const env = { TF_NUM_INTRAOP_THREADS: '3', TF_ENABLE_ONEDNN_OPTS: '0' }
      // A step is compiled where the temporary folder is missing, too.
      const [uninterrupted] = await Promise.all([run([whole, ''], env), run([part, '', '3'], { ...env, TMPDIR: '/nonexistent' })])
      cpSync(part, `${part}-other`, { recursive: true })
      const kept = JSON.parse(readFileSync(join(part, 'checkpoints/00000003/run.json'), 'utf8'))
      expect(kept.versions.tensorflow).to.match(/^\d+\.\d+/)
      expect(kept.environment.engine).to.deep.include({ threads: 3 })
      expect(kept.environment.compiled).to.deep.equal({ net: true })
      await editRun(`${part}-other`, run => Object.assign(run.environment, { accelerator: 'a card' }))
      const explicit = { TF_NUM_INTRAOP_THREADS: '2', TF_ENABLE_ONEDNN_OPTS: '1' }
      const [restored, other] = await Promise.all([run([part, 'resume']), run([`${part}-other`, 'resume'], explicit)])
      expect(restored).to.deep.equal({ ...uninterrupted, threads: 3, warnings: [] })
      expect(other.threads).to.equal(2)
      expect(other.warnings.join()).to.match(/TensorFlow threads: 2, before 3; TF_ENABLE_ONEDNN_OPTS: 1, before 0/)
      expect(other.warnings.join()).to.match(/accelerator: .*, before a card/)
    })
  })

  /** Changes run.json of the checkpoint, whose manifest fits afterwards. */
  async function editRun(out: string, change: (run: any) => void) {
    const checkpoint = readdirSync(join(out, 'checkpoints')).at(-1)
    const folder = join(out, 'checkpoints', checkpoint!)
    const run = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))
    change(run)
    writeFileSync(join(folder, 'run.json'), JSON.stringify(run))
    rmSync(join(folder, 'checkpoint.json'))
    await writeManifest(folder)
  }
})
