import { expect } from 'chai'
import { Config } from '../../../src/index.js'
import { ResNet } from '../../../src/models.js'
import { flagship } from '../../models/small.js'

describe('a config never changes: neither through a part of it, nor through what it was made from', () => {
  it('a part is a config of its own', () => {
    const config = new Config({ a: { b: 1, c: { d: 2 } } })
    const part = config.at('a') as Config
    expect(part).to.be.instanceOf(Config)
    expect(part.set('b', 5).at('b')).to.equal(5)
    expect([part.at('b'), config.at('a/b')]).to.deep.equal([1, 1])
    expect(config.toJSON()).to.deep.equal({ a: { b: 1, c: { d: 2 } } })
  })

  it('set, merge and without give new ones', () => {
    const config = new Config({ a: { b: 1 } })
    for (const other of [config.set('a/b', 2), config.merge({ a: { b: 2 } }), config.without('a/b'), new Config(config).set('c', 1)]) {
      expect(other).not.to.equal(config)
      expect(config.toJSON()).to.deep.equal({ a: { b: 1 } })
    }
  })

  it('lists and objects in lists can be changed neither where they came from nor where they are read', () => {
    const source = { a: [[1, 2], { b: [3] }] as [number[], { b: number[] }] }
    const config = new Config(source)
    source.a[0].push(9)
    source.a[1].b.push(9)
    expect(config.at('a')).to.deep.equal([[1, 2], { b: [3] }])
    const [list, object] = config.at<[number[], { b: number[] }]>('a')
    expect(() => list.push(9)).to.throw(TypeError)
    expect(() => object.b.push(9)).to.throw(TypeError)
    const plain = config.toJSON() as typeof source
    plain.a[1].b.push(9)
    expect(config.at('a')).to.deep.equal([[1, 2], { b: [3] }])
  })

  it('a model does not change the config it is given, and takes a Config', () => {
    const before = JSON.stringify(flagship)
    const frozen = new Config(flagship)
    const { config, summary } = ResNet.describe(flagship)
    expect(JSON.stringify(flagship)).to.equal(before)
    expect(ResNet.describe(frozen.toJSON()).summary()).to.equal(summary())
    ;(config.body as { filters: number[] }).filters[0] = 1
    expect(ResNet.describe(flagship).summary()).to.equal(summary())
  })
})
