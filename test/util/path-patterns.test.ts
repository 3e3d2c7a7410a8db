import { expect } from 'chai'
import { selectPaths } from '../../src/util/path-patterns.js'

const paths = ['a/b/kernel', 'a/b/bias', 'a/c-1/kernel', 'head/dense/kernel', 'head/dense/bias', 'ahead/x.y']

describe('patterns of paths', () => {
  const cases: [string[], number[]][] = [
    [['**'], [0, 1, 2, 3, 4, 5]],
    [['*'], [0, 1, 2, 3, 4, 5]],
    [['head'], [3, 4]],
    [['head/**'], [3, 4]],
    [['head/'], [3, 4]],
    [['**/bias'], [1, 4]],
    [['a/*/kernel'], [0, 2]],
    [['a/**/kernel'], [0, 2]],
    [['a/**/b'], [0, 1]],
    [['**/**/kernel'], [0, 2, 3]],
    [['a/c-*'], [2]],
    [['*head'], [3, 4, 5]],
    [['ahead/x.y'], [5]],
    [['!**/bias'], [0, 2, 3, 5]],
    [
      ['head', '!**/bias', 'a/b'],
      [0, 1, 3],
    ],
    [
      ['!a', 'a/b/bias'],
      [1, 3, 4, 5],
    ],
  ]
  for (const [patterns, selected] of cases) {
    it(patterns.join(' '), () => {
      const found = selectPaths(patterns, paths)
      expect(paths.flatMap((path, i) => (found.paths.has(path) ? [i] : []))).to.deep.equal(selected)
      expect(found.idle).to.deep.equal([])
    })
  }

  it('are idle if they match nothing, letter for letter', () => {
    const idle = ['hea', 'Head', 'dense', 'ahead/xzy', '!head/dense/b']
    expect(selectPaths([...idle, 'a'], paths).idle).to.deep.equal(idle)
  })
})
