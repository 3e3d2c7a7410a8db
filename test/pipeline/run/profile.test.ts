import { setImmediate } from 'node:timers/promises'
import { expect } from 'chai'
import { I, type ProfileRow, V } from '../../../src/index.js'
import { numbers } from '../../support/numbers.js'

const counts = (rows: readonly ProfileRow[]) => rows.map(({ number, name, calls }) => [number, name, calls])
const row = (rows: readonly ProfileRow[], name: string) => rows.find(row => row.name === name)!

describe('profile', () => {
  const { now } = performance
  let clock = 0
  /** Work that takes some milliseconds by the clock of these tests. */
  const spend = async (ms: number) => {
    await setImmediate()
    clock += ms
  }
  before(() => {
    performance.now = () => clock
  })
  after(() => {
    performance.now = now
  })

  it('counts what was done, by the numbers of the actions, those inside others too', async () => {
    const p = numbers(10)
      .p.before(q => q.call(() => undefined))
      .initVariable('n', { default: 0 })
      .if(
        I().mod(2).eq(0),
        q => q.scaleX({ by: 2 }).repeat(3, r => r.update(V('n'), 1)),
        q => q.addNoise(),
      )
      .after(q => q.update(V('n'), 2))
    await p.run(2, { profile: true })
    expect(counts(p.profile)).to.deep.equal([
      [null, 'loading', 5],
      ['before.1', 'call', 1],
      // Declared, and looked at when the run starts.
      [1, 'initVariable', 2],
      [2, 'if', 5],
      ['2.then.1', 'scaleX', 2],
      ['2.then.2', 'repeat', 2],
      ['2.then.2.1', 'update', 6],
      ['2.else.1', 'addNoise', 3],
      ['after.1', 'update', 1],
    ])
  })

  for (const prefetch of [0, 3]) {
    it(`measures what an action waits for, and adds up to the whole, with ${prefetch} batches ahead`, async () => {
      const p = numbers(8)
        .p.scaleX({ by: 2 })
        .call(() => spend(10))
      await p.run(2, { profile: true, prefetch })
      const { totalMs, meanMs, calls, share } = row(p.profile, 'call')
      expect([calls, totalMs, meanMs]).to.deep.equal([4, 40, 10])
      expect(share).to.equal(40 / p.profile.reduce((sum, { totalMs }) => sum + totalMs, 0))
      expect(p.profile.reduce((sum, { share }) => sum + share, 0)).to.be.closeTo(1, 1e-9)
    })
  }

  it('has what is inside an action in the time of that action', async () => {
    const p = numbers(4).p.repeat(2, q => q.call(() => spend(5)))
    await p.run(2, { profile: true })
    expect([row(p.profile, 'repeat').totalMs, row(p.profile, 'call').totalMs]).to.deep.equal([20, 20])
    expect(row(p.profile, 'loading').share + row(p.profile, 'repeat').share).to.be.closeTo(1, 1e-9)
  })

  it('is of the last run that asked, and empty where none did', async () => {
    const p = numbers(4).p.scaleX({ by: 2 })
    await p.run(2)
    expect([p.profile, p.profileTable().split('\n').length]).to.deep.equal([[], 1])
    await p.run(2, { profile: true })
    await p.run(1)
    expect(row(p.profile, 'scaleX').calls).to.equal(2)
    await p.run(1, { profile: true })
    expect(row(p.profile, 'scaleX').calls).to.equal(4)
  })

  it('goes along with nextBatch, from the call that asks', async () => {
    const p = numbers(8).p.scaleX({ by: 2 })
    await p.nextBatch(2)
    await p.nextBatch(2, { profile: true })
    await p.nextBatch(2, { profile: true })
    await p.nextBatch()
    expect(row(p.profile, 'scaleX').calls).to.equal(3)
  })

  it('has what failed, too', async () => {
    const p = numbers(4).p.call(() => {
      throw new Error('no')
    })
    await p.run(2, { profile: true }).catch(() => undefined)
    expect(row(p.profile, 'call').calls).to.equal(1)
  })

  it('is a table for people', async () => {
    const p = numbers(4).p.repeat(2, q => q.scaleX({ by: 1 }))
    await p.run(2, { profile: true })
    const lines = p.profileTable().split('\n')
    expect(lines[0]).to.match(/^ +calls +total ms +mean ms +share/)
    expect(lines.slice(1).map(line => /^( *[a-z0-9.]+(?: \w+)?) +\d+ +[\d.]+ +[\d.]+ +[\d.]+ %/.exec(line)?.[1])).to.deep.equal([
      'loading',
      '1 repeat',
      '  1.1 scaleX',
    ])
    expect(new Set(lines.map(({ length }) => length)).size, 'aligned').to.equal(1)
  })

  it('counts the tensors an action leaves, once TensorFlow is there', async () => {
    const p = numbers(4).p.scaleX({ by: 1 })
    const { loadTensorflow } = await import('../../../src/graph/tensorflow.js')
    const tf = await loadTensorflow()
    const kept: { dispose(): void }[] = []
    const leaking = p.call(() => kept.push(tf.tensor([1]), tf.tensor([2]))).call(() => tf.tidy(() => void tf.tensor([1])))
    await leaking.run(2, { profile: true })
    expect(leaking.profile.map(({ name, tensors }) => [name, tensors])).to.deep.equal([
      ['loading', 0],
      ['scaleX', 0],
      ['call', 4],
      ['call', 0],
    ])
    expect(leaking.profileTable()).to.include('tensors left')
    for (const tensor of kept) tensor.dispose()
  })
})
