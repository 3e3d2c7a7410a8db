import { expect } from 'chai'
import { chosenPasses, passes } from '../../../src/graph/passes/optimize.js'

describe('the passes that MILLRACE_WITHOUT leaves', () => {
  const { MILLRACE_WITHOUT: before } = process.env
  afterEach(() => {
    if (before === undefined) delete process.env.MILLRACE_WITHOUT
    else process.env.MILLRACE_WITHOUT = before
  })
  const namesWithout = (text: string) => {
    process.env.MILLRACE_WITHOUT = text
    return chosenPasses().map(({ name }) => name)
  }
  const all = passes.map(({ name }) => name)

  it('are all but those it names', () => {
    expect(namesWithout('')).to.deep.equal(all)
    expect(namesWithout('convolutions,sums')).to.deep.equal(all.filter(name => name !== 'convolutions' && name !== 'sums'))
  })
  for (const wrong of ['convolution', 'optimizers']) {
    it(`${wrong} is none that can be left out`, () => expect(() => namesWithout(wrong)).to.throw(RangeError, `no optional pass ${wrong}`))
  }
})
