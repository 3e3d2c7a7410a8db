import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { readExperiment, readExperimentFile } from '../../../src/pipeline/yaml/index.js'
import { registry } from '../../support/registry.js'

const whole = `datasets: { mnist: { openset: mnist } }
pipelines: { p: { dataset: mnist.train, actions: [] } }
run: { iterations: 1, batch: { batchSize: 1 } }
`
const list = (count: number, item: (i: number) => string) => Array.from({ length: count }, (_, i) => item(i))
const actions = (lines: string) => whole.replace('actions: [] } }', `actions: [${lines}] } }`)
const nested = (count: number) => actions(`${'{ repeat: { times: 1, actions: ['.repeat(count)}{ flip: {} }${'] } }'.repeat(count)}`)

function codesOf(text: string): readonly string[] {
  const { errors } = readExperiment(text, { registry, env: {} })
  for (const { location } of errors.filter(({ code }) => code !== 'more-mistakes')) expect(location.source!.line).to.be.above(0)
  return [...new Set(errors.map(({ code }) => code))]
}

describe('a document beyond its limits', () => {
  const cases: readonly (readonly [what: string, text: string, code: string])[] = [
    ['17 blocks of actions in one another', nested(17), 'blocks-too-deep'],
    ['200 blocks', nested(200), 'document-too-deep'],
    ['2,000 nested keys', `${whole}vars:\n${list(2000, i => `${' '.repeat(i + 1)}a:`).join('\n')} 1`, 'document-too-deep'],
    ['5,000 dashes', `${whole}vars:\n  ${'- '.repeat(5000)}1`, 'document-too-deep'],
    ['5,000 question marks', `${whole}vars:\n  ${'? '.repeat(5000)}1`, 'document-too-deep'],
    ['10,000 brackets', `${whole}vars: ${'['.repeat(10_000)}`, 'document-too-deep'],
    ['10,000 brackets that are closed', `${whole}vars: ${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'document-too-deep'],
    ['10,000 braces', `${whole}vars: ${'{ a: '.repeat(10_000)}`, 'document-too-deep'],
    ['5,000 tags', `${whole}vars: ${'!B '.repeat(5000)}1`, 'yaml-syntax'],
    ['10,000 references in one another', `${whole}title: '${'${'.repeat(10_000)}'`, 'unread-reference'],
    [
      '1,000 references in a row',
      `${whole}vars:\n${list(1000, i => `  v${i}: '\${vars.v${i + 1}}'`).join('\n')}\n  v1000: 1`,
      'document-too-deep',
    ],
    [
      '300 levels by references',
      `${whole}vars:\n${list(300, i => `  v${i}: { x: '\${vars.v${i + 1}}' }`).join('\n')}\n  v300: 1`,
      'document-too-deep',
    ],
    ['a title of 11 million characters', `title: ${'x'.repeat(11_000_000)}\n${whole}`, 'document-too-large'],
    ['150,000 actions', actions('{ flip: {} }, '.repeat(150_000)), 'document-too-large'],
  ]
  for (const [what, text, code] of cases) {
    it(`of ${what} has one error that says so`, () => expect(codesOf(text)).to.deep.equal([code]))
  }

  it('that is just within them is right', () => {
    for (const text of [
      nested(16),
      `${whole}vars: { a: ${'['.repeat(150)}${']'.repeat(150)} }`,
      `${whole}vars: { a: [${list(50_000, i => `${i}`)}] }`,
    ])
      expect(codesOf(text)).to.deep.equal([])
  })

  it('names the cause: what is written, or what aliases make of it', () => {
    const said = (text: string) => readExperiment(text, { registry }).errors[0]!.message
    expect(said(`${whole}title: ${'x'.repeat(11_000_000)}`)).to.match(/has more than 100000 values; a long string counts/)
    const aliases = list(6, i => `v${i}: &v${i} [${list(10, () => (i === 0 ? 'x' : `*v${i - 1}`))}]`)
    expect(said(`${whole}vars: { ${aliases.join(', ')} }`)).to.match(/with aliases and references expanded/)
  })

  it('lists 200 mistakes and says that there are more', () => {
    const { errors } = readExperiment(`${whole}${list(5000, i => `k${i}: 1`).join('\n')}`, { registry })
    expect(errors).to.have.length(201)
    expect(errors.at(-1)!.code).to.equal('more-mistakes')
  })
})

describe('what is no file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-test-'))
  const at = (name: string) => join(folder, name)
  before(() => {
    mkdirSync(at('folder'))
    execFileSync('mkfifo', [at('pipe')])
    symlinkSync(at('circle'), at('circle'))
    symlinkSync('/dev/zero', at('endless'))
    writeFileSync(at('binary'), new Uint8Array([1, 0, 255]))
    writeFileSync(at('large'), ' '.repeat(5 * 2 ** 20))
    writeFileSync(at('text'), 'just text')
    writeFileSync(at('list'), '- a')
    writeFileSync(at('number'), '5')
    writeFileSync(at('map'), 'title: inherited')
  })
  after(() => rmSync(folder, { recursive: true }))

  const unreadable: readonly (readonly [name: string, seen: string])[] = [
    ['folder', 'it is a folder, not a file'],
    ['pipe', 'it is a pipe, not a file'],
    ['endless', 'it is a device, not a file'],
    ['/dev/zero', 'it is a device, not a file'],
    ['circle', 'its links lead in a circle'],
    ['gone', 'there is no such file'],
    ['text/inside', 'a part of its path is a file, not a folder'],
    ['x'.repeat(300), 'its name is too long'],
    ['binary', 'it is not UTF-8 text'],
    ['large', 'it is larger than 4 MiB, the most that is read'],
  ]
  for (const [name, seen] of unreadable) {
    it(`${name.slice(0, 20)} cannot be read, alone or by extends: ${seen}`, () => {
      writeFileSync(at('file.yaml'), `extends: ${name}\n${whole}`)
      const [own] = readExperimentFile(name.startsWith('/') ? name : at(name), { registry }).errors
      const extended = readExperimentFile(at('file.yaml'), { registry }).errors
      expect([own!.code, own!.parts.seen]).to.deep.equal(['file-not-readable', seen])
      expect(extended.map(({ code, parts, location }) => [code, parts.seen, location.source!.line])).to.deep.equal([
        ['file-not-readable', seen, 1],
      ])
    })
  }

  for (const [name, seen] of [
    ['text', 'the string "just text"'],
    ['list', 'a list of 1'],
    ['number', '5'],
  ] as const) {
    it(`a ${name} cannot be extended`, () => {
      writeFileSync(at('file.yaml'), `extends: [map, ${name}]\n${whole}`)
      const { errors } = readExperimentFile(at('file.yaml'), { registry })
      expect(errors.map(({ code, parts }) => [code, parts.seen])).to.deep.equal([['wrong-type', seen]])
    })
  }
})
