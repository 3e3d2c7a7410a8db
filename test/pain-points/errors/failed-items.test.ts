import { expect } from 'chai'
import { closeWorkers } from '../../../src/index.js'
import { rejectionOf } from '../../dataset/error-of.js'
import { functionsModule } from '../../support/item-functions.js'
import { pictures } from '../../support/pictures.js'

describe('items that fail raise one error with the batch, the items, their number and the cause', () => {
  after(closeWorkers)
  for (const parallel of [{}, { workers: 2 }, { concurrency: 3 }]) {
    it(JSON.stringify(parallel), async () => {
      const p = pictures().p.applyParallel({ src: 'images', parallel: { module: functionsModule, export: 'failSometimes', ...parallel } })
      const error = await rejectionOf(p.nextBatch(8))
      expect([error.code, error.location.batch, error.location.action?.name]).to.deep.equal(['items-failed', 1, 'applyParallel'])
      expect(error.message).to.match(/2 of 8 items failed; the first error: no luck at position 2\. Seen: items picture-2, picture-5\./)
      expect(error.cause).to.be.instanceOf(RangeError).with.property('message', 'no luck at position 2')
    })
  }
})
