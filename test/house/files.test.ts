import { expect } from 'chai'
import { filesIn, read } from './sources.js'

const sources = [...filesIn('src', /\.ts$/), ...filesIn('engine', /\.m[jt]s$/)]

describe('house: files', () => {
  it('none is longer than 250 lines', () => {
    const long = sources.map(file => [file, read(file).split('\n').length] as const).filter(([, lines]) => lines > 250)
    expect(long).to.deep.equal([])
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

  it('every action has its description and its handler, in files of the same name', () => {
    const names = (folder: string) =>
      filesIn(folder, /\.ts$/)
        .filter(file => !file.endsWith('index.ts'))
        .map(file => file.split('/').at(-1))
    expect(names('src/pipeline/run/handlers')).to.deep.equal(names('src/pipeline/description/actions'))
  })
})
