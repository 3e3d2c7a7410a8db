import { expect } from 'chai'
import { fail, MillraceError } from '../../src/errors/index.js'

const details = { kind: 'variable', seen: 'los', allowed: ['loss'] }
const location = { pipeline: 'test', action: { number: 2, name: 'update' }, batch: 0, source: { file: 'se.yaml', line: 31, column: 5 } }

describe('MillraceError', () => {
  it('says where, what, what was seen, what is allowed and what to do, in sentences', () => {
    expect(new MillraceError('unknown-name', details, location).message).to.equal(
      'pipeline test, action 2 (update), batch 0, se.yaml:31:5: there is no variable called los. Allowed: loss. Did you mean loss?',
    )
    const partial = new MillraceError('wrong-value', { name: 'times', seen: '-1', allowed: 'a number above 0' })
    expect(partial.message).to.equal('times has a value that cannot be used. Seen: -1. Allowed: a number above 0.')
    expect(new MillraceError('engine-missing', {}).message).to.equal('TensorFlow is not set up. Run: npx millrace setup.')
  })

  it('has a name, a code, its parts, and a cause where there is one', () => {
    const cause = new RangeError('deep')
    const error = new MillraceError('unknown-name', details, {}, cause)
    expect(error).to.deep.include({ name: 'MillraceError', code: 'unknown-name', details, location: {} })
    expect(error.parts).to.deep.include({ what: 'there is no variable called los', allowed: 'loss' })
    expect(error.cause).to.equal(cause)
    expect(Object.hasOwn(new MillraceError('unknown-name', details), 'cause')).to.equal(false)
  })

  it('at() adds what was not known further down, and keeps the cause', () => {
    const cause = new RangeError('deep')
    const placed = new MillraceError('unknown-name', details, { batch: 3 }, cause).at({ pipeline: 'train', batch: 9 })
    expect(placed.location).to.deep.equal({ pipeline: 'train', batch: 3 })
    expect(placed.message).to.match(/^pipeline train, batch 3: /)
    expect(placed.cause).to.equal(cause)
  })

  it('fail() throws it', () => {
    const cause = new RangeError('deep')
    expect(() => fail('unknown-name', details, location, cause))
      .to.throw(MillraceError)
      .that.includes({ code: 'unknown-name', location, cause })
  })
})
