import { expect } from 'chai'
import { filesIn, read } from './sources.js'

const tables = filesIn('src/errors/messages', /\.ts$/)
const sources = filesIn('src', /\.ts$/).filter(file => !tables.includes(file))
const texts = filesIn('test', /\.(ts|txt|yaml)$/).map(read)

describe('house: error codes', () => {
  let codes: readonly string[]
  before(async () => {
    const modules = await Promise.all(tables.map(file => import(new URL(`../../${file}`, import.meta.url).href) as Promise<object>))
    codes = modules.flatMap(module => Object.values(module)).flatMap(table => Object.keys(table))
  })

  it('an error code means one thing: no two tables have the same', () => {
    expect(tables).to.have.length.above(10)
    expect(codes).to.have.length.above(150)
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).to.deep.equal([])
  })

  it('every code is raised somewhere', () => {
    const all = sources.map(read).join('\n')
    expect(codes.filter(code => !all.includes(`'${code}'`))).to.deep.equal([])
  })

  it('every code is named in a test', () => {
    const all = texts.join('\n')
    expect(codes.filter(code => !new RegExp(`(?<![\\w-])${code}(?![\\w-])`).test(all))).to.deep.equal([])
  })
})
