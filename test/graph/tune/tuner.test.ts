import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Value } from '../../../src/graph/ir/graph.js'
import type { Builder } from '../../../src/graph/ir/rewrite.js'
import { loadTensorflow } from '../../../src/graph/tensorflow.js'
import { measure } from '../../../src/graph/tune/measure.js'
import { TuneCache } from '../../../src/graph/tune/tune-cache.js'
import { chooseWay, Tuner, type Way } from '../../../src/graph/tune/tuner.js'

describe('tuner', () => {
  let folder: string
  let tf: Awaited<ReturnType<typeof loadTensorflow>>
  const { MILLRACE_TUNE } = process.env
  before(async () => {
    tf = await loadTensorflow()
  })
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-tune-'))
    delete process.env.MILLRACE_TUNE
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
    if (MILLRACE_TUNE === undefined) delete process.env.MILLRACE_TUNE
    else process.env.MILLRACE_TUNE = MILLRACE_TUNE
  })

  const tried: string[] = []
  const way = (name: string, cost: number, ms: number): Way => ({
    name,
    cost,
    measure: () => {
      tried.push(name)
      return ms
    },
  })
  /** Its clock stands still: nothing that is measured takes any of the budget. */
  const tuner = (cache = new TuneCache('2.0', folder)) => new Tuner(cache, () => 0)
  const choose = (ways: readonly Way[]) => {
    tried.length = 0
    return chooseWay('a shape', ways, tf, tuner()).name
  }

  const cases: readonly { name: string; ways: readonly Way[]; chosen: string; tries: readonly string[] }[] = [
    { name: 'one way is taken untried', ways: [way('only', 5, 1)], chosen: 'only', tries: [] },
    { name: 'a way thought far better is taken untried', ways: [way('far', 20, 1), way('best', 5, 9)], chosen: 'best', tries: [] },
    {
      name: 'of close ones the faster is taken',
      ways: [way('close', 5.5, 1), way('best', 5, 9)],
      chosen: 'close',
      tries: ['best', 'close'],
    },
    {
      name: 'a gain too small to be sure of is none',
      ways: [way('close', 5.5, 8.7), way('best', 5, 9)],
      chosen: 'best',
      tries: ['best', 'close'],
    },
  ]
  for (const { name, ways, chosen, tries } of cases) {
    it(name, () => {
      expect(choose(ways)).to.equal(chosen)
      expect(tried).to.deep.equal(tries)
    })
  }

  it('what was measured once is not measured again, by this process or the next', () => {
    expect(choose([way('best', 5, 9), way('close', 5.5, 1)])).to.equal('close')
    expect(choose([way('best', 5, 1), way('close', 5.5, 9)])).to.equal('close')
    expect(tried).to.deep.equal([])
  })

  it('choices taken over come before those of the file, unless they are of another machine or made already', () => {
    const ways = [way('best', 5, 9), way('close', 5.5, 1)]
    const first = new TuneCache('2.0', folder)
    expect(chooseWay('a shape', ways, tf, tuner(first)).name).to.equal('close')
    const { machine } = first.used
    expect(first.used).to.deep.equal({ machine, choices: { 'a shape': 'close' } })
    const next = new TuneCache('2.0', folder)
    next.takeOver({ machine: 'another', choices: { 'a shape': 'best' } })
    expect(next.used.choices).to.deep.equal({})
    next.takeOver({ machine, choices: { 'a shape': 'best' } })
    next.takeOver({ machine, choices: { 'a shape': 'close' } })
    expect(chooseWay('a shape', ways, tf, tuner(next)).name).to.equal('best')
  })

  it('MILLRACE_TUNE=off goes by what is thought, whatever was measured', () => {
    expect(choose([way('best', 5, 9), way('close', 5.5, 1)])).to.equal('close')
    process.env.MILLRACE_TUNE = 'off'
    expect(choose([way('best', 5, 9), way('close', 5.5, 1)])).to.equal('best')
  })

  it('a damaged file, and one of other choices, counts as none', () => {
    const ways = [way('best', 5, 9), way('close', 5.5, 1)]
    choose(ways)
    const [file] = readdirSync(folder)
    for (const text of ['{ not JSON', '[]', 'null', '{"a shape": 7}', '{"a shape": "gone"}']) {
      writeFileSync(join(folder, file!), text)
      expect(choose(ways), text).to.equal('close')
    }
  })

  it('a folder that cannot be made is no error', () => {
    writeFileSync(join(folder, 'file'), '')
    const cache = new TuneCache('2.0', join(folder, 'file', 'below'))
    cache.set('key', 'choice')
    expect(cache.get('key')).to.equal('choice')
  })

  it('two processes that write keep each other’s choices', () => {
    const [one, two] = [new TuneCache('2.0', folder), new TuneCache('2.0', folder)]
    one.get('a')
    two.get('a')
    one.set('a', 'first')
    two.set('b', 'second')
    const third = new TuneCache('2.0', folder)
    expect([third.get('a'), third.get('b')]).to.deep.equal(['first', 'second'])
  })

  it('measures until 400 ms are spent; afterwards estimates decide, and are kept too', () => {
    let clock = 0
    const cache = new TuneCache('2.0', folder)
    const patient = new Tuner(cache, () => clock)
    const slow = (name: string, cost: number, ms: number): Way => ({
      ...way(name, cost, ms),
      measure: () => {
        clock += 199.9
        return ms
      },
    })
    const chosen = ['first', 'second', 'third'].map(key => chooseWay(key, [slow('best', 5, 9), slow('close', 5.5, 1)], tf, patient).name)
    expect(chosen).to.deep.equal(['close', 'close', 'best'])
    expect(clock).to.be.closeTo(4 * 199.9, 1e-9)
    expect(cache.used.choices).to.deep.equal({ first: 'close', second: 'close', third: 'best' })
  })

  it('measures the least of three runs of a piece of a graph, after one that uploads its operands and one to warm up', () => {
    const x = { shape: [64, 64], dtype: 'float32' } as const
    const readings = [0, 0.5, 10, 11, 20, 29, 30, 37, 40, 48]
    const build = (b: Builder, [first, second]: readonly Value[]) =>
      b.value('MatMul', { T: { kind: 'type', value: 'float32' } }, [first!, second!])
    expect(measure(tf, [x, x], build, () => readings.shift()!)).to.equal(7)
    expect(readings).to.deep.equal([])
  })
})
