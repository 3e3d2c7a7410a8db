import { expect } from 'chai'
import { V } from '../../src/index.js'
import { numbers } from '../support/numbers.js'

describe('repeating zero times does nothing', () => {
  for (const times of [0, V('none')]) {
    it(`repeat ${times} does nothing`, async () => {
      const p = numbers(4)
        .p.initVariable('none', { default: 0 })
        .initVariable('n', { default: 0 })
        .repeat(times, p => p.update(V('n'), V('n').add(1)))
      await p.run(2)
      expect(p.v('n')).to.equal(0)
    })
  }
})
