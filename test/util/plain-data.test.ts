import { expect } from 'chai'
import { copyValue } from '../../src/util/copy-value.js'
import { clonePlain, deepFreeze, isPlainObject } from '../../src/util/json.js'
import { NdArray } from '../../src/util/nd-array.js'
import { newestNumber } from '../../src/util/newest-number.js'
import { isForbiddenKey, joinPath, splitPath } from '../../src/util/paths.js'

class Engine {}
const work = () => 1

describe('plain data', () => {
  const plain: readonly (readonly [value: unknown, isPlain: boolean])[] = [
    [{}, true],
    [Object.create(null), true],
    [JSON.parse('{"a":1}'), true],
    [new Engine(), false],
    [[], false],
    [null, false],
    [undefined, false],
    ['{}', false],
    [work, false],
    [new Map(), false],
  ]
  for (const [i, [value, isPlain]] of plain.entries()) {
    it(`value ${i} is ${isPlain ? '' : 'not '}a plain object`, () => expect(isPlainObject(value)).to.equal(isPlain))
  }

  it('clonePlain copies lists and objects at every depth and shares the rest', () => {
    const engine = new Engine()
    const source = { list: [{ a: 1 }], engine, work, none: null }
    const copy = clonePlain(source)
    expect(copy).to.deep.equal(source)
    expect([copy === source, copy.list === source.list, copy.list[0] === source.list[0]]).to.deep.equal([false, false, false])
    expect([copy.engine === engine, copy.work === work]).to.deep.equal([true, true])
  })

  it('deepFreeze freezes lists and objects at every depth, and nothing else', () => {
    const engine = new Engine()
    const source = { list: [{ a: 1 }], engine, work }
    expect(deepFreeze(source)).to.equal(source)
    expect([source, source.list, source.list[0]].map(Object.isFrozen)).to.deep.equal([true, true, true])
    expect([engine, work].map(Object.isFrozen)).to.deep.equal([false, false])
  })

  it('copyValue copies arrays too, and shares functions and instances', () => {
    const engine = new Engine()
    const source = { array: NdArray.from([[1, 2]]), typed: Uint8Array.of(1, 2), list: [[3]], inner: { a: 1 }, engine, work }
    const copy = copyValue(source)
    expect(copy).to.deep.equal(source)
    source.array.data[0] = 9
    source.typed[0] = 9
    source.list[0]![0] = 9
    source.inner.a = 9
    expect([copy.array.toNested(), [...copy.typed], copy.list, copy.inner]).to.deep.equal([[[1, 2]], [1, 2], [[3]], { a: 1 }])
    expect([copy.engine === engine, copy.work === work]).to.deep.equal([true, true])
    const view = new DataView(new ArrayBuffer(1))
    expect(copyValue(view)).to.equal(view)
  })
})

describe('the newest number of a variable', () => {
  const rows: readonly (readonly [what: string, value: unknown, newest: number | null])[] = [
    ['a number', 3, 3],
    ['a list', [1, 2, 3], 3],
    ['a list of lists', [[1], [2, 3]], 3],
    ['an empty list', [], null],
    [
      'an array',
      NdArray.from([
        [1, 2],
        [3, 4],
      ]),
      4,
    ],
    ['an array of one axis', NdArray.from([1, 2, 3]), 3],
    ['an array without elements', NdArray.zeros([0]), null],
    ['a typed array', Float32Array.of(1, 2, 3), 3],
    ['a list that ends with an empty one', [1, []], null],
    ['an empty typed array', new Float32Array(0), null],
    ['bytes without a type', new DataView(new ArrayBuffer(2)), null],
    ['a string', 'loss', null],
    ['an object', { a: 1 }, null],
    ['null', null, null],
  ]
  for (const [what, value, newest] of rows) it(`of ${what}: ${newest}`, () => expect(newestNumber(value)).to.equal(newest))
})

describe('paths of keys', () => {
  for (const [path, keys] of [
    ['body', ['body']],
    ['body/block', ['body', 'block']],
    ['/body//block/', ['body', 'block']],
  ] as const) {
    it(`${path} has the keys ${keys}`, () => expect(splitPath(path)).to.deep.equal(keys))
  }

  const refused: readonly (readonly [path: unknown, message: string])[] = [
    [3, 'a config key must be a string, not number 3'],
    ['', "a config key needs at least one character: '' has none"],
    ['//', "a config key needs at least one character: '//' has none"],
    ['a/__proto__/b', '__proto__ cannot be a config key'],
    ['constructor', 'constructor cannot be a config key'],
    ['a/prototype', 'prototype cannot be a config key'],
  ]
  for (const [path, message] of refused) {
    it(`refused: ${message}`, () => expect(() => splitPath(path as string)).to.throw(TypeError, message))
  }

  it('joinPath skips empty parts', () => expect(joinPath('', 'a/b', '', 'c')).to.equal('a/b/c'))
  it('ordinary names are allowed', () => expect(['a', 'proto', 'toString'].some(isForbiddenKey)).to.equal(false))
})
