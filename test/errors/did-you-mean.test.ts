import { expect } from 'chai'
import { didYouMean, listNames, listNear, nearestName } from '../../src/errors/did-you-mean.js'

const letters = [...'abcdefghijklmnop']

describe('names in errors', () => {
  const near: readonly [seen: string, allowed: readonly string[], nearest: string | undefined][] = [
    ['nomalize', ['flip', 'normalize'], 'normalize'],
    ['NORMALIZE', ['normalise', 'normalize'], 'normalize'],
    ['salt', ['flip', 'normalize'], undefined],
    ['fl', ['flip'], 'flip'],
    ['f', ['flip'], undefined],
    ['abcxyz', ['abcdef'], undefined],
    ['abcdxy', ['abcdef'], 'abcdef'],
    ['z', ['x'], 'x'],
    ['ab', ['xy'], undefined],
    ['any', [], undefined],
  ]
  for (const [seen, allowed, nearest] of near) {
    it(`${seen} among ${allowed.join(', ') || 'none'}: ${nearest ?? 'none is near'}`, () => {
      expect(nearestName(seen, allowed)).to.equal(nearest)
      expect(didYouMean(seen, allowed)).to.equal(nearest && `Did you mean ${nearest}?`)
    })
  }

  it('are all listed up to a number, then counted', () => {
    expect(listNames([])).to.equal('none')
    expect(listNames(letters.slice(0, 12))).to.equal('a, b, c, d, e, f, g, h, i, j, k, l')
    expect(listNames(letters)).to.equal('a, b, c, d, e, f, g, h, i, j, k, l and 4 more')
    expect(listNames(letters, 2)).to.equal('a, b and 14 more')
  })

  it('of a long list, the nearest are listed in its order: one more name elsewhere changes no message', () => {
    const names = ['flip', 'print', 'scale', 'normalize', 'slip', 'sleep']
    expect(listNear('flipp', names, 6)).to.equal('flip, print, scale, normalize, slip, sleep')
    expect(listNear('flipp', names, 4)).to.equal('flip, slip and others')
    expect(listNear('flipp', [...names, 'elasticTransform'], 4)).to.equal('flip, slip and others')
    expect(listNear('q', letters)).to.equal('a, b, c, d, e, f and others')
  })
})
