import { dirname } from 'node:path'
import { expect } from 'chai'
import { askAbove, reasons } from './long-files.js'
import { filesIn, read } from './sources.js'

/** More than this and a folder is hard to take in: group what belongs together. */
const maxFilesPerFolder = 22

const sources = [...filesIn('src', /\.ts$/), ...filesIn('engine', /\.m[jt]s$/)]

describe('house: files', () => {
  it(`asks of a file above ${askAbove} lines whether it is one concept; the answers stand in long-files.ts`, () => {
    const long = sources.filter(file => read(file).split('\n').length > askAbove)
    const questions = long
      .filter(file => !Object.hasOwn(reasons, file))
      .map(file => `${file}: is this one concept? Divide it where its parts have names of their own, or give the reason in long-files.ts`)
    expect(questions).to.deep.equal([])
    expect(Object.keys(reasons).filter(file => !long.includes(file))).to.deep.equal([], 'reasons for files that are short or gone')
  })

  it(`no folder holds more than ${maxFilesPerFolder} files`, () => {
    const folders = [...sources, ...filesIn('test', /./)].map(file => dirname(file))
    const sizes = [...new Set(folders)].map(folder => [folder, folders.filter(other => other === folder).length] as const)
    expect(sizes.filter(([, size]) => size > maxFilesPerFolder)).to.deep.equal([])
  })

  it('are named in kebab-case', () => {
    expect(sources.filter(file => !/^[a-z0-9./-]+$/.test(file))).to.deep.equal([])
  })

  it('have no TODO, no banner, no console.log outside the command line and the engine', () => {
    const wrong = sources.filter(
      file =>
        /\b(TODO|FIXME|XXX)\b|[-=*]{12,}/.test(read(file)) ||
        (!/^(src\/cli|engine)\//.test(file) && /console\.log/.test(read(file).replace(/^\s*\*.*$/gm, ''))),
    )
    expect(wrong).to.deep.equal([])
  })

  it('speak of no machine and no registry', () => {
    const texts = [
      ...sources,
      ...filesIn('test', /\.(ts|ya?ml|txt|py)$/),
      ...filesIn('pipelines', /./),
      'README.md',
      'CONTRIBUTING.md',
      'package.json',
      'package-lock.json',
      '.npmrc',
    ]
    const words = ['registry.npm' + 'js', 'pypi' + '.org', 'files.python' + 'hosted', '/ro' + 'ot/', '/wo' + 'rk/']
    expect(texts.filter(file => words.some(word => read(file).includes(word)))).to.deep.equal([])
  })

  it('an index defines nothing', () => {
    const bare = filesIn('src', /^index\.ts$/).flatMap(file =>
      read(file)
        .split('\n')
        .filter(line => /^export (const|function|class)/.test(line))
        .map(line => `${file}: ${line}`),
    )
    expect(bare).to.deep.equal([])
  })

  it('actions are described and handled in files of the same name', () => {
    const names = (folder: string) =>
      filesIn(folder, /\.ts$/)
        .filter(file => !file.endsWith('index.ts'))
        .map(file => file.split('/').at(-1))
    expect(names('src/pipeline/run/handlers')).to.deep.equal(names('src/pipeline/description/actions'))
  })
})
