import { expect } from 'chai'
import {
  formatAlike,
  formatBytes,
  formatDate,
  formatDuration,
  formatInteger,
  formatNumber,
  formatPercent,
  formatShare,
  listed,
  plural,
} from '../../src/report/format.js'

describe('numbers on the page', () => {
  it('integers have thousands separators and a real minus', () => {
    expect(formatInteger(8_022_474)).to.equal('8,022,474')
    expect(formatInteger(-1200)).to.equal('−1,200')
  })

  it('numbers have three significant digits', () => {
    expect([0.04661, 2.4149, 1204.4, 0, -0.5, 12.34].map(value => formatNumber(value))).to.deep.equal([
      '0.0466',
      '2.41',
      '1,204',
      '0',
      '−0.500',
      '12.3',
    ])
    expect(formatNumber(1.234e-7)).to.equal('1.23e−7')
    expect(formatNumber(null)).to.equal('not a number')
  })

  it('numbers of one column have the same decimals', () => {
    expect(formatAlike([-0.0062, -0.0081, 0.12])).to.deep.equal(['−0.0062', '−0.0081', '0.1200'])
    expect(formatAlike([0, 0])).to.deep.equal(['0', '0'])
  })

  it('shares, times, sizes, dates', () => {
    expect(formatPercent(0.9902)).to.equal('99.02%')
    expect([0.5, 0.123, 0.087, 0.0026, 0.00004, 0.0000001, 0].map(formatShare)).to.deep.equal([
      '50%',
      '12%',
      '8.7%',
      '0.26%',
      '0.0040%',
      'under 0.001%',
      '0%',
    ])
    expect([0.85, 12.44, 59.96, 272, 3599.6, 4320].map(formatDuration)).to.deep.equal([
      '850 ms',
      '12.4 s',
      '1 min 0 s',
      '4 min 32 s',
      '1 h 0 min',
      '1 h 12 min',
    ])
    expect(formatBytes(24 * 2 ** 30)).to.equal('24 GB')
    expect(formatBytes(3.5 * 2 ** 30)).to.equal('3.5 GB')
    expect(formatDate('2026-01-31T12:05:30Z')).to.equal('31 January 2026, 12:05 UTC')
    expect(formatDate('yesterday')).to.equal('yesterday')
  })

  it('lists and counts', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).to.deep.equal(['', 'a', 'a and b', 'a, b and c'])
    expect([plural(1, 'item'), plural(1234, 'item')]).to.deep.equal(['1 item', '1,234 items'])
  })
})
