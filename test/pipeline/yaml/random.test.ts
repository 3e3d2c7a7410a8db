/** `R` in files: the same description as in TypeScript, and its mistakes told in their places. */
import { expect } from 'chai'
import { R, V } from '../../../src/pipeline/index.js'
import { readExperiment } from '../../../src/pipeline/yaml/index.js'
import { registry } from '../../support/registry.js'

function read(value: string) {
  const text = `datasets: {mnist: {openset: mnist}}
pipelines: {p: {dataset: mnist.train, actions: [{initVariable: {name: n}}, {update: {dst: !V n, value: ${value}}}]}}
run: {iterations: 1, batch: {batchSize: 2}}`
  return readExperiment(text, { registry, file: 'random.yaml' })
}

describe('R in files', () => {
  const doors: readonly (readonly [string, { readonly json: unknown }])[] = [
    ['!R uniform', R('uniform')],
    ['!R [normal, 0, 0.1]', R('normal', 0, 0.1)],
    ['{R: poisson, params: {lam: 5.5}, size: 3, seed: 42}', R('poisson', { lam: 5.5, size: 3, seed: 42 })],
    ['{R: normal, params: {loc: !V n}}', R('normal', { loc: V('n') })],
    ['!R [[metro, taxi]]', R(['metro', 'taxi'])],
    ['{R: [metro, taxi], params: {p: [0.4, 0.6]}, size: 2}', R(['metro', 'taxi'], { p: [0.4, 0.6], size: 2 })],
    ['{R: 10, params: {replace: false}}', R(10, { replace: false })],
  ]
  for (const [yaml, { json }] of doors) {
    it(`${yaml} is what TypeScript says`, () => {
      const { spec, errors } = read(yaml)
      expect(errors.map(({ message }) => message)).to.deep.equal([])
      const { update } = spec!.pipelines.p!.actions[1] as unknown as { update: { value: unknown } }
      expect(update.value).to.deep.equal(json)
    })
  }

  const mistakes: readonly (readonly [string, string, RegExp])[] = [
    ['!R nomral', 'value-not-allowed', /Did you mean normal\?/],
    ['{R: normal, params: {scael: 2}}', 'unknown-key', /the distribution normal has no key scael.*Did you mean scale\?/],
    ['{R: true}', 'wrong-type', /a distribution, or a list to choose from/],
    ['{R: normal, sizes: 3}', 'unknown-key', /R has no key sizes.*Did you mean size\?/],
  ]
  for (const [yaml, code, message] of mistakes) {
    it(`${yaml} is a mistake`, () => {
      const { errors } = read(yaml)
      expect(errors.map(error => error.code)).to.deep.equal([code])
      expect(errors[0]!.message).to.match(message)
    })
  }
})
