import { expect } from 'chai'
import { readExperiment } from '../../../../src/pipeline/yaml/index.js'
import { registry } from '../../../support/registry.js'

/** The errors of a file with this value in the config of its pipeline, and with these vars. */
const errorsOf = (value: string, vars = '{}') =>
  readExperiment(
    `vars: ${vars}
datasets: { mnist: { openset: mnist } }
pipelines: { p: { dataset: mnist.train, config: { a: ${value} }, actions: [] } }
run: { iterations: 1, batch: { batchSize: 1 } }
`,
    { registry },
  ).errors

describe('numbers in files', () => {
  const held = [
    '9007199254740992',
    '-9007199254740992',
    '+5',
    '0x10',
    '0o17',
    '0.1',
    '1e21',
    '100000000000000000000',
    '1.0',
    '-.inf',
    '.inf',
    '1e308',
  ]
  for (const spelled of held) it(`${spelled} is a number`, () => expect(errorsOf(spelled)).to.deep.equal([]))

  const changed = [
    '9007199254740993',
    '-9007199254740993',
    '+9007199254740993',
    '0x20000000000001',
    '1e999',
    '-1e999',
    '[1, { b: 9007199254740993 }]',
  ]
  for (const spelled of changed) {
    it(`${spelled} would be another number`, () => {
      const errors = errorsOf(spelled)
      expect(errors.map(({ code }) => code)).to.deep.equal(['inexact-number'])
      expect(errors[0]!.location.source!.line).to.equal(3)
    })
  }

  it('are not looked at in fragments that are not used', () => {
    expect(errorsOf('1', '{ x: 9007199254740993 }')).to.deep.equal([])
    expect(errorsOf("'v${vars.x}'", '{ x: 9007199254740993 }')).to.deep.equal([])
    expect(errorsOf("'${vars.x}'", '{ x: 9007199254740993 }').map(({ code }) => code)).to.deep.equal(['inexact-number'])
  })
})
