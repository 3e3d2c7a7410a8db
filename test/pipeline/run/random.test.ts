/** `R`: what it draws, and what it refuses. The distributions themselves are tested in `test/util/distributions`. */
import { expect } from 'chai'
import { noBindings } from '../../../src/pipeline/description/content/bindings.js'
import { describe as describeValue } from '../../../src/pipeline/description/content/describe.js'
import { C, R, V } from '../../../src/pipeline/index.js'
import { Scope } from '../../../src/pipeline/run/execution/scope.js'
import { Session } from '../../../src/pipeline/run/session/session.js'
import { evaluate } from '../../../src/pipeline/run/values/evaluate.js'
import type { NdArray } from '../../../src/util/nd-array.js'

/** The value where config cities = [metro, taxi], law = poisson, and the variable two is 2. */
function valueIn(value: unknown, seed = 4): unknown {
  const { json, values } = describeValue(value)
  const session = new Session('test', { config: { cities: ['metro', 'taxi'], law: 'poisson' }, actions: [] }, { ...noBindings, values })
  session.variables.set('two', 2)
  return evaluate(json, new Scope(session, undefined, { seed, total: null }))
}
const array = (value: unknown) => valueIn(value) as NdArray

describe('random values', () => {
  it('take parameters by position, by name, and from expressions', () => {
    const draws = [R('normal', 1, 2), R('normal', 1, { scale: 2 }), R('normal', { loc: 1, scale: V('two') })].map(r => valueIn(r))
    expect(new Set(draws).size).to.equal(1)
    expect(valueIn(R('poisson', { lam: 5.5, seed: 42, size: 3 }))).to.have.deep.property('shape', [3])
  })

  it('are the same in the same run, others in another', () => {
    expect(valueIn(R('gamma', 2))).to.equal(valueIn(R('gamma', 2)))
    expect(valueIn(R('gamma', 2), 5)).to.not.equal(valueIn(R('gamma', 2)))
    expect(valueIn(R('gamma', 2, { seed: 1 }), 5)).to.equal(valueIn(R('gamma', 2, { seed: 1 })))
    const [first, second] = valueIn([R('uniform'), R('uniform')]) as number[]
    expect(first).to.not.equal(second)
  })

  const arrays = [
    ['numbers', R('uniform', { size: [2, 3] }), 'float32', [2, 3]],
    ['a size of one axis', R('uniform', { size: 4 }), 'float32', [4]],
    ['a size of an expression', R('uniform', { size: [V('two'), 3] }), 'float32', [2, 3]],
    ['whole numbers', R('binomial', 10, 0.5, { size: 5 }), 'int32', [5]],
    ['a vector', R('dirichlet', [1, 2, 3]), 'float32', [3]],
    ['vectors', R('dirichlet', [1, 2, 3], { size: [2, 4] }), 'float32', [2, 4, 3]],
    ['counts', R('multinomial', 5, [0.5, 0.5], { size: 2 }), 'int32', [2, 2]],
    ['no vectors', R('dirichlet', [1, 2], { size: 0 }), 'float32', [0, 2]],
    ['a choice of numbers', R([3, 5], { size: 6 }), 'float32', [6]],
  ] as const
  for (const [title, value, dtype, shape] of arrays) {
    it(`give an array: ${title}`, () => {
      expect(array(value).dtype).to.equal(dtype)
      expect(array(value).shape).to.deep.equal(shape)
    })
  }

  describe('with a list in place of a name choose from it', () => {
    it('one item, or as many as size says', () => {
      expect(['metro', 'taxi']).to.include(valueIn(R(['metro', 'taxi'])))
      const drawn = valueIn(R(['metro', 'taxi', 'bike'], { p: [0.5, 0, 0.5], size: 50 })) as string[]
      expect(new Set(drawn)).to.deep.equal(new Set(['metro', 'bike']))
    })

    it('what an expression gives, be it a list or a name', () => {
      expect(['metro', 'taxi']).to.include(valueIn(R(C('cities'))))
      expect(valueIn(R(C('law'), { lam: 3, size: 2 }))).to.have.property('dtype', 'int32')
    })

    it('a number below one, an item of an array, and each once without replacement', () => {
      expect(valueIn(R(3))).to.be.oneOf([0, 1, 2])
      expect(valueIn(R(new Float32Array([0.5])))).to.equal(0.5)
      expect(Array.from(array(R(5, { replace: false, size: 5 })).data).sort()).to.deep.equal([0, 1, 2, 3, 4])
    })
  })

  const refused: readonly (readonly [string, unknown, string, RegExp])[] = [
    ['an unknown distribution', R(C('cities').at(0)), 'unknown-name', /no distribution called metro/],
    ['a parameter it does not have', R('normal', { lam: 1 } as object), 'unknown-option', /distribution normal has no option lam/],
    ['more than there is without replacement', R(3, { replace: false, size: 4 }), 'choice-exhausted', /cannot draw 4 items.*at most 3/],
    ['numbers that int32 does not hold', R('poisson', 1e12, { size: 1 }), 'wrong-value', /an array of R\('poisson'\).*int32/],
  ]
  for (const [title, value, code, message] of refused) {
    it(`refuse ${title}`, () => {
      expect(() => valueIn(value))
        .to.throw(message)
        .with.property('code', code)
    })
  }
})
