import { expect } from 'chai'
import { C, F, R, V } from '../../../src/index.js'
import { numbers } from '../../support/numbers.js'

describe('variables before the first run', () => {
  const described = () =>
    numbers(6)
      .p.setConfig({ start: 7 })
      .initVariable('n', { default: 0 })
      .initVariable('list', { default: [] })
      .initVariable('nothing')
      .initVariable('config', { default: C('start') })
      .initVariable('other', { default: V('n').add(1) })
      .initVariable('each', { initOnEachRun: 3 })
      .initVariable('made', { initOnEachRun: () => [1] })
      .update(V('n'), V('n').add(1))
      .update(V('list', { mode: 'append' }), V('n'))
      .update(V('each'), V('each').add(1))

  it('have their first values', () => {
    const p = described()
    const names = ['n', 'list', 'nothing', 'config', 'other', 'each', 'made'] as const
    expect(names.map(name => p.v(name))).to.deep.equal([0, [], null, 7, 1, 3, [1]])
  })

  const set = [
    ['a value replaces the first one', 'n', 10, undefined, 11],
    ['a list is added to', 'list', 5, 'append', [5, 1]],
    ['several values are added', 'list', [5, 6], 'extend', [5, 6, 1]],
    ['each run sets its own', 'each', 10, undefined, 4],
  ] as const
  for (const [what, name, value, mode, after] of set) {
    it(`can be set: ${what}`, async () => {
      const p = described()
      p.setVariable(name, value, mode && { mode })
      await p.nextBatch(2)
      expect(p.v(name)).to.deep.equal(after)
    })
  }

  it('are those of the description again after a reset, and can be set again', async () => {
    const p = described()
    await p.run(2)
    expect([p.v('n'), p.v('list')]).to.deep.equal([3, [1, 2, 3]])
    p.reset('variables')
    expect([p.v('n'), p.v('list')]).to.deep.equal([0, []])
    p.setVariable('n', 5)
    p.reset('iterator')
    await p.nextBatch(2)
    expect([p.v('n'), p.v('list')]).to.deep.equal([6, [6]])
    p.reset()
    expect(p.v('n')).to.equal(0)
  })

  it('looking does not change a run: what is drawn is drawn with its seed', async () => {
    const drawn = async (looks: boolean) => {
      const p = numbers(4).p.initVariable('drawn', { default: R('uniform', 0, 1) })
      if (looks) p.v('drawn')
      await p.nextBatch(2, { seed: 5 })
      return p.v('drawn')
    }
    expect(await drawn(true)).to.equal(await drawn(false))
  })

  it('what is kept belongs to this pipeline alone', () => {
    const list: number[] = []
    const p = numbers(4).p.initVariable('list', { default: list })
    const q = p.update(V('list', { mode: 'append' }), 1)
    p.setVariable('list', 9, { mode: 'append' })
    expect([p.v('list'), q.v('list'), list]).to.deep.equal([[9], [], []])
  })

  it('are read by other pipelines and by the options of a run', async () => {
    const p = described()
    const q = numbers(4)
      .p.initVariable('read')
      .initVariable('size', { default: F(() => 3)() })
      .update(V('read'), V('n', { pipeline: p }))
    expect((await q.nextBatch({ batchSize: V('size') })).length).to.equal(3)
    expect(q.v('read')).to.equal(0)
  })

  it('of another name are refused', () => {
    for (const read of [() => described().v('m' as never), () => described().setVariable('m' as never, 1)])
      expect(read).to.throw(/no variable called m\. Allowed: n, list/)
  })
})
