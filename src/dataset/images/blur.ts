/** Gaussian smoothing of one plane of numbers. */

/** Smooths a plane along rows and columns; zeros surround it, and the Gaussian is truncated at four standard deviations. */
export function blur(plane: Float64Array, height: number, width: number, sigma: number): Float64Array {
  const weights = gaussian(sigma)
  const rows = along(plane, weights, { lines: height, lineStep: width, length: width, step: 1 })
  return along(rows, weights, { lines: width, lineStep: 1, length: height, step: width })
}

function gaussian(sigma: number): Float64Array {
  const radius = Math.floor(4 * sigma + 0.5)
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-0.5 * ((i - radius) / sigma) ** 2))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map(weight => weight / sum)
}

interface Lines {
  readonly lines: number
  readonly lineStep: number
  readonly length: number
  readonly step: number
}

function along(plane: Float64Array, weights: Float64Array, { lines, lineStep, length, step }: Lines): Float64Array {
  const result = new Float64Array(plane.length)
  const radius = weights.length >> 1
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i < length; i++) {
      const first = Math.max(0, i - radius)
      const last = Math.min(length - 1, i + radius)
      let sum = 0
      for (let j = first; j <= last; j++) sum += weights[j - i + radius]! * plane[line * lineStep + j * step]!
      result[line * lineStep + i * step] = sum
    }
  }
  return result
}
