import { expect } from 'chai'
import fc from 'fast-check'
import { mapBytes } from '../../src/util/map-bytes.js'

describe('mapBytes', () => {
  it('gives for each byte what the function of its channel gives, whatever the length and the number of channels', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.uint8Array({ maxLength: 100 }), (channels, bytes) => {
        const of = (byte: number, channel: number) => (byte / 255 - channel) / 0.3
        const expected = Float32Array.from(bytes, (byte, i) => of(byte, i % channels))
        expect(mapBytes(bytes, channels, of)).to.deep.equal(expected)
      }),
    )
  })
})
