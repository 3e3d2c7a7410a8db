/** Ids of data as names of files: none leads out of the folder, none replaces another's, and `load` finds what `dump` wrote. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { itemFormats } from '../../../src/dataset/files/item-formats.js'
import { Dataset, DatasetIndex, FilesIndex, ImagesBatch } from '../../../src/dataset/index.js'
import { MillraceError } from '../../../src/errors/index.js'
import { F, V } from '../../../src/pipeline/index.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { temporaryFolder } from '../../support/temporary-folder.js'

const folder = temporaryFolder()
const formats = Object.keys(itemFormats) as (keyof typeof itemFormats)[]
let made = 0
const newFolder = () => folder.in(`${made++}/in`)
const filesIn = (path: string) => readdirSync(path, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())

const dataOf = (ids: readonly (string | number)[]) =>
  new Dataset(new DatasetIndex(ids), ImagesBatch, { preloaded: { images: NdArray.zeros([ids.length, 2, 2, 1], 'uint8') } })

async function errorOf(work: Promise<unknown>): Promise<MillraceError> {
  const error: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(error).to.be.instanceOf(MillraceError)
  return error as MillraceError
}

describe('ids as names of files', () => {
  after(() => folder.remove())

  for (const fmt of formats) {
    const dump = (ids: readonly (string | number)[], dst: string) =>
      dataOf(ids).p.dump({ dst, fmt, components: 'images' }).run(ids.length, { epochs: 1 })
    const load = (ids: readonly (string | number)[], src: string) =>
      new Dataset(new DatasetIndex(ids), ImagesBatch).p.load({ src, fmt, dst: 'images' }).nextBatch(ids.length)

    it(`${fmt}: an id that leads out of the folder, or is no name, is refused, in dump and in load`, async () => {
      const wrong = [
        '../x',
        '../../x',
        'a/../../x',
        '..',
        '.',
        './a',
        '',
        '/etc/x',
        'a//b',
        'a/',
        '..\\x',
        'a\0b',
        'a\nb',
        'x'.repeat(300),
        'ü'.repeat(200),
      ]
      for (const id of wrong) {
        const dst = newFolder()
        const written = await errorOf(dump(['ok', id], dst))
        expect([written.code, written.location.action?.name], JSON.stringify(id)).to.deep.equal(['file-id', 'dump'])
        expect(written.message).to.include(JSON.stringify(id).slice(0, 20))
        expect((await errorOf(load([id], folder.path))).code, JSON.stringify(id)).to.equal('file-id')
      }
      expect(filesIn(folder.path)).to.deep.equal([])
    })

    it(`${fmt}: load finds what dump wrote, whatever signs the ids have`, async () => {
      const dst = newFolder()
      const ids = ['a', 'b c', 'ü', '.hidden', 'a.b', 'cat/7', '...', '%2e%2e', 'x'.repeat(200), '__proto__', 12]
      await dump(ids, dst)
      expect(filesIn(dst)).to.have.length(ids.length)
      expect(filesIn(folder.path)).to.have.length(ids.length)
      expect((await load(ids, dst)).length).to.equal(ids.length)
      for (const { parentPath, name } of filesIn(dst)) writeFileSync(`${parentPath}/${name}`, '')
    })

    it(`${fmt}: two ids never share a file`, async () => {
      const { extension } = itemFormats[fmt]
      for (const ids of [
        ['a', `a.${extension}`],
        [1, '1'],
      ] as const) {
        const error = await errorOf(dump(ids, newFolder()))
        expect(error.code, JSON.stringify(ids)).to.equal('file-id-clash')
      }
    })
    afterEach(() => {
      folder.remove()
      mkdirSync(folder.path)
    })
  }

  it('in memory, ids are keys and nothing else', async () => {
    const values: Record<string, unknown> = {}
    await dataOf(['__proto__', 'a'])
      .p.dump({ dst: F(() => values), components: 'images' })
      .run(2)
    expect(Object.keys(values)).to.deep.equal(['__proto__', 'a'])
    expect(Object.getPrototypeOf(values)).to.equal(Object.prototype)
    expect(
      (
        await errorOf(
          dataOf(['a'])
            .p.initVariable('list', [])
            .dump({ dst: V('list'), components: 'images' })
            .run(1),
        )
      ).code,
    ).to.equal('unknown-id')
  })

  it('by path, folders may hold files of one name', async () => {
    for (const name of ['cat', 'dog', 'dog/deep']) mkdirSync(folder.in(`photos/${name}`), { recursive: true })
    for (const name of ['cat/0', 'dog/0', 'dog/deep/0']) writeFileSync(folder.in(`photos/${name}.png`), '')
    const same = await errorOf(FilesIndex.open('photos/**/*.png', { cwd: folder.path }))
    expect([same.code, same.message]).to.satisfy(([code, text]: string[]) => code === 'files-same-name' && text!.includes('byPath: true'))
    const index = await FilesIndex.open('photos/**/*.png', { cwd: folder.path, byPath: true, noExt: true, sort: true })
    expect(index.ids).to.deep.equal(['cat/0', 'dog/0', 'dog/deep/0'])
    const both = await FilesIndex.open(['photos/cat/*.png', 'photos/dog/*.png'], { cwd: folder.path, byPath: true, sort: true })
    expect(both.ids).to.deep.equal(['cat/0.png', 'dog/0.png'])
  })
})
