/** Names of components in maps and lists that no component has: an error with a hint, never passed over. */
import { writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { dump } from '../../../src/dataset/actions/dump.js'
import { load } from '../../../src/dataset/actions/load.js'
import { Dataset, ImagesBatch, mergeBatches, PlainBatch, writeNpz } from '../../../src/dataset/index.js'
import { MillraceError } from '../../../src/errors/index.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { temporaryFolder } from '../../support/temporary-folder.js'

const folder = temporaryFolder()
const X = NdArray.zeros([3, 2, 2, 1])
const labels = [0, 1, 2]
const images = () => new Dataset(3, ImagesBatch, { preloaded: { images: X, labels } })
const batchOf = () => ImagesBatch.fromData({ images: X, labels })
const context = { seed: 0 }

describe('names that no component has', () => {
  before(async () => {
    writeFileSync(folder.in('table.csv'), 'id,a,b\n0,1,4\n1,2,5\n2,3,6\n')
    for (const i of labels) await writeNpz(folder.in(`${i}.npz`), { a: NdArray.from([i]), b: NdArray.from([i, i]) })
  })
  after(() => folder.remove())

  for (const [what, work, code, text] of [
    ['load: a misspelt key', () => load.apply(batchOf(), { src: { imags: X } }, context), 'unknown-name', /imags.*Did you mean images/],
    [
      'load: a key beside the right ones',
      () => load.apply(batchOf(), { src: { images: X, lables: labels } }, context),
      'unknown-name',
      /lables/,
    ],
    ['load: a list that is too long', () => load.apply(batchOf(), { src: [X, X, X, labels] }, context), 'load-components', /at most 3/],
    [
      'load: a key that dst does not name',
      () => load.apply(batchOf(), { src: { a: labels, b: labels }, dst: ['a'] }, context),
      'unknown-name',
      /called b/,
    ],
    [
      'load: a list without names for it',
      () => load.apply(PlainBatch.fromData({}, labels), { src: X }, context),
      'load-components',
      /declares none/,
    ],
    [
      'load: a column for no component',
      () => load.apply(batchOf(), { src: folder.in('table.csv'), fmt: 'csv', dst: 'labels', columns: { lables: 'a' } }, context),
      'unknown-name',
      /lables/,
    ],
    [
      'load: a table without any of the components',
      () => load.apply(batchOf(), { src: folder.in('table.csv'), fmt: 'csv' }, context),
      'file-columns',
      /a, b/,
    ],
    [
      'load: files without any of the components',
      () => load.apply(batchOf(), { src: folder.path, fmt: 'npz' }, context),
      'file-columns',
      /a, b/,
    ],
    ['preloaded: a misspelt key', () => new Dataset(3, ImagesBatch, { preloaded: { imags: X } as object }), 'unknown-name', /imags/],
    [
      'preloaded: a list that is too long',
      () => new Dataset(3, ImagesBatch, { preloaded: [X, labels, X, X] }),
      'preloaded-shape',
      /at most 3/,
    ],
    [
      'dump: a misspelt key',
      () => dump.apply(batchOf(), { dst: { images: {}, labels: {}, lables: {} } }, context),
      'unknown-name',
      /lables/,
    ],
    [
      'merge: a misspelt component',
      () => mergeBatches([batchOf(), batchOf()], undefined, ['imagez']),
      'unknown-name',
      /imagez.*Did you mean images/,
    ],
    [
      'fromFiles: a shape for no component',
      () => Dataset.fromFiles(folder.in('table.csv'), PlainBatch, { shapes: { c: [1] } }),
      'unknown-name',
      /called c/,
    ],
    [
      'rebatch, before its first batch',
      () =>
        images()
          .p.rebatch(2, { components: ['imagez' as 'images'] })
          .run(3),
      'unknown-name',
      /imagez/,
    ],
  ] as const) {
    it(what, async () => {
      const error: unknown = await (async () => work())().catch((error: unknown) => error)
      expect(error).to.be.instanceOf(MillraceError)
      expect((error as MillraceError).code).to.equal(code)
      expect((error as MillraceError).message).to.match(text)
    })
  }

  it('a class that declares no components takes any that a source names', async () => {
    const plain = new Dataset(3)
    expect((await plain.p.load({ src: { a: labels, b: X } }).nextBatch(2)).componentNames).to.deep.equal(['a', 'b'])
    expect((await plain.p.load({ src: folder.in('table.csv'), fmt: 'csv' }).nextBatch(2)).componentNames).to.deep.equal(['a', 'b'])
    expect(
      (await plain.p.load({ src: folder.in('table.csv'), fmt: 'csv', columns: { c: 'a' } }).nextBatch(2)).componentNames,
    ).to.deep.equal(['c', 'b'])
    expect((await plain.p.load({ src: folder.path, fmt: 'npz' }).nextBatch(2)).componentNames).to.deep.equal(['a', 'b'])
  })

  it('an entry of a list that is undefined or null is a hole', async () => {
    const holes = new Dataset(3, ImagesBatch, { preloaded: [X, null, undefined] })
    expect(holes.componentNames).to.deep.equal(['images'])
    expect((await new Dataset(3, ImagesBatch).p.load({ src: [X, undefined, X] }).nextBatch(2)).componentNames).to.deep.equal([
      'images',
      'masks',
    ])
  })
})
