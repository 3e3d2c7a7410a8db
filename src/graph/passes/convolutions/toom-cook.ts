/** Winograd's minimal filtering: matrices that turn correlations of a line into products element by element. */

export type Matrix = readonly (readonly number[])[]

/**
 * How `outputs` results of a filter of three taps result from `outputs + 2` products: results = A · ((G · taps) ∘ (B · inputs)).
 */
export interface Filtering {
  readonly A: Matrix
  readonly B: Matrix
  readonly G: Matrix
}

const TAPS = 3

/**
 * The construction of Toom and Cook: polynomials are multiplied by their values at `outputs + 1` points and at infinity.
 *
 * @example
 * toomCook([0, 1, -1]) // F(2, 3): two results of three taps by four products
 */
export function toomCook(points: readonly number[]): Filtering {
  const outputs = points.length - TAPS + 2
  const others = (i: number) => points.filter((_, j) => j !== i)
  const norm = (i: number) => others(i).reduce((product, point) => product * (points[i]! - point), 1)
  const powers = (point: number, count: number) => Array.from({ length: count }, (_, power) => point ** power)
  const last = (count: number) => Array.from({ length: count }, (_, i) => Number(i === count - 1))
  return {
    A: transposed([...points.map(point => powers(point, outputs)), last(outputs)]),
    B: [...points.map((_, i) => [...polynomial(others(i)), 0]), polynomial(points)],
    G: [...points.map((point, i) => powers(point, TAPS).map(power => power / norm(i))), last(TAPS)],
  }
}

/** The coefficients of the polynomial with these roots, starting with the constant. */
function polynomial(roots: readonly number[]): number[] {
  return roots.reduce<number[]>((p, root) => p.concat(0).map((_, i) => (p[i - 1] ?? 0) - root * (p[i] ?? 0)), [1])
}

export function transposed(matrix: Matrix): number[][] {
  return matrix[0]!.map((_, column) => matrix.map(row => row[column]!))
}

/** The Kronecker product of a matrix with itself: its effect along both axes of an image at once. */
export function alongBoth(matrix: Matrix): number[][] {
  return matrix.flatMap(row => matrix.map(other => row.flatMap(x => other.map(y => x * y))))
}
