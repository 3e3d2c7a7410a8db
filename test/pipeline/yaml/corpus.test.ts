/** Every file of fixtures/ gives exactly the errors of output/. `MILLRACE_UPDATE=1` writes them anew. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { renderErrors } from '../../../src/errors/index.js'
import { readExperiment } from '../../../src/pipeline/yaml/index.js'
import { registry } from '../../support/registry.js'
import { expectSnapshot } from '../../support/snapshot.js'

const at = (path: string) => new URL(path, import.meta.url)
const cases = readdirSync(at('fixtures')).map(file => file.replace(/\.yaml$/, ''))
const env = { ROUNDS: 'some', HOME_PAGE: 'https://example.org' }

describe('files with mistakes', () => {
  for (const name of cases) {
    const read = () => {
      const text = readFileSync(at(`fixtures/${name}.yaml`), 'utf8')
      return { text, ...readExperiment(text, { file: `${name}.yaml`, registry, env }) }
    }

    it(`${name}: every mistake is told once, in order, in its place`, () => {
      const { errors, notes, spec } = read()
      const rendered = `${[renderErrors(errors), renderErrors(notes, { severity: 'note' })].filter(Boolean).join('\n\n')}\n`
      expectSnapshot(`pipeline/yaml/output/${name}.txt`, rendered)
      expect(spec).to.equal(undefined)
    })

    it(`${name}: places are inside the text, and sorted`, () => {
      const { text, errors } = read()
      const lines = text.split('\n')
      const places = errors.map(({ location }) => location.source!)
      for (const { line, column, text: shown } of places) {
        expect(shown).to.equal(lines[line - 1])
        expect(column).to.be.within(1, shown!.length + 1)
      }
      expect(places).to.deep.equal([...places].sort((a, b) => a.line - b.line || a.column - b.column))
    })
  }

  it('five mistakes are five errors', () => {
    const text = readFileSync(at('fixtures/five-mistakes.yaml'), 'utf8')
    const { errors } = readExperiment(text, { registry })
    expect(errors.map(({ code, location }) => [location.source!.line, code])).to.deep.equal([
      [8, 'unknown-key'],
      [9, 'unknown-action'],
      [10, 'unknown-tag'],
      [15, 'not-initialised'],
      [17, 'wrong-type'],
    ])
  })
})
