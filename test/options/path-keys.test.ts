import { expect } from 'chai'
import { anyOf, boolean, check, integer, listOf, mapOf, oneOf, option, options } from '../../src/options/index.js'

const optional = { optional: true } as const
const filters = option('the filters', integer({ min: 1 }), optional)
const blockOptions = () =>
  options({
    filters,
    se: option('squeeze and excitation', anyOf(boolean, options({ ratio: option('the ratio', integer(), { default: 16 }) })), {
      default: false,
    }),
  })
const networkOptions = () =>
  options({
    inputs: option('the inputs', mapOf(options({ shape: option('the shape', listOf(integer()), optional) })), optional),
    initial_block: option('the first part', options({ filters }), { ...optional, oldNames: ['input_block'] }),
    body: option('the body', options({ block: option('a block', blockOptions(), optional) }), optional),
    padding: option('the padding', oneOf(['same', 'valid']), { default: 'same' }),
  })
const find = (config: object) => check(networkOptions(), config, { paths: true })

describe('options whose keys may be paths', () => {
  const right: readonly object[] = [
    { 'body/block/filters': 3 },
    { body: { 'block/filters': 3 } },
    { 'body/block': { filters: 3 }, body: { block: { se: true } } },
    { 'body/block/se/ratio': 4, 'body/block/se': { ratio: 2 } },
    { '/body//block/filters/': 3 },
    { 'inputs/images/shape': [28, 28, 1], inputs: { labels: { shape: [1] } } },
  ]
  for (const config of right) it(`${JSON.stringify(config)} is right`, () => expect(find(config).errors).to.deep.equal([]))

  const unknown = (path: readonly string[], seen: string, allowed: readonly string[]) => ({ code: 'unknown-option', path, seen, allowed })
  const wrongValue = (path: readonly (string | number)[], summary: string, seen: unknown, allowed: string) => ({
    code: 'wrong-value',
    path,
    summary,
    seen,
    allowed,
    names: [],
  })
  const wrong: readonly (readonly [object, object])[] = [
    [{ 'body/blok/filters': 3 }, unknown(['body/blok/filters'], 'blok', ['block'])],
    [{ body: { 'block/filtres': 3 } }, unknown(['body', 'block/filtres'], 'filtres', ['filters', 'se'])],
    [{ 'padding/x': 3 }, unknown(['padding/x'], 'x', [])],
    [{ '/': 3 }, unknown(['/'], '/', ['inputs', 'initial_block', 'body', 'padding'])],
    [{ 'inputs/__proto__/shape': [1] }, unknown(['inputs/__proto__/shape'], '__proto__', [])],
    [{ 'body/block/filters': 0 }, wrongValue(['body/block/filters'], 'the filters', 0, 'an integer of at least 1')],
    [{ 'inputs/images/shape': [28, 'x'] }, wrongValue(['inputs/images/shape', 1], 'the shape', 'x', 'an integer')],
  ]
  for (const [config, problem] of wrong) {
    it(`${JSON.stringify(config)} is one problem, at its key`, () => expect(find(config).errors).to.deep.equal([problem]))
  }

  it('an old name may begin a path', () => {
    expect(find({ 'input_block/filters': 3 })).to.deep.equal({
      errors: [],
      notes: [{ path: ['input_block/filters'], seen: 'input_block', now: 'initial_block' }],
    })
  })

  it('without paths a slash is part of a name', () => {
    expect(check(networkOptions(), { 'body/block/filters': 3 }).errors).to.have.length(1)
  })
})
