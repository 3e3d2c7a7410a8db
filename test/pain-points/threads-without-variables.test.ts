import { expect } from 'chai'
import { closeWorkers, F, M, V } from '../../src/index.js'
import { rejectionOf } from '../dataset/error-of.js'
import { functionsModule } from '../support/item-functions.js'
import { Linear } from '../support/linear-model.js'
import { pictures } from '../support/pictures.js'

describe('threads never lose variables or models silently: asking for one there is refused', () => {
  after(closeWorkers)
  const parallel = { module: functionsModule, export: 'addNoise', workers: 2 }

  it('a model is refused, by its name in the options', async () => {
    const p = pictures()
      .p.initModel('dynamic', Linear, 'line', { config: {} })
      .applyParallel({ src: 'images', options: { net: M('line') }, parallel })
    const error = await rejectionOf(p.nextBatch(4))
    expect(error.code).to.equal('not-for-threads')
    expect(error.message).to.match(/options\.net cannot be sent to another thread/)
    expect(error.message).to.match(/threads do not share variables, models or functions/)
  })

  it('a function is refused, as the action and as an option', async () => {
    const inline = pictures().p.applyParallel({ src: 'images', fn: image => image, parallel: { workers: 2 } })
    expect((await rejectionOf(inline.nextBatch(4))).code).to.equal('needs-module')
    const option = pictures().p.applyParallel({ src: 'images', options: { f: F(() => () => 1) }, parallel })
    expect((await rejectionOf(option.nextBatch(4))).code).to.equal('not-for-threads')
  })

  it('the value of a variable goes there as a copy, and the variable stays as it is', async () => {
    const p = pictures()
      .p.initVariable('scale', { default: 2 })
      .applyParallel({ src: 'images', dst: 'noisy', options: { scale: V('scale') }, parallel })
    expect((await p.nextBatch(4)).get('noisy')).to.have.property('length', 4)
    expect(p.v('scale')).to.equal(2)
  })
})
