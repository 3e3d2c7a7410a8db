import { expect } from 'chai'
import { closeWorkers } from '../../../src/index.js'
import { rejectionOf } from '../../dataset/error-of.js'
import { functionsModule } from '../../support/item-functions.js'
import { pictures } from '../../support/pictures.js'

describe('an action that forgets its result gets the error itself, not the action after it', () => {
  after(closeWorkers)
  for (const [what, options] of [
    ['a function', { fn: () => undefined }],
    ['an async function', { fn: async () => undefined }],
    ['a function in threads', { parallel: { module: functionsModule, export: 'giveNothing', workers: 2 } }],
  ] as const) {
    it(what, async () => {
      const p = pictures()
        .p.flip()
        .applyParallel({ src: 'images', ...options })
        .invert()
      const error = await rejectionOf(p.nextBatch(4))
      expect(error.code).to.equal('no-result')
      expect(error.location.action).to.deep.equal({ number: 2, name: 'applyParallel' })
      expect(error.message).to.match(/returned no result for its item.*undefined.*Return the item/)
    })
  }
  it('one item among others is named', async () => {
    const fn = (image: unknown, _: object, { position }: { position: number }) => (position === 2 ? undefined : image)
    const error = await rejectionOf(pictures().p.applyParallel({ src: 'images', fn }).nextBatch(4))
    expect(error.message).to.match(/1 of 4 items failed.*returned no result.*item picture-2/)
  })
  it('a result the component cannot hold', async () => {
    const error = await rejectionOf(
      pictures()
        .p.applyParallel({ src: 'images', fn: () => 'text' })
        .invert()
        .nextBatch(4),
    )
    expect([error.code, error.location.action?.number]).to.deep.equal(['unequal-items', 1])
  })
})
