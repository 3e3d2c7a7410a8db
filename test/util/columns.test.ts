import { expect } from 'chai'
import { columns } from '../../src/util/columns.js'

describe('columns', () => {
  it('are aligned, their colours not counted', () => {
    const rows = [['a', 'bb'], ['\u001b[1mccc\u001b[22m', 'd']] // biome-ignore format: rows read as rows
    expect(columns(rows)).to.equal('a    bb\n\u001b[1mccc\u001b[22m  d')
  })

  it('of numbers are aligned right, the first one is not', () => {
    const rows = [['', 'mean'], ['cat', '0.5'], ['a', '1']] // biome-ignore format: rows read as rows
    expect(columns(rows, { numbers: true })).to.equal('     mean\ncat   0.5\na       1')
  })
})
