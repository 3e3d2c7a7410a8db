import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { Dataset, FilesIndex } from '../../../src/dataset/index.js'
import { errorOf, rejectionOf } from '../error-of.js'

describe('FilesIndex', () => {
  let cwd = ''
  before(() => {
    cwd = mkdtempSync(join(tmpdir(), 'millrace-files-'))
    for (const name of ['one', 'two', 'two/deep', 'other']) mkdirSync(join(cwd, name))
    const files = ['one/b.png', 'one/a.png', 'one/a.tar.gz', 'one/.hidden', 'two/c.png', 'two/deep/d.png', 'other/a.png', '10.txt', '9.txt']
    for (const file of files) writeFileSync(join(cwd, file), '')
  })
  after(() => rmSync(cwd, { recursive: true }))
  const ids = async (patterns: string | readonly string[], options: object = {}) =>
    (await FilesIndex.open(patterns, { cwd, ...options })).ids

  for (const [what, patterns, options, expected] of [
    ['files of one folder, in the order of their paths', 'one/*.png', {}, ['a.png', 'b.png']],
    ['patterns one after the other', ['two/*.png', 'one/*.png'], {}, ['c.png', 'a.png', 'b.png']],
    ['sorted by id', ['two/*.png', 'one/*.png'], { sort: true }, ['a.png', 'b.png', 'c.png']],
    ['folders of any depth', 'two/**/*.png', {}, ['c.png', 'd.png']],
    ['choices', '{one,two}/[bc].png', {}, ['b.png', 'c.png']],
    ['without extensions: up to the last dot', ['one/b.png', 'one/*.gz'], { noExt: true }, ['b', 'a.tar']],
    ['a dot at the start is part of the name', 'one/.hidden', { noExt: true }, ['.hidden']],
    ['folders', '*', { dirs: true, sort: true }, ['one', 'other', 'two']],
    ['a file found twice is one', ['one/a.png', 'one/*.png'], {}, ['a.png', 'b.png']],
    ['text order, not that of numbers', '*.txt', { sort: true }, ['10.txt', '9.txt']],
  ] as const) {
    it(what, async () => expect(await ids(patterns, options)).to.deep.equal(expected))
  }

  it('absolute patterns need no working folder; paths are absolute', async () => {
    const index = await FilesIndex.open(join(cwd, 'one/*.png'))
    expect([index.getFullPath('b.png'), index.paths.size, index.dirs]).to.deep.equal([join(cwd, 'one/b.png'), 2, false])
    expect(errorOf(() => index.getFullPath('x')).code).to.equal('unknown-id')
  })

  it('subsets, splits and datasets over it know the paths', async () => {
    const index = await FilesIndex.open('one/*', { cwd })
    const subset = index.createSubset(['b.png', 'a.png'])
    expect([subset instanceof FilesIndex, subset.ids, subset.getFullPath('b.png')]).to.deep.equal([
      true,
      ['b.png', 'a.png'],
      join(cwd, 'one/b.png'),
    ])
    expect(index.split(0.5).train!.getFullPath(index.split(0.5).train!.ids[0]!)).to.match(/one\//)
    const { test } = new Dataset(index).split(0.5)
    expect(test.index).to.be.instanceOf(FilesIndex)
    expect(index.subsetByPos([]).length).to.equal(0)
  })

  it('joined indices have the paths of all', async () => {
    const both = (await FilesIndex.open('one/b.png', { cwd })).concat(await FilesIndex.open('two/c.png', { cwd }))
    expect([both.ids, both.getFullPath('c.png')]).to.deep.equal([['b.png', 'c.png'], join(cwd, 'two/c.png')])
    const other = await FilesIndex.open('other/*', { cwd })
    expect(errorOf(() => new FilesIndex(['a.png'], { 'a.png': '/x/a.png' }).concat(other)).code).to.equal('files-same-name')
    expect(errorOf(() => other.concat(['z'])).code).to.equal('files-paths')
  })

  it('is made of ids and paths, by id or in order', () => {
    for (const paths of [
      { a: '/1', b: '/2' },
      new Map([
        ['a', '/1'],
        ['b', '/2'],
      ]),
      ['/1', '/2'],
    ]) {
      const index = new FilesIndex(['a', 'b'], paths)
      expect([index.length, index.getFullPath('b')]).to.deep.equal([2, '/2'])
    }
    expect(errorOf(() => new FilesIndex(['a', 'b'], ['/1'])).code).to.equal('files-paths')
  })

  it('a pattern that finds nothing is an error with the pattern and the folder, unless the index may be empty', async () => {
    const error = await rejectionOf(FilesIndex.open('one/*.jpg', { cwd }))
    expect([error.code, error.message.includes('one/*.jpg'), error.message.includes(cwd)]).to.deep.equal(['files-none', true, true])
    expect(await ids('one/*.jpg', { mayBeEmpty: true })).to.deep.equal([])
  })

  it('two files with one id: both paths are told', async () => {
    const error = await rejectionOf(ids(['one/*.png', 'other/*.png']))
    expect(error.code).to.equal('files-same-name')
    expect(error.message).to.include(join(cwd, 'one/a.png')).and.include(join(cwd, 'other/a.png'))
  })
})
