/** What a file says with tags and plain forms, and what TypeScript says, are the same. */
import { expect } from 'chai'
import { B, C, I, IF, ImagesBatch, L, P, PP, R, template, V, W } from '../../../src/index.js'
import { readExperiment } from '../../../src/pipeline/yaml/index.js'
import { registry } from '../../support/registry.js'

const file = (actions: string) => `
datasets:
  digits: { openset: mnist }
pipelines:
  train:
    dataset: digits.train
    config: { rate: 2 }
    actions:
      - initVariable: { name: loss, default: 0 }
      - initVariable: { name: list, default: [] }
  test:
    dataset: digits.test
    config: { a: { b: 1 }, keys: [x] }
    actions:
      - initVariable: { name: v }
      - initVariable: { name: w }
${actions}
run: { iterations: 1, batch: { batchSize: 1 } }
`

describe('expressions in files', () => {
  const train = () => template(ImagesBatch).named('train').setConfig({ rate: 2 }).initVariable('loss', { default: 0 })
  const v = () => V('v')
  const values: [string, () => unknown][] = [
    ["!IF [{ '>': [!V v, 1] }, !C a/b, !B images]", () => IF(v().gt(1), C('a/b'), B('images'))],
    ['{ IF: [!V v, 1, 2] }', () => IF(v(), 1, 2)],
    ['!P [1, !V v]', () => P([1, v()])],
    ['!P { R: normal, args: [0, 15] }', () => P(R('normal', 0, 15))],
    ['{ P: !R [uniform, 0, 1] }', () => P(R('uniform', 0, 1))],
    ['!PP { R: uniform }', () => PP(R('uniform'))],
    ['{ PP: 1 }', () => PP(1)],
    ["{ '.': [!L images, width] }", () => L('images').attr('width')],
    ['!L { C: name, default: images }', () => L(C('name', { default: 'images' }))],
    ['{ L: { V: v } }', () => L(v())],
    ['!W { V: v }', () => W(v())],
    ['{ B: images, copy: true }', () => B('images', { copy: true })],
    ['{ V: loss, pipeline: train }', () => V('loss', { pipeline: train() })],
    ['{ C: rate, pipeline: train, default: 3 }', () => C('rate', { pipeline: train(), default: 3 })],
    ["{ '-': [1, !V v] }", () => v().rsub(1)],
    ["{ '@': [!B images, [[1]]] }", () => B('images').matmul([[1]])],
    ["{ '<<': [!V v, 2] }", () => v().leftShift(2)],
    ["{ '~': [!V v] }", () => v().invert()],
    ["{ .format: [!I , 'net-{:03d}'] }", () => I().format('net-{:03d}')],
    ["{ .str: [!V v] }", () => v().str()],
    ["{ '[]': [!V v, null, -1, 2] }", () => v().at(null, -1, 2)],
    ["{ '()': [{ '.': [!B images, mean] }, [1, 2]] }", () => B('images').call('mean', [1, 2])],
  ] // biome-ignore format: a case a line
  for (const [text, expression] of values) {
    it(text, () => {
      const { spec, errors } = readExperiment(file(`      - update: { dst: !V v, value: ${text} }`), { registry })
      expect(errors.map(({ message }) => message)).to.deep.equal([])
      const twin = template(ImagesBatch).update(v(), expression() as number)
      expect(spec!.pipelines.test!.actions.at(-1)).to.deep.equal(twin.spec.actions[0])
    })
  }

  const places: [string, () => object][] = [
    ['!C a/c', () => C('a/c')],
    ['!L boxes', () => L('boxes')],
    ["{ '.': [!L images, label] }", () => L('images').attr('label')],
    ['[!V v, [!B new, { x: !V w }]]', () => [v(), [B('new'), { x: V('w') }]]],
    ['{ a: !V v, b: !C a }', () => ({ a: v(), b: C('a') })],
    ["{ '[]': [{ '.': [!V v, x] }, 0, 2] }", () => v().attr('x').at(0, 2)],
  ]
  for (const [text, place] of places) {
    it(`saving to ${text}`, () => {
      const { spec, errors } = readExperiment(file(`      - update: { dst: ${text}, value: 1 }`), { registry })
      expect(errors.map(({ message }) => message)).to.deep.equal([])
      expect(spec!.pipelines.test!.actions.at(-1)).to.deep.equal(
        template(ImagesBatch).update(place() as ReturnType<typeof v>, 1).spec.actions[0],
      )
    })
  }

  const mistakes: [string, string, RegExp][] = [
    ['!IF [1, 2]', 'wrong-type', /IF must be a list of 3: condition, value, other value/],
    ['!IF images', 'wrong-tag-value', /!IF \[condition, value, other value\]/],
    ['!P images', 'wrong-tag-value', /!P \[value, …\], or !P \{R: name\}/],
    ['!L', 'wrong-type', /L must be the name of a component\./],
    ['!L imags', 'unknown-name', /no component called imags.*Did you mean images/],
    ['{ V: los, pipeline: train }', 'unknown-name', /no variable of train called los.*Did you mean loss/],
    ['{ V: loss, pipeline: trian }', 'unknown-name', /no pipeline called trian.*Did you mean train/],
    ['{ V: loss, pipelin: train }', 'unknown-key', /V has no key pipelin/],
    ["{ '()': [{ '.': [!B images, meen] }] }", 'unknown-name', /no method called meen.*Did you mean mean/],
    ["{ '()': [{ '.': [!B images, constructor] }] }", 'function-in-yaml', /\(\) runs a function/],
    ['{ V: v, mode: prepend }', 'value-not-allowed', /mode cannot be prepend.*write, append/],
    ['{ B: images, copy: 3 }', 'wrong-type', /copy must be true or false/],
    ['{ V: v, pipeline: [train] }', 'wrong-type', /pipeline must be the name of a pipeline/],
    ["{ '()': [!V v] }", 'function-in-yaml', /\(\) runs a function/],
    ['{ P: !F eval }', 'function-in-yaml', /F runs a function/],
  ]
  for (const [text, code, pattern] of mistakes) {
    it(`refuses ${text}`, () => {
      const { errors } = readExperiment(file(`      - update: { dst: !V v, value: ${text} }`), { registry })
      expect(errors.map(error => error.code)).to.deep.equal([code])
      expect(errors[0]!.message).to.match(pattern)
    })
  }

  for (const place of [
    '!D length',
    '{ V: loss, pipeline: train }',
    "{ '[]': [!C a, 0] }",
    '[!V v, [!I ]]',
    '{ a: !P [1] }',
    "{ '+': [!V v, 1] }",
  ]) {
    it(`refuses to save to ${place}`, () => {
      const { errors } = readExperiment(file(`      - update: { dst: ${place}, value: 1 }`), { registry })
      expect(errors.map(error => error.code)).to.deep.equal(['not-a-place'])
    })
  }
})
