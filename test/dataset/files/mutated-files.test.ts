/** Files with changed bytes: each opens or is an error of Millrace's, and none ends the process or takes for ever. */
import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { zipSync } from 'fflate'
import { patience } from '../../../src/dataset/formats/parquet-file.js'
import {
  Dataset,
  PlainBatch,
  readCsv,
  readImage,
  readNpy,
  readNpz,
  readParquet,
  writeCsv,
  writeImage,
  writeNpy,
  writeNpz,
  writeParquet,
} from '../../../src/dataset/index.js'
import { readIdx } from '../../../src/dataset/opensets/idx.js'
import { MillraceError } from '../../../src/errors/index.js'
import { closeWorkers } from '../../../src/parallel/index.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { deriveSeed, uniformAt } from '../../../src/util/seeds.js'
import { temporaryFolder } from '../../support/temporary-folder.js'

const runs = Number(process.env.MILLRACE_FUZZ_BYTES ?? 200)

/** Changes a few places of a file: single bits, bytes, numbers of four bytes, missing and doubled pieces, the end. */
function mutated(bytes: Buffer, seed: number): Buffer {
  let draws = 0
  const draw = (below: number) => Math.floor(uniformAt(seed, draws++) * below)
  let result = Buffer.from(bytes)
  for (let change = 0; change <= draw(3); change++) {
    const at = draw(result.length)
    const kind = draw(7)
    if (kind <= 1) result[at]! ^= 1 << draw(8)
    else if (kind === 2) result[at] = [0, 0xff, 0x7f, 0x80][draw(4)]!
    else if (kind === 3 && at + 4 <= result.length) result.writeUInt32LE([0, 0xffffffff, 0x7fffffff, 0x10000][draw(4)]!, at)
    else if (kind === 4) result = Buffer.concat([result.subarray(0, at), result.subarray(at + draw(16))])
    else if (kind === 5) result = Buffer.concat([result.subarray(0, at), result.subarray(Math.max(0, at - draw(16)))])
    else result = result.subarray(0, at)
  }
  return result
}

describe('a file with changed bytes', () => {
  const folders = temporaryFolder()
  const usual = { ...patience }
  before(() => Object.assign(patience, { ms: 300, msPerByte: 0 }))
  after(async () => {
    Object.assign(patience, usual)
    await closeWorkers()
    folders.remove()
  })

  const fixture = (name: string) => new URL(`../fixtures/${name}`, import.meta.url).pathname
  const images = NdArray.from(
    Array.from({ length: 24 }, (_, i) => i),
    'uint8',
  ).reshape([4, 2, 3])
  const labels = NdArray.from([1, 2, 3, 4], 'int32')
  const text = ['a', 'b', null, 'd']

  interface Format {
    readonly name: string
    readonly write: (path: string) => unknown
    readonly read: (path: string) => Promise<unknown>
  }
  const open = (files: string | Record<string, string>) =>
    Dataset.fromFiles(files, PlainBatch).then(data => data.p.nextBatch(2, { shuffle: 1 }))
  const copy = (name: string) => (path: string) => writeFileSync(path, readFileSync(fixture(name)))
  const formats: Readonly<Record<string, Format>> = {
    '.npy': { name: 'x.npy', write: path => writeNpy(path, images), read: readNpy },
    '.npy, row by row': { name: 'x.npy', write: path => writeNpy(path, images), read: path => open({ x: path }) },
    '.npy of strings': { name: 'x.npy', write: copy('names.npy'), read: readNpy },
    '.npy by columns': { name: 'x.npy', write: copy('fortran.npy'), read: path => open({ x: path }) },
    '.npz': { name: 'x.npz', write: path => writeNpz(path, { images, labels }), read: readNpz },
    '.npz, stored': { name: 'x.npz', write: copy('stored.npz'), read: open },
    CSV: { name: 'x.csv', write: path => writeCsv(path, { id: labels, text: ['a', '"b', 'c,', 'ü'] }), read: readCsv },
    PNG: { name: 'x.png', write: path => writeImage(path, images), read: readImage },
    JPEG: { name: 'x.jpg', write: copy('flat.jpg'), read: readImage },
    Parquet: { name: 'x.parquet', write: path => writeParquet(path, { labels, images, text }, { rowGroupSize: 2 }), read: readParquet },
    'Parquet, row by row': { name: 'x.parquet', write: copy('people-gzip.parquet'), read: open },
    'Parquet of lists': {
      name: 'x.parquet',
      write: copy('types.parquet'),
      read: path => readParquet(path, ['int64', 'pixels', 'ragged', 'matrix', 'text']),
    },
    IDX: {
      name: 'x',
      write: path =>
        writeFileSync(path, Buffer.concat([Buffer.from([0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 3]), images.data as Uint8Array])),
      read: path => readIdx(path, 0x803),
    },
  }

  for (const [what, { name, write, read }] of Object.entries(formats)) {
    it(`${what}: opens or is an error of Millrace's, ${runs} times`, async () => {
      const path = folders.in(name)
      await write(path)
      const bytes = readFileSync(path)
      await read(path)
      let refused = 0
      for (let run = 0; run < runs; run++) {
        writeFileSync(path, mutated(bytes, deriveSeed(1, what, run)))
        try {
          await read(path)
        } catch (error) {
          expect(error, `run ${run}: ${(error as Error).stack}`).to.be.instanceOf(MillraceError)
          refused++
        }
      }
      expect(refused).to.be.above(0)
    }).timeout(600_000)
  }

  it('a flipped bit of an array in an archive is found, whichever it is', async () => {
    const path = folders.in('bits.npz')
    await writeNpy(folders.in('bits.npy'), NdArray.from([1, 2, 3], 'uint8'))
    const array = readFileSync(folders.in('bits.npy'))
    for (const level of [0, 6] as const) {
      const archive = Buffer.from(zipSync({ 'x.npy': array }, { level }))
      const start = 30 + 'x.npy'.length
      const length = archive.readUInt32LE(18)
      for (let bit = 8 * start; bit < 8 * (start + length); bit += 5) {
        const changed = Buffer.from(archive)
        changed[bit >> 3]! ^= 1 << (bit & 7)
        writeFileSync(path, changed)
        const outcome = await readNpz(path).catch(error => error)
        // Bits that a decompressor does not read change nothing.
        if (outcome instanceof MillraceError) expect(outcome.code).to.equal('file-unreadable')
        else expect([level, [...(outcome.x as NdArray).data]]).to.deep.equal([6, [1, 2, 3]])
      }
    }
  })
})
