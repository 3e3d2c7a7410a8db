import { expect } from 'chai'
import type { ItemContext } from '../../src/index.js'
import { pictures } from '../support/pictures.js'

describe('what an action needs to know of its batch survives other threads and interleaved calls', () => {
  it('each call is told its own seed and position, however calls of two pipelines mix', async () => {
    const record = () => {
      const seen: [number, number][] = []
      const fn = async (image: unknown, _: object, { seed, position }: ItemContext) => {
        await new Promise(resolve => setTimeout(resolve, position % 2))
        seen.push([position, seed])
        return image
      }
      return { seen, fn }
    }
    const walk = async (seed: number, { fn }: ReturnType<typeof record>) => {
      const p = pictures().p.applyParallel({ src: 'images', fn, parallel: { concurrency: 4 } })
      await p.run(6, { seed, epochs: 1 })
    }
    const [alone, mixed, other] = [record(), record(), record()]
    await walk(1, alone)
    await Promise.all([walk(1, mixed), walk(2, other)])
    const sorted = ({ seen }: { seen: [number, number][] }) => [...seen].sort((a, b) => a[1] - b[1])
    expect(sorted(mixed)).to.deep.equal(sorted(alone))
    expect(new Set([...alone.seen, ...other.seen].map(([, seed]) => seed)).size).to.equal(24)
  })
})
