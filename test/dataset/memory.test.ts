/** Data larger than memory, and walks without end: measured, not read off the code. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect } from 'chai'
import { component, Dataset, defineBatch, writeNpy, writeParquet } from '../../src/dataset/index.js'
import { NdArray } from '../../src/util/nd-array.js'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const Values = defineBatch({ name: 'Values', components: { values: component.array('numbers') } })
const MB = 2 ** 20

function keptBytes(): number {
  collect()
  collect()
  const { arrayBuffers, heapUsed } = process.memoryUsage()
  return arrayBuffers + heapUsed
}

describe('the memory of data', () => {
  it('250,000 batches of an endless walk over a billion ids: flat', async () => {
    const data = new Dataset(1e9)
    expect(keptBytes()).to.be.below(500 * MB)
    let before = 0
    let batches = 0
    for await (const batch of data.genBatch(4, { epochs: null })) {
      batches += batch.length / 4
      if (batches === 5_000) before = keptBytes()
      if (batches === 250_000) break
    }
    expect(keptBytes() - before).to.be.below(MB)
  })

  describe('in files', () => {
    let folder = ''
    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'millrace-memory-'))
      const rows = 200_000
      const values = new NdArray(
        Float32Array.from({ length: rows * 16 }, (_, i) => i % 1000),
        [rows, 16],
      )
      await writeNpy(join(folder, 'values.npy'), values)
      await writeParquet(join(folder, 'values.parquet'), { values: values.slice(0, 160_000).reshape([40_000, 64]) }, { rowGroupSize: 2000 })
    })
    after(() => rmSync(folder, { recursive: true }))

    for (const [what, files, bytes, shuffle, iterations] of [
      ['.npy, in order', { values: 'values.npy' }, 12.8e6, false, 20],
      ['.npy, shuffled', { values: 'values.npy' }, 12.8e6, 3, 20],
      ['Parquet, in order', 'values.parquet', 10.2e6, false, 20],
      ['Parquet, shuffled', 'values.parquet', 10.2e6, 3, 3],
    ] as const) {
      it(`${what}: much less than the file`, async () => {
        const path = typeof files === 'string' ? join(folder, files) : { values: join(folder, files.values) }
        const data = await Dataset.fromFiles(path, Values, { keptBytes: 100_000 })
        // The first batch loads the code that reads the format.
        await data.batchByPos([0])
        const before = keptBytes()
        let most = 0
        let batches = 0
        for await (const batch of data.genBatch(2000, { shuffle, iterations })) {
          expect(batch.values.length).to.equal(2000)
          if (batches++ % 8 < 2) most = Math.max(most, keptBytes() - before)
        }
        expect(most, `${(most / MB).toFixed(1)} MB`).to.be.below(bytes / 4)
      })
    }
  })
})
