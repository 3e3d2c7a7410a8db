import { expect } from 'chai'
import { formatDuration } from '../../src/util/duration.js'

describe('a duration', () => {
  for (const [seconds, text] of [
    [0, '0 ms'],
    [0.8504, '850 ms'],
    [1, '1.0 s'],
    [12.44, '12.4 s'],
    [59.94, '59.9 s'],
    [59.95, '1 min 0 s'],
    [272, '4 min 32 s'],
    [3599.4, '59 min 59 s'],
    [3600, '1 h 0 min'],
    [4320, '1 h 12 min'],
    [7_200_000, '2,000 h 0 min'],
  ] as const) {
    it(`of ${seconds} seconds reads ${text}`, () => expect(formatDuration(seconds)).to.equal(text))
  }
})
