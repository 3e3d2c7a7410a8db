/**
 * The first losses of `pipelines/se-comparison.yaml`, with smaller batches, equal the recorded ones to the last bit.
 *
 * Bits depend on the instruction set, on the number of threads (how sums are divided) and on the sizes of the processor's caches (how
 * matrices are blocked). The first two are pinned; where the processor or TensorFlow's version is another than the recorded one, losses
 * are compared to a few digits instead. `MILLRACE_UPDATE=1` records them anew: a change of bits needs a reason in the commit's message.
 */
import { existsSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { fileAt, startMillrace } from '../cli/millrace.js'
import { expectSnapshot, updating } from '../support/snapshot.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const pinned = {
  CUDA_VISIBLE_DEVICES: '-1',
  MILLRACE_TUNE: 'off',
  ONEDNN_MAX_CPU_ISA: 'AVX2',
  OMP_NUM_THREADS: '1',
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
}
const settings = {
  'run.iterations': 5,
  'run.batch.batchSize': 32,
  'run.after': '[]',
  'run.checkpoint': false,
  'report.charts': '[]',
}
const fixture = 'pipelines/fixtures/se-comparison-losses.json'

interface Recorded {
  readonly machine: Readonly<Record<string, unknown>>
  readonly losses: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>
}

describe('the losses of se-comparison', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())

  async function losses(engine: string) {
    const out = folders.in(engine)
    const set = Object.entries({ ...settings, 'configs.resnet.engine': engine }).flatMap(([key, value]) => ['--set', `${key}=${value}`])
    const file = fileAt('../../pipelines/se-comparison.yaml', import.meta.url)
    const { code, stderr } = await startMillrace(['run', file, ...set, '--out', out, '--quiet'], { env: pinned }).ended
    expect(code, stderr).to.equal(0)
    const { variables, machine, versions } = JSON.parse(readFileSync(`${out}/results.json`, 'utf8'))
    const bySeries = Object.entries(variables).map(([name, values]) => [name.slice(name.indexOf('.') + 1), values])
    return {
      losses: Object.fromEntries(bySeries),
      machine: { processor: machine.cpu, caches: cacheSizes(), tensorflow: versions.tensorflow },
    }
  }

  it('equal the recorded ones to the last bit, with both engines', async () => {
    const [graph, eager] = [await losses('graph'), await losses('eager')]
    const { machine } = graph
    const seen: Recorded = { machine, losses: { graph: graph.losses, eager: eager.losses } }
    if (updating) expectSnapshot(fixture, `${JSON.stringify(seen, null, 2)}\n`)
    const recorded: Recorded = JSON.parse(readFileSync(fileAt(`../${fixture}`, import.meta.url), 'utf8'))
    if (JSON.stringify(machine) === JSON.stringify(recorded.machine)) expect(seen.losses).to.deep.equal(recorded.losses)
    else expectClose(seen.losses, recorded.losses)
  })
})

/** Rounding grows with every step: other kernels differ by up to 1e-4 in the first loss and 1e-2 in the fifth. */
function expectClose(seen: Recorded['losses'], recorded: Recorded['losses']): void {
  for (const [engine, series] of Object.entries(recorded)) {
    for (const [name, losses] of Object.entries(series)) {
      expect(seen[engine]![name]).to.have.length(losses.length)
      for (const [i, loss] of losses.entries())
        expect(seen[engine]![name]![i], `${engine}, ${name} ${i}`).to.be.closeTo(loss, 2e-4 * 4 ** i)
    }
  }
}

/** Bytes of the caches of the first core, where the system reports them. */
function cacheSizes(): readonly string[] {
  const sizes = [0, 1, 2, 3].map(index => `/sys/devices/system/cpu/cpu0/cache/index${index}/size`)
  return sizes.filter(file => existsSync(file)).map(file => readFileSync(file, 'utf8').trim())
}
