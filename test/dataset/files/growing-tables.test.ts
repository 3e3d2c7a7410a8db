import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { component, Dataset, defineBatch, readCsv, readParquet } from '../../../src/dataset/index.js'
import { I, type Pipeline } from '../../../src/pipeline/index.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { rejectionOf } from '../error-of.js'

const Scores = defineBatch({
  name: 'Scores',
  components: { scores: component.array('numbers'), names: component.list<string>('names'), points: component.array('pairs') },
})
const LENGTH = 23
const ids = Array.from({ length: LENGTH }, (_, i) => `id ${i}`)
const data = new Dataset(ids, Scores, {
  preloaded: {
    scores: Float64Array.from({ length: LENGTH }, (_, i) => i / 8),
    names: ids.map((_, i) => `name ${i}, "quoted"`),
    points: NdArray.from(Array.from({ length: 2 * LENGTH }, (_, i) => i)).reshape([LENGTH, 2]),
  },
})

const formats = {
  csv: { components: ['scores', 'names'], read: readCsv },
  parquet: { components: ['scores', 'names', 'points'], read: readParquet },
} as const

describe('a table that dump writes', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())
  let made = 0

  for (const fmt of ['csv', 'parquet'] as const) {
    const { components, read } = formats[fmt]
    const place = () => folders.in(`${++made}.${fmt}`)
    const dumping = (dst: string): Pipeline<any> => data.p.dump({ dst, fmt, components })
    /** The positions of the rows, which must be whole. */
    const rowsIn = async (path: string): Promise<number[]> => {
      const table: any = await read(path)
      const rows = Array.from(table.scores.data as Float64Array, score => score * 8)
      expect(Object.keys(table)).to.deep.equal(['id', ...components])
      // A batch made from others has ids of its own.
      if (Array.isArray(table.id)) expect(table.id).to.deep.equal(rows.map(i => `id ${i}`))
      expect(table.names).to.deep.equal(rows.map(i => `name ${i}, "quoted"`))
      if (fmt === 'parquet') expect(table.points.toNested()).to.deep.equal(rows.map(i => [2 * i, 2 * i + 1]))
      return rows
    }
    const all = ids.map((_, i) => i)

    const ways: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
      run: path => dumping(path).run(5),
      'run with batches prepared ahead': path => dumping(path).run(5, { prefetch: 3 }),
      genBatch: async path => {
        for await (const _ of dumping(path).genBatch(5));
      },
      nextBatch: async path => {
        const p = dumping(path)
        for (let i = 0; i < 5; i++) await p.nextBatch(5, { epochs: 1 })
      },
      'a dump after rebatch': path => data.p.rebatch(4).dump({ dst: path, fmt, components }).run(6),
      'a dump in a block': path => data.p.if(true, p => p.dump({ dst: path, fmt, components })).run(5, { prefetch: 2 }),
      'a joined pipeline': path => data.p.join(dumping(path)).run(5),
      'two dumps of halves': path =>
        data.p
          .if(
            I().le(2),
            p => p.dump({ dst: path, fmt, components }),
            p => p.dump({ dst: path, fmt, components }),
          )
          .run(5),
    }
    for (const [what, way] of Object.entries(ways)) {
      it(`${fmt} has the rows of every batch, in order: ${what}`, async () => {
        const path = place()
        await way(path)
        expect(await rowsIn(path)).to.deep.equal(all)
      })
    }

    it(`${fmt}: the next run starts anew; so does nextBatch after a reset`, async () => {
      const path = place()
      const p = dumping(path)
      await p.run(5)
      await p.run(10, { iterations: 1 })
      expect(await rowsIn(path)).to.deep.equal(all.slice(0, 10))
      await p.nextBatch(3)
      await p.nextBatch()
      expect(await rowsIn(path)).to.deep.equal(all.slice(0, 6))
      p.reset('iterator')
      await p.nextBatch(4)
      expect(await rowsIn(path)).to.deep.equal(all.slice(0, 4))
    })

    it(`${fmt}: outside a run the table has the batch in hand`, async () => {
      const path = place()
      await dumping(path).run(5)
      await dumping(path).executeFor(['id 3', 'id 1'])
      expect(await rowsIn(path)).to.deep.equal([3, 1])
    })

    it(`${fmt}: a restored pipeline continues the table where its state was saved, whatever was written since`, async () => {
      const path = place()
      const state = folders.in(`state-${fmt}`)
      const killed = dumping(path)
      for (let i = 0; i < 2; i++) await killed.nextBatch(5, { epochs: 1, shuffle: 1 })
      await killed.saveState(state)
      await killed.nextBatch()
      appendFileSync(path, 'half a row')
      const resumed = dumping(path)
      await resumed.restoreState(state)
      for (let i = 0; i < 3; i++) await resumed.nextBatch()
      const again = place()
      await dumping(again).run(5, { shuffle: 1 })
      expect(await rowsIn(path)).to.deep.equal(await rowsIn(again))
      expect(readFileSync(path).equals(readFileSync(again))).to.equal(true)
    })

    const changes: Readonly<Record<string, (path: string) => void>> = {
      'is gone': path => rmSync(path),
      'was written by another program': path => writeFileSync(path, 'id,other\n1,2\n'),
      'was written by another pipeline': path => appendFileSync(path, 'more'),
    }
    for (const [what, change] of Object.entries(changes)) {
      it(`${fmt} that ${what} meanwhile is an error`, async () => {
        const path = place()
        const p = dumping(path)
        await p.nextBatch(5)
        change(path)
        const error = await rejectionOf(p.nextBatch())
        expect(error.code).to.equal('table-not-as-left')
        expect(error.message).to.include(path)
      })
    }

    it(`${fmt} with other columns in a later batch is an error, and the rows so far stay`, async () => {
      const path = place()
      const p = data.p.if(
        I().eq(1),
        p => p.dump({ dst: path, fmt, components }),
        p => p.dump({ dst: path, fmt, components: 'scores' }),
      )
      expect((await rejectionOf(p.run(5))).code).to.equal('table-columns')
      expect(await rowsIn(path)).to.deep.equal(all.slice(0, 5))
    })
  }

  it('a Parquet file grows by its rows: footers do not pile up', async () => {
    const path = folders.in('many.parquet')
    await data.p.dump({ dst: path, fmt: 'parquet', components: 'scores' }).run(1, { epochs: 5 })
    const other = folders.in('few.parquet')
    await data.p.dump({ dst: other, fmt: 'parquet', components: 'scores' }).run(LENGTH, { epochs: 1 })
    expect((await readParquet(path)).id).to.have.length(5 * LENGTH)
    expect(statSync(path).size / (5 * LENGTH)).to.be.below(500)
    expect(statSync(join(folders.path, 'few.parquet')).size).to.be.above(0)
  })
})
