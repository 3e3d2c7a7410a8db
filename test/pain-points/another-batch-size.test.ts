import { expect } from 'chai'
import { I, V } from '../../src/index.js'
import { list, seen } from '../pipeline/run/seen.js'
import { numbers } from '../support/numbers.js'
import { temporaryFolder } from '../support/temporary-folder.js'

type Take = (size: number) => Promise<readonly number[]>

/** The batches of these sizes; the end of the data is 'end'. */
async function taken(sizes: readonly number[], take: Take): Promise<unknown[]> {
  const batches: unknown[] = []
  for (const size of sizes) {
    batches.push(
      await take(size).catch(({ code }) => {
        expect(code).to.equal('end-of-data')
        return 'end'
      }),
    )
  }
  return batches
}

describe('each call of nextBatch may ask for another batch size', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())

  // The positions are those of BatchFlow's algorithm by hand: a batch starts where the last one ended, whatever its size.
  const cases = [
    { options: { epochs: 2 }, sizes: [3, 3, 4, 7, 7, 1], batches: [[0, 1, 2], [3, 4, 5], [6, 7, 8, 9], [0, 1, 2, 3, 4, 5, 6], [7, 8, 9], 'end'] },
    { options: {}, sizes: [4, 7, 10, 1], batches: [[0, 1, 2, 3], [4, 5, 6, 7, 8, 9, 0], [1, 2, 3, 4, 5, 6, 7, 8, 9, 0], [1]] },
    { options: { epochs: 1 }, sizes: [8, 4, 1], batches: [[0, 1, 2, 3, 4, 5, 6, 7], [8, 9], 'end'] },
    { options: { iterations: 3 }, sizes: [6, 6, 2, 1], batches: [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 0, 1], [2, 3], 'end'] },
    { options: { epochs: 2, dropLast: true }, sizes: [4, 4, 2, 8, 3, 1], batches: [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9], [0, 1, 2, 3, 4, 5, 6, 7], 'end', 'end'] },
    { options: { epochs: 2, tail: 'drop' }, sizes: [7, 4, 3, 3], batches: [[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3], [4, 5, 6], [7, 8, 9]] },
    { options: { tail: 'short' }, sizes: [7, 7, 7, 2, 5], batches: [[0, 1, 2, 3, 4, 5, 6], [7, 8, 9], [0, 1, 2, 3, 4, 5, 6], [7, 8], [9]] },
  ] as const // biome-ignore format: a table

  for (const { options, sizes, batches } of cases) {
    const name = `${JSON.stringify(options)}, ${sizes.join(', ')}`
    it(`of a dataset: ${name}`, async () => {
      const data = numbers(10)
      expect(await taken(sizes, async size => (await data.nextBatch(size, options)).indices as number[])).to.deep.equal(batches)
    })

    for (const prefetch of [0, 3]) {
      it(`of a pipeline, ${prefetch} prepared ahead: ${name}`, async () => {
        const p = numbers(10).p.scaleX({ by: 1 })
        expect(await taken(sizes, async size => list((await p.nextBatch(size, { ...options, prefetch })).x))).to.deep.equal(batches)
      })
    }
  }

  it('a shuffled order is the same whatever the sizes, and a call without a size takes the last one', async () => {
    const [one, other] = [numbers(10), numbers(10).p]
    const order = list((await one.nextBatch(10, { shuffle: 5 })).x)
    const pieces = [await other.nextBatch(2, { shuffle: 5 }), await other.nextBatch(3, { shuffle: 5 }), await other.nextBatch()]
    expect(pieces.map(({ length }) => length)).to.deep.equal([2, 3, 3])
    other.reset('iterator')
    const sizes = [2, 3, 5]
    const again = await taken(sizes, async size => list((await other.nextBatch(size, { shuffle: 5 })).x))
    expect(again.flat()).to.deep.equal(order)
  })

  it('calls that overlap are served in order', async () => {
    const p = numbers(10).p
    const batches = await Promise.all([3, 3, 4, 7].map(size => p.nextBatch(size).then(({ indices }) => [...indices])))
    expect(batches).to.deep.equal([[0, 1, 2], [3, 4, 5], [6, 7, 8, 9], [0, 1, 2, 3, 4, 5, 6]]) // biome-ignore format: one line
  })

  it('variables, the number of the batch and what a rebatch keeps go on', async () => {
    const p = seen(numbers(10).p)
      .initVariable('runs', { initOnEachRun: () => 0 })
      .before(p => p.update(V('runs'), V('runs').add(1)))
      .update(V('seen', { mode: 'append' }), I())
      .rebatch(3)
    const batches = await taken([2, 4, 4], async size => list((await p.nextBatch(size)).x))
    expect(batches).to.deep.equal([[0, 1, 2], [3, 4, 5], [6, 7, 8]]) // biome-ignore format: one line
    expect([p.v('seen'), p.v('runs')]).to.deep.equal([[1, 2, 3, 4], 1])
  })

  it('a size that the dataset cannot fill loses nothing', async () => {
    for (const it of [numbers(10), numbers(10).p]) {
      await it.nextBatch(3)
      await it.nextBatch(11).then(
        () => expect.fail(),
        ({ code }) => expect(code).to.equal('batch-too-large'),
      )
      expect((await it.nextBatch(2)).indices).to.deep.equal([3, 4])
    }
  })

  it('a saved state goes on with the last size, and takes another', async () => {
    const sizes = [4, 3, 2, 5]
    for (const options of [{ tail: 'drop' }, { shuffle: 3 }] as const) {
      const [whole, saved, resumed] = [numbers(10).p, numbers(10).p, numbers(10).p]
      const take = (p: typeof whole) => async (size: number) => list((await p.nextBatch(size, options)).x)
      const all = await taken(sizes, take(whole))
      expect(await taken(sizes.slice(0, 2), take(saved))).to.deep.equal(all.slice(0, 2))
      const folder = folders.in(JSON.stringify(options))
      await saved.saveState(folder)
      await resumed.restoreState(folder)
      expect(await taken(sizes.slice(2), take(resumed))).to.deep.equal(all.slice(2))
    }
  })
})
