/**
 * A function of bytes, applied by looking its 256 values up: half the time of calculating each, and exactly the same numbers. In an array
 * whose last axis are channels, each channel has a function of its own.
 *
 * @example
 * mapBytes(pixels, 1, byte => byte / 255)
 */
export function mapBytes(bytes: Uint8Array, channels: number, of: (byte: number, channel: number) => number): Float32Array {
  const result = new Float32Array(bytes.length)
  const values = new Float32Array(256)
  for (let channel = 0; channel < channels; channel++) {
    for (let byte = 0; byte < 256; byte++) values[byte] = of(byte, channel)
    lookUp(bytes, values, result, channel, channels)
  }
  return result
}

/** Eight in a round: a round's own work, a comparison and a look at what may interrupt it, takes as long as looking one value up. */
function lookUp(bytes: Uint8Array, values: Float32Array, result: Float32Array, from: number, step: number): void {
  const end = bytes.length
  let i = from
  for (; i + 7 * step < end; i += 8 * step) {
    result[i] = values[bytes[i]!]!
    result[i + step] = values[bytes[i + step]!]!
    result[i + 2 * step] = values[bytes[i + 2 * step]!]!
    result[i + 3 * step] = values[bytes[i + 3 * step]!]!
    result[i + 4 * step] = values[bytes[i + 4 * step]!]!
    result[i + 5 * step] = values[bytes[i + 5 * step]!]!
    result[i + 6 * step] = values[bytes[i + 6 * step]!]!
    result[i + 7 * step] = values[bytes[i + 7 * step]!]!
  }
  for (; i < end; i += step) result[i] = values[bytes[i]!]!
}
