import { expect } from 'chai'
import { readCheckedFile, registry } from '../../src/experiment.js'
import { examplesIn } from '../house/examples.js'
import { filesIn, read } from '../house/sources.js'

const pages = ['README.md', 'CONTRIBUTING.md', ...filesIn('bench', /\.md$/), ...filesIn('docs', /\.md$/)]

describe('what the documentation shows runs: every program is run, every file read, every example compiled', () => {
  it('programs and pipelines stand in the README alone, whose test runs them as they are', () => {
    const withPrograms = pages.filter(page => /^```(ts|typescript|js|javascript|yaml|yml)\b/m.test(read(page)))
    expect(withPrograms).to.deep.equal(['README.md'])
    expect(read('test/house/readme.test.ts')).to.match(/blocks\('ts'\)[\s\S]*blocks\('yaml'\)/)
  })

  for (const file of filesIn('pipelines', /\.ya?ml$/)) {
    it(`${file} has no mistake, nor a name of before`, () => {
      const { errors } = readCheckedFile(file, { registry })
      expect(errors.map(({ message }) => message)).to.deep.equal([])
    })
  }

  it('examples of docstrings are whole: a compiler takes each (house: examples)', () => {
    const examples = filesIn('src', /\.ts$/).flatMap(examplesIn)
    expect(examples.length).to.be.above(150)
    for (const { file, line, code } of examples) expect(code.trim(), `${file}:${line}`).not.to.equal('')
  })
})
