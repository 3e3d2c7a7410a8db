import { execFileSync } from 'node:child_process'
import { expect } from 'chai'
import { glorotUniform } from '../../src/models/build/initializers.js'
import { flagship } from './small.js'

describe('knowing the zoo', () => {
  it('loads no TensorFlow: import, check, describe', () => {
    const script = `
      import { createRequire } from 'node:module'
      const { ResNet, toModelClass } = await import(${JSON.stringify(new URL('../../src/models.ts', import.meta.url).href)})
      const config = ${JSON.stringify(flagship)}
      toModelClass(ResNet).checkConfig(config)
      const loaded = Object.keys(createRequire(import.meta.url).cache).filter(path => path.includes('tensorflow'))
      console.log(JSON.stringify({ count: ResNet.describe(config).countParameters(), loaded, native: process.moduleLoadList.some(name => /tfjs/.test(name)) }))`
    const out = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { encoding: 'utf8' })
    expect(JSON.parse(out)).to.deep.equal({ count: 8_022_474, loaded: [], native: false })
  })

  it('draws weights within their bounds, the same for a seed', () => {
    const draw = glorotUniform([3, 3, 8, 16], 5)
    const limit = Math.sqrt(6 / (9 * (8 + 16)))
    expect(Math.max(...draw.map(Math.abs))).to.be.within(0.98 * limit, limit)
    expect(Math.abs(draw.reduce((sum, x) => sum + x, 0) / draw.length)).to.be.below(limit / 15)
    expect(glorotUniform([3, 3, 8, 16], 5)).to.deep.equal(draw)
    expect(glorotUniform([3, 3, 8, 16], 6)).not.to.deep.equal(draw)
  })
})
