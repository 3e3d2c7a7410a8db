/** Every file of fixtures/ gives exactly the errors of output/. Set UPDATE_OUTPUT=1 to write them anew, then read the difference. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { renderErrors } from '../../../src/errors/index.js'
import { readExperiment } from '../../../src/pipeline/yaml/index.js'
import { registry } from '../../support/registry.js'

const at = (path: string) => new URL(path, import.meta.url)
const cases = readdirSync(at('fixtures')).map(file => file.replace(/\.yaml$/, ''))
const env = { ROUNDS: 'some', HOME_PAGE: 'https://example.org' }

describe('files with mistakes', () => {
  for (const name of cases) {
    const text = readFileSync(at(`fixtures/${name}.yaml`), 'utf8')
    const { errors, notes, spec } = readExperiment(text, { file: `${name}.yaml`, registry, env })

    it(`${name}: every mistake is told once, in order, in its place`, () => {
      const rendered = `${[renderErrors(errors), renderErrors(notes, { severity: 'note' })].filter(Boolean).join('\n\n')}\n`
      const output = at(`output/${name}.txt`)
      if (process.env.UPDATE_OUTPUT || !existsSync(output)) writeFileSync(output, rendered)
      expect(rendered).to.equal(readFileSync(output, 'utf8'))
      expect(spec).to.equal(undefined)
    })

    it(`${name}: places are inside the text, and sorted`, () => {
      const lines = text.split('\n')
      const places = errors.map(({ place }) => place.source!)
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
    expect(errors.map(({ code, place }) => [place.source!.line, code])).to.deep.equal([
      [8, 'unknown-key'],
      [9, 'unknown-action'],
      [10, 'unknown-tag'],
      [15, 'not-initialised'],
      [17, 'wrong-type'],
    ])
  })
})
