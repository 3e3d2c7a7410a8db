import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { readCsv, writeCsv } from '../../../src/dataset/formats/csv.js'
import { readImage, writeImage } from '../../../src/dataset/formats/image.js'
import { readNpy, writeNpy } from '../../../src/dataset/formats/npy.js'
import { readNpz, writeNpz } from '../../../src/dataset/formats/npz.js'
import { readParquet, writeParquet } from '../../../src/dataset/formats/parquet.js'
import type { Table } from '../../../src/dataset/formats/table-type.js'
import type { ComponentValue } from '../../../src/pipeline/description/contracts.js'
import { dtypes, NdArray } from '../../../src/util/nd-array.js'
import { rejectionOf } from '../error-of.js'

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url))
const plain = (value: ComponentValue): unknown =>
  value instanceof NdArray
    ? [value.dtype, value.shape, value.toNested()]
    : value.map(entry => (entry instanceof NdArray ? plain(entry) : entry))
const table = (value: Table) => Object.fromEntries(Object.entries(value).map(([name, column]) => [name, plain(column)]))

describe('file formats', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-formats-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const at = (name: string) => join(folder, name)

  describe("numpy's files", () => {
    const numbers = [
      [0, 1, 2],
      [3, 100, 5],
    ]
    const read: Readonly<Record<string, string>> = {
      u1: 'uint8',
      i1: 'int8',
      little_u2: 'uint16',
      little_i2: 'int16',
      little_u4: 'uint32',
      little_i4: 'int32',
      little_u8: 'float64',
      little_i8: 'float64',
      little_f2: 'float32',
      little_f4: 'float32',
      little_f8: 'float64',
      big_i2: 'int16',
      big_f4: 'float32',
      big_f8: 'float64',
      big_i8: 'float64',
    }
    for (const file of ['stored.npz', 'packed.npz']) {
      it(`${file} as numpy wrote it: every element type, both byte orders and both orders of axes`, async () => {
        const all = await readNpz(fixture(file))
        for (const [name, dtype] of Object.entries(read)) expect(plain(all[name]!), name).to.deep.equal([dtype, [2, 3], numbers])
        expect(plain(all.bool!)).to.deep.equal([
          'uint8',
          [2, 3],
          [
            [0, 1, 1],
            [1, 1, 1],
          ],
        ])
        expect([all.text, all.bytes, all.text2d]).to.deep.equal([
          ['a', 'bé', '😀x', ''],
          ['ab', 'c'],
          [
            ['a', 'b'],
            ['c', 'd'],
          ],
        ])
        expect(plain(all.fortran!)).to.deep.equal([
          'int32',
          [2, 3, 4],
          new NdArray(
            Int32Array.from({ length: 24 }, (_, i) => i),
            [2, 3, 4],
          ).toNested(),
        ])
        expect([plain(all.scalar!), plain(all.empty!)]).to.deep.equal([
          ['int32', [], 7],
          ['float32', [0, 3], []],
        ])
      })
    }

    for (const dtype of dtypes) {
      it(`${dtype} comes back as it was`, async () => {
        const value = NdArray.from(
          [
            [
              [1, 2],
              [3, 4],
            ],
            [
              [5, 6],
              [7, 120],
            ],
          ],
          dtype,
        )
        await writeNpy(at('a.npy'), value)
        await writeNpz(at('a.npz'), { first: value, second: value.reshape([8]) })
        const zipped = await readNpz(at('a.npz'))
        expect([await readNpy(at('a.npy')), zipped.first, zipped.second]).to.deep.equal([value, value, value.reshape([8])])
      })
    }

    for (const [what, value, expected] of [
      ['strings', ['a', 'längere', '😀', ''], ['a', 'längere', '😀', '']],
      ['booleans', [true, false], ['uint8', [2], [1, 0]]],
      ['numbers', [1.5, -2], ['float64', [2], [1.5, -2]]],
      [
        'arrays of one shape',
        [NdArray.from([1, 2]), NdArray.from([3, 4])],
        [
          'float32',
          [2, 2],
          [
            [1, 2],
            [3, 4],
          ],
        ],
      ],
    ] as const) {
      it(`lists of ${what}`, async () => {
        await writeNpy(at('a.npy'), value)
        expect(plain(await readNpy(at('a.npy')))).to.deep.equal(expected)
      })
    }

    for (const [what, path, write, code, words] of [
      ['complex numbers', fixture('complex.npy'), undefined, 'npy-dtype', /complex\.npy.*<c16/],
      ['a file that is not there', fixture('nothing.npy'), undefined, 'file-unreadable', /nothing\.npy.*ENOENT/],
      ['something else', 'x.npy', 'no array', 'npy-format', /magic word/],
      ['a file cut off', 'x.npy', readFileSync(fixture('rows.npy')).subarray(0, 300), 'npy-format', /300 of 608 bytes/],
      ['a header cut off', 'x.npy', readFileSync(fixture('rows.npy')).subarray(0, 60), 'npy-format', /damaged/],
    ] as const) {
      it(`refuses ${what}`, async () => {
        if (write !== undefined) writeFileSync(at(path), write)
        const error = await rejectionOf(readNpy(write === undefined ? path : at(path)))
        expect([error.code, words.test(error.message)], error.message).to.deep.equal([code, true])
      })
    }
    it('refuses to write mixed lists, and leaves nothing behind', async () => {
      expect((await rejectionOf(writeNpy(at('a.npy'), [1, 'a']))).code).to.equal('npy-values')
      expect(readdirSync(folder)).to.deep.equal([])
    })
  })

  describe('CSV', () => {
    it('as pandas wrote it', async () => {
      expect(table(await readCsv(fixture('people.csv')))).to.deep.equal({
        id: ['a', 'b', 'c', 'd'],
        age: ['float64', [4], [1, 2, 3, 4]],
        score: ['float64', [4], [0.1, Number.NaN, -1.5e-7, Number.POSITIVE_INFINITY]],
        note: ['plain', 'with, comma', 'with "quotes"', 'two\nlines'],
        ok: ['uint8', [4], [1, 0, 1, 1]],
      })
    })
    it('numbers, strings and booleans come back; numbers as float64', async () => {
      const score = NdArray.from([0.1, Number.NaN, -3])
      await writeCsv(at('a.csv'), { score, id: NdArray.from([1, 2, 3], 'uint8'), name: ['a', '"b"', 'c,\n'], ok: [true, false, true] })
      const back = await readCsv(at('a.csv'))
      expect([(back.score as NdArray).cast('float32'), plain(back.id!), back.name, plain(back.ok!)]).to.deep.equal([
        score,
        ['float64', [3], [1, 2, 3]],
        ['a', '"b"', 'c,\n'],
        ['uint8', [3], [1, 0, 1]],
      ])
    })
    it('one column with empty cells keeps its rows', async () => {
      await writeCsv(at('a.csv'), { note: ['a', '', 'b'] })
      expect((await readCsv(at('a.csv'))).note).to.deep.equal(['a', '', 'b'])
    })
    it('refuses what is no cell', async () => {
      const error = await rejectionOf(writeCsv(at('a.csv'), { images: NdArray.zeros([2, 3]) }))
      expect([error.code, error.message]).to.deep.equal(['table-value', error.message])
      expect(error.message).to.match(/column images.*Write arrays to \.parquet/)
    })
  })

  describe('Parquet', () => {
    for (const packing of ['snappy', 'zstd', 'gzip']) {
      it(`as pandas wrote it, packed by ${packing}`, async () => {
        expect(table(await readParquet(fixture(`people-${packing}.parquet`)))).to.deep.equal({
          id: ['a', 'b', 'c', 'd'],
          age: ['float64', [4], [1, 2, 3, 4]],
          score: ['float64', [4], [0.1, Number.NaN, -1.5e-7, Number.POSITIVE_INFINITY]],
          note: ['plain', 'with, comma', 'with "quotes"', 'two\nlines'],
          ok: ['uint8', [4], [1, 0, 1, 1]],
        })
      })
    }
    it('every type of number, lists, nested lists and text, as pyarrow wrote them in two row groups', async () => {
      const names = ['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float16', 'float32', 'float64', 'int64', 'uint64']
      const read = await readParquet(fixture('types.parquet'), [...names, 'pixels', 'ragged', 'matrix', 'text'])
      const wide: Readonly<Record<string, string>> = { float16: 'float32', int64: 'float64', uint64: 'float64' }
      for (const name of names) {
        const last = name === 'uint32' ? 4_000_000_000 : name.startsWith('u') ? 200 : -100
        expect(plain(read[name]!), name).to.deep.equal([wide[name] ?? name, [3], [1, 2, last]])
      }
      expect([plain(read.pixels!), plain(read.ragged!), plain(read.matrix!), read.text]).to.deep.equal([
        [
          'uint8',
          [3, 2],
          [
            [1, 2],
            [3, 4],
            [5, 6],
          ],
        ],
        [
          ['float32', [1], [1.5]],
          ['float32', [0], []],
          ['float32', [2], [2.5, 3.5]],
        ],
        [
          'float64',
          [3, 2, 2],
          Array(3).fill([
            [1, 2],
            [3, 4],
          ]),
        ],
        ['x', null, 'z'],
      ])
    })
    for (const dtype of dtypes) {
      it(`${dtype} comes back as it was, in one axis and in three, over several row groups`, async () => {
        const flat = NdArray.from([1, 2, 3, 4, 120], dtype)
        const value = {
          flat,
          deep: NdArray.from(
            Array.from({ length: 5 }, (_, i) => [
              [i, 1],
              [2, 3],
              [4, 5],
            ]),
            dtype,
          ),
        }
        await writeParquet(at('a.parquet'), value, { rowGroupSize: 2 })
        expect(await readParquet(at('a.parquet'))).to.deep.equal(value)
      })
    }
    it('unsigned numbers above those of signed ones', async () => {
      const large = NdArray.from([4_000_000_000, 1, 2], 'uint32')
      const value = { large, rows: NdArray.from([[4_000_000_000], [1], [2]], 'uint32'), bytes: NdArray.from([255, 0, 1], 'uint8') }
      await writeParquet(at('a.parquet'), value)
      expect(await readParquet(at('a.parquet'))).to.deep.equal(value)
    })
    it('lists of strings, booleans, numbers, empty values and uneven arrays', async () => {
      const value = {
        text: ['a', null, 'ü'],
        ok: [true, false, true],
        number: [1.5, 2, 3],
        uneven: [NdArray.from([1]), NdArray.from([1, 2]), NdArray.from([])],
      }
      await writeParquet(at('a.parquet'), value)
      expect(table(await readParquet(at('a.parquet')))).to.deep.equal({
        text: value.text,
        ok: ['uint8', [3], [1, 0, 1]],
        number: ['float64', [3], [1.5, 2, 3]],
        uneven: plain(value.uneven),
      })
    })
    for (const [what, columns, code, words] of [
      ['empty values among integers', ['holes'], 'parquet-null', /column holes.*int32/],
      ['a column it does not have', ['pixel'], 'unknown-name', /pixel.*mean pixels/],
    ] as const) {
      it(`refuses ${what}`, async () => {
        const error = await rejectionOf(readParquet(fixture('types.parquet'), columns))
        expect([error.code, words.test(error.message)], error.message).to.deep.equal([code, true])
      })
    }
    it('refuses a file that is none, and values it cannot keep', async () => {
      writeFileSync(at('x.parquet'), 'nothing of the kind')
      expect((await rejectionOf(readParquet(at('x.parquet')))).code).to.equal('file-unreadable')
      expect((await rejectionOf(writeParquet(at('a.parquet'), { mixed: [1, 'a'] }))).code).to.equal('table-value')
    })
  })

  describe('images', () => {
    const grey = Array.from({ length: 6 }, (_, i) => i * 20)
    for (const [name, dtype, shape, values] of [
      ['grey.png', 'uint8', [2, 3, 1], grey],
      ['colour.png', 'uint8', [2, 3, 3], grey.flatMap(value => [value, value + 1, value + 2])],
      ['alpha.png', 'uint8', [2, 3, 4], grey.flatMap(value => [value, value + 1, value + 2, value + 100])],
      ['deep.png', 'uint16', [2, 3, 1], grey.map(value => value * 500)],
      ['flat.jpg', 'uint8', [8, 8, 3], Array(192).fill(90)],
    ] as const) {
      it(`${name} as Pillow wrote it`, async () => {
        const image = await readImage(fixture(name))
        expect([image.dtype, image.shape, [...image.data]]).to.deep.equal([dtype, shape, values])
      })
    }
    it('a palette becomes colours', async () => expect((await readImage(fixture('palette.png'))).shape).to.deep.equal([2, 3, 3]))

    for (const dtype of ['uint8', 'uint16'] as const) {
      for (const channels of [1, 2, 3, 4]) {
        it(`PNG of ${dtype}, ${channels} channels, comes back as it was`, async () => {
          const image = NdArray.from(
            Array.from({ length: 24 * channels }, (_, i) => (i * 7919) % (dtype === 'uint8' ? 256 : 65536)),
            dtype,
          ).reshape([4, 6, channels])
          await writeImage(at('a.png'), image)
          expect(await readImage(at('a.png'))).to.deep.equal(image)
        })
      }
    }
    it('an image without a channel axis gets one; JPEG is near', async () => {
      await writeImage(at('a.jpeg'), NdArray.from(Array(64).fill(77), 'uint8').reshape([8, 8]), { quality: 100 })
      const image = await readImage(at('a.jpeg'))
      expect([image.shape, image.data.every(value => Math.abs(value - 77) <= 1)]).to.deep.equal([[8, 8, 1], true])
    })
    for (const [what, image, code, words] of [
      ['floats', NdArray.zeros([2, 2, 3]), 'image-values', /float32 \[2, 2, 3\].*toArray/],
      ['five channels', NdArray.zeros([2, 2, 5], 'uint8'), 'image-values', /1 to 4 channels/],
    ] as const) {
      it(`refuses ${what}`, async () => {
        const error = await rejectionOf(writeImage(at('a.png'), image))
        expect([error.code, words.test(error.message)], error.message).to.deep.equal([code, true])
      })
    }
    it('refuses a file that is no image', async () => {
      writeFileSync(at('x.png'), 'nothing of the kind')
      expect((await rejectionOf(readImage(at('x.png')))).code).to.equal('file-unreadable')
    })
  })
})
