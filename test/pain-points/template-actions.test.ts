import { expect } from 'chai'
import { ImagesBatch, template } from '../../src/index.js'
import { NumbersBatch, numbers } from '../support/numbers.js'

describe('a template takes the actions of its batch class, no others', () => {
  it('other names are no methods', () => {
    const p = template(NumbersBatch)
    expect(p.scaleX).to.be.a('function')
    expect('normalize' in p).to.equal(false)
    // @ts-expect-error an action of another class
    expect(() => p.normalize({ scale: 255 })).to.throw(TypeError)
  })

  it('bound to a dataset whose class lacks them it tells which, before anything runs', async () => {
    const p = template(ImagesBatch).normalize({ scale: 255 }).on(numbers(4))
    await p.run(2).then(
      () => expect.fail(),
      ({ code, message }) => expect(`${code} ${message}`).to.match(/^unknown-action .*action 1 \(normalize\).*scaleX/s),
    )
  })
})
