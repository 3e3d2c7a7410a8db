import { expect } from 'chai'
import fc from 'fast-check'
import { renderErrors } from '../../../src/errors/index.js'
import { readExperiment } from '../../../src/pipeline/yaml/index.js'
import { registry } from '../../support/registry.js'
import { text } from './experiment.js'

const bits = [
  '{',
  '}',
  '[',
  ']',
  ':',
  '- ',
  '!',
  '&a ',
  '*a',
  '"',
  "'",
  '\n',
  '  ',
  '#',
  '${',
  'null',
  '5',
  '<<: ',
  '__proto__: ',
  '|',
  '\t',
  ',',
  '---',
  '?',
]
const change = fc.record({
  at: fc.nat(text.length - 1),
  remove: fc.nat(3),
  add: fc.oneof(fc.constant(''), fc.constantFrom(...bits), fc.string({ maxLength: 3 })),
})

describe('a damaged file', () => {
  it('gives errors, never a throw; each lies inside its text, and none is told twice', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), changes => {
        const damaged = changes.reduce((before, { at, remove, add }) => before.slice(0, at) + add + before.slice(at + remove), text)
        const { errors, spec, resolvedYaml } = readExperiment(damaged, { registry, env: {} })
        const lines = damaged.split('\n')
        for (const { location } of errors) {
          const { line, column, text: shown } = location.source!
          expect(lines[line - 1]!.replace(/\r$/, '')).to.equal(shown)
          expect(column).to.be.within(1, shown!.length + 1)
        }
        const told = renderErrors(errors).split('\n\n')
        expect(new Set(told).size).to.equal(told.length)
        expect(spec === undefined).to.equal(errors.length > 0)
        expect(resolvedYaml()).to.be.a('string')
      }),
      { numRuns: 150 },
    )
  })

  it('without any of its lines is still read', () => {
    const lines = text.split('\n')
    for (const [i] of lines.entries()) {
      const { errors } = readExperiment(lines.toSpliced(i, 1).join('\n'), { registry })
      expect(errors.length, renderErrors(errors)).to.be.below(10)
    }
  })
})
