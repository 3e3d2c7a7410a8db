import { expect } from 'chai'
import { V } from '../../src/index.js'
import { numbers } from '../support/numbers.js'

describe('an undeclared variable is an error, not created silently', () => {
  it('read or saved to in an action: told before anything runs, with the names there are', async () => {
    for (const p of [
      numbers(4).p.initVariable('loss').update(V('los'), 1),
      numbers(4).p.initVariable('loss').update(V('loss'), V('los')),
    ]) {
      await p.run(2).then(
        () => expect.fail(),
        ({ code, message }) => expect(`${code} ${message}`).to.match(/^unknown-name .*los.*Did you mean loss/s),
      )
    }
  })

  it('read from outside', async () => {
    const p = numbers(4).p.initVariable('loss', { default: 0 })
    await p.run(2)
    expect(() => p.v('los')).to.throw(/no variable called los.*Did you mean loss/s)
  })
})
