/** Small files that ask for more than they have, or say what they are not. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { zipSync } from 'fflate'
import {
  Dataset,
  PlainBatch,
  readCsv,
  readImage,
  readNpy,
  readNpz,
  readParquet,
  writeNpy,
  writeParquet,
} from '../../../src/dataset/index.js'
import { runGuarded } from '../../../src/parallel/index.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { strangeFiles } from '../../support/strange-files.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { rejectionOf } from '../error-of.js'

/** A .npy file of version 2 with this text as its header; `claimed` is the length that it says. */
function npy(header: string, { claimed = header.length, values = 64 } = {}): Buffer {
  const start = Buffer.alloc(12)
  start.write('\x93NUMPY\x02', 'latin1')
  start.writeUInt32LE(claimed, 8)
  return Buffer.concat([start, Buffer.from(header, 'latin1'), Buffer.alloc(values)])
}
const header = (descr: string, shape: string) => `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }\n`

describe('files that ask for too much', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())

  const arrays: Readonly<Record<string, readonly [bytes: Buffer, code: string, words: RegExp]>> = {
    'a header of two gigabytes': [npy(header('<f4', '2,'), { claimed: 0x7fffffff }), 'npy-format', /header claims 2147483659 bytes/],
    'a header longer than the file': [npy(header('<f4', '2,'), { claimed: 5000 }), 'npy-format', /damaged/],
    'more rows than the file has': [npy(header('<f4', '1000, 64')), 'npy-format', /truncated: \d+ of \d+ bytes/],
    'rows beyond 2³²': [npy(header('<f4', '4294967296,')), 'npy-format', /truncated/],
    'rows beyond 2³² without values': [npy(header('<f4', '4294967296, 0')), 'npy-format', /without values/],
    'rows beyond all numbers': [npy(header('<f4', '99999999999999999999999, 4')), 'npy-format', /its shape is/],
    'a shape that is none': [npy(header('<f4', '2 3,')), 'npy-format', /damaged/],
    'a negative shape': [npy(header('<f4', '-2,')), 'npy-format', /damaged/],
    "an element of JavaScript's own": [npy(header('<constructor', '2,')), 'npy-dtype', /<constructor/],
    'an element without a size': [npy(header('<U', '2,')), 'npy-dtype', /<U/],
    'strings longer than the file': [npy(header('<U99999999', '2,')), 'npy-format', /truncated/],
    'a character beyond all': [
      Buffer.concat([npy(header('<U1', '1,'), { values: 0 }), Buffer.from([0xff, 0xff, 0xff, 0x7f])]),
      'npy-format',
      /character of number 2147483647/,
    ],
  }
  for (const [what, [bytes, code, words]] of Object.entries(arrays)) {
    it(`.npy with ${what}: an error when it is opened, whole, by rows and in an archive`, async () => {
      const path = folders.in('x.npy')
      writeFileSync(path, bytes)
      writeFileSync(folders.in('x.npz'), zipSync({ 'x.npy': bytes }))
      const reads = [() => readNpy(path), () => readNpz(folders.in('x.npz')), () => Dataset.fromFiles({ x: path }, PlainBatch)]
      // Characters are not read before their rows are.
      for (const read of what.startsWith('a character') ? reads.slice(0, 2) : reads) {
        const error = await rejectionOf(read())
        expect([error.code, words.test(error.message)], error.message).to.deep.equal([code, true])
      }
    })
  }

  for (const descr of ['|S0', '<U0']) {
    it(`.npy of empty strings (${descr}) has as many as it says`, async () => {
      writeFileSync(folders.in('empty.npy'), npy(header(descr, '3,'), { values: 0 }))
      expect(await readNpy(folders.in('empty.npy'))).to.deep.equal(['', '', ''])
    })
  }

  it('an archive that unpacks to very much more than it has is refused before it is unpacked', async () => {
    const archive = Buffer.from(zipSync({ 'x.npy': new Uint8Array(100) }))
    const directory = archive.indexOf(Buffer.from('PK\x01\x02', 'latin1'))
    archive.writeUInt32LE(0xf0000000, directory + 24)
    writeFileSync(folders.in('bomb.npz'), archive)
    expect((await rejectionOf(readNpz(folders.in('bomb.npz')))).message).to.match(/would unpack to 4026531840 bytes/)
  })

  it('long strings are read', async () => {
    const long = 'ü'.repeat(300_000)
    await writeNpy(folders.in('long.npy'), [long])
    expect(await readNpy(folders.in('long.npy'))).to.deep.equal([long])
  })

  it('columns of one name are refused in every table', async () => {
    writeFileSync(folders.in('a.csv'), 'a,b,a\n1,2,3\n')
    const one = new Uint8Array(npy(header('|u1', '1,'), { values: 1 }))
    writeFileSync(folders.in('a.npz'), zipSync({ a: one, 'a.npy': one }))
    for (const error of [await rejectionOf(readCsv(folders.in('a.csv'))), await rejectionOf(readNpz(folders.in('a.npz')))]) {
      expect(error.code).to.equal('column-twice')
      expect(error.message).to.match(/two columns of the same name.*Seen: a\./)
    }
  })

  const texts: Readonly<Record<string, readonly [bytes: Buffer, words: RegExp]>> = {
    'UTF-16, as Windows writes it': [Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), /UTF-16 text; save it as UTF-8/],
    'UTF-16 of the other order': [Buffer.from('\ufeffa,b\n1,2\n', 'utf16le').swap16(), /UTF-16 text; save it as UTF-8/],
    'UTF-16 without a mark': [Buffer.from('a,b\n1,2\n', 'utf16le'), /zero bytes/],
    'Latin-1': [Buffer.from('naïve\n1\n', 'latin1'), /not UTF-8 text/],
  }
  for (const [what, [bytes, words]] of Object.entries(texts)) {
    it(`CSV in ${what} says so`, async () => {
      writeFileSync(folders.in('x.csv'), bytes)
      expect((await rejectionOf(readCsv(folders.in('x.csv')))).message).to.match(words)
    })
  }

  it('CSV keeps integers exactly: as numbers, else as strings', async () => {
    const rows = ['id,exact,price', '9007199254740993,9007199254740992,0.1', '9007199254740992,-10000000000000000000000,2e300']
    writeFileSync(folders.in('ids.csv'), `${rows.join('\n')}\n`)
    const { id, exact, price } = await readCsv(folders.in('ids.csv'))
    expect(id).to.deep.equal(['9007199254740993', '9007199254740992'])
    expect([...(exact as NdArray).data]).to.deep.equal([2 ** 53, -1e22])
    expect([...(price as NdArray).data]).to.deep.equal([0.1, 2e300])
  })

  describe('and what is no file', () => {
    const readers = { 'x.npy': readNpy, 'x.npz': readNpz, 'x.csv': readCsv, 'x.parquet': readParquet, 'x.png': readImage }
    for (const [what, make] of Object.entries(strangeFiles)) {
      it(`${what} is an error, at once, for every format`, async () => {
        const folder = folders.in(what.replaceAll('/', ' '))
        mkdirSync(folder)
        for (const [name, read] of Object.entries<(path: string) => Promise<unknown>>(readers)) {
          const path = `${folder}/${name}`
          make(path)
          const error = await rejectionOf(read(path))
          expect([error.code, error.message.includes(path)], error.message).to.deep.equal(['file-unreadable', true])
        }
        expect((await rejectionOf(Dataset.fromFiles({ x: `${folder}/x.npy` }, PlainBatch))).code).to.equal('file-unreadable')
      })
    }
  })

  it('Parquet whose decoding does not end is an error, and the next file is read', async () => {
    const module = new URL('../../support/endless.ts', import.meta.url).href
    const endless = (await runGuarded({}, { module, name: 'spin', patienceMs: 100 }).catch(error => error)) as Error
    expect(endless.constructor.name).to.equal('NoProgress')
    await writeParquet(folders.in('next.parquet'), { x: NdArray.from([1, 2]) })
    expect((await readParquet(folders.in('next.parquet'))).x).to.deep.equal(NdArray.from([1, 2]))
  })
})
