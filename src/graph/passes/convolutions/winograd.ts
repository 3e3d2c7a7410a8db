/** 3×3 convolutions without a stride by Winograd's filtering of 4×4 tiles: 36 products instead of 144. */
import type { Shape, Value } from '../../ir/graph.js'
import type { Builder } from '../../ir/rewrite.js'
import { type Convolution, filterShape } from './convolution.js'
import { CALL } from './cost.js'
import type { Lowering } from './lowering.js'
import { batchMatMul, matMul, rows, transpose } from './operations.js'
import { alongBoth, type Matrix, toomCook, transposed } from './toom-cook.js'

/** Results along one side of a tile, the pixels they come from, and the products of a tile. */
const TILE = 4
const PATCH = TILE + 2
const PRODUCTS = PATCH * PATCH

/**
 * Points where polynomials are evaluated. Errors are a third of those with the usual 0, ±1, ±2: 2e-6 to 4e-6 of the largest result at 128 to 512
 * channels, where oneDNN's own are 1e-6 to 2e-6 (both against double precision).
 */
const { A, B, G } = toomCook([0, 0.75, -0.75, 1.5, -1.5])
const [results, patches, taps] = [alongBoth(A), alongBoth(B), alongBoth(G)]
const turnedTaps = taps.map(row => row.toReversed())

/**
 * The positions of all images come first, so that a transform is one matrix product with 36 rows and the convolution is 36 of them at once.
 * Takes 0.5–0.6 of oneDNN's time at 8×8 with 256 channels and at 4×4 with 512, 0.7 at 16×16 with 128, and as long at 32×32 with 64, where
 * the transforms cost what the products save. The gradient by the filter uses the transformed images of the convolution again.
 */
export const winograd: Lowering = {
  applies: c => c.window.every(length => length === 3) && c.strides.every(stride => stride === 1),
  build: {
    forward: (b, c, x, filter) => {
      const products = batchMatMul(b, inPatches(b, x, c.output, c.before), inTaps(b, c, filter, taps))
      return fromTiles(b, products, [c.batch, ...c.output, c.outChannels])
    },
    input: (b, c, filter, dy) => {
      const before = c.before.map(margin => 2 - margin) as [number, number]
      const products = batchMatMul(b, inPatches(b, dy, c.input, before), inTaps(b, c, filter, turnedTaps), { b: true })
      return fromTiles(b, products, [c.batch, ...c.input, c.inChannels])
    },
    filter: (b, c, x, dy) => {
      const products = batchMatMul(b, inPatches(b, x, c.output, c.before), inTiles(b, dy), { a: true })
      const flat = b.reshape(products, [PRODUCTS, c.inChannels * c.outChannels])
      return b.reshape(matMul(b, constant(b, taps), flat, { a: true }), filterShape(c))
    },
  },
}

/** The number of multiply-adds that the transforms spend on an element of a transformed image, and of a transformed filter. */
const TRANSFORM = 90
const TRANSFORM_FILTER = 45

/** Its cost. */
export function costOfWinograd(c: Convolution): number {
  const count = c.batch * tilesOf(c.kind === 'input' ? c.input : c.output).length
  const filter = c.inChannels * c.outChannels
  const transforms = TRANSFORM * count * (c.inChannels + c.outChannels) + TRANSFORM_FILTER * filter
  return PRODUCTS * (count * filter + transforms) + 2 * CALL
}

type Pair = readonly [number, number]

/** Where the tiles of a result start. */
function tilesOf([height, width]: Pair): Pair[] {
  const along = (length: number) => Array.from({ length: Math.ceil(length / TILE) }, (_, i) => i * TILE)
  return along(height).flatMap(row => along(width).map(column => [row, column] as const))
}

/** The products' operand from images: 36 × (tiles · batch) × channels. */
function inPatches(b: Builder, x: Value, output: Pair, before: Pair): Value {
  const corners = tilesOf(output).map(([row, column]) => [row - before[0], column - before[1]] as const)
  return transformed(b, x, patches, PATCH, corners)
}

/** The products' operand from gradients: those of a tile, spread over the products it came from. */
function inTiles(b: Builder, dy: Value): Value {
  return transformed(b, dy, transposed(results), TILE, tilesOf([dy.shape[1]!, dy.shape[2]!]))
}

function transformed(b: Builder, x: Value, matrix: Matrix, side: number, corners: readonly Pair[]): Value {
  const [batch, height, width, channels] = x.shape as [number, number, number, number]
  const pixel = (row: number, column: number) => (row >= 0 && column >= 0 && row < height && column < width ? row * width + column : -1)
  const squares = Array.from({ length: side * side }, (_, i) => [Math.floor(i / side), i % side] as const)
  const indices = squares.flatMap(([i, j]) => corners.map(([row, column]) => pixel(row + i, column + j)))
  const first = b.reshape(transpose(b, b.reshape(x, [batch, height * width, channels]), [1, 0, 2]), [height * width, batch * channels])
  const result = [PRODUCTS, corners.length * batch, channels]
  if (corners.length === 1) return b.reshape(matMul(b, constant(b, inOrderOf(indices, height * width, matrix)), first), result)
  const gathered = b.reshape(rows(b, first, indices, 0), [side * side, corners.length * batch * channels])
  return b.reshape(matMul(b, constant(b, matrix), gathered), result)
}

/** The matrix with a column per pixel, instead of one per position of a tile. */
function inOrderOf(pixels: readonly number[], count: number, matrix: Matrix): Matrix {
  const places = Array.from({ length: count }, (_, pixel) => pixels.indexOf(pixel))
  return matrix.map(row => places.map(place => row[place] ?? 0))
}

/** The filter for each product: 36 × input channels × output channels. */
function inTaps(b: Builder, c: Convolution, filter: Value, matrix: Matrix): Value {
  const flat = b.reshape(filter, [9, c.inChannels * c.outChannels])
  return b.reshape(matMul(b, constant(b, matrix), flat), [PRODUCTS, c.inChannels, c.outChannels])
}

/** Images of this shape from the products of their tiles. */
function fromTiles(b: Builder, products: Value, [batch, height, width, channels]: readonly [number, number, number, number]): Value {
  const tiles = tilesOf([height, width])
  const columns = Math.ceil(width / TILE)
  const flat = matMul(b, constant(b, results), b.reshape(products, [PRODUCTS, tiles.length * batch * channels]))
  const indices = Array.from({ length: height * width }, (_, i) => {
    const [row, column] = [Math.floor(i / width), i % width]
    return ((row % TILE) * TILE + (column % TILE)) * tiles.length + Math.floor(row / TILE) * columns + Math.floor(column / TILE)
  })
  const first = rows(b, b.reshape(flat, [TILE * TILE * tiles.length, batch * channels]), indices, 0)
  return b.reshape(transpose(b, b.reshape(first, [height * width, batch, channels]), [1, 0, 2]), [batch, height, width, channels])
}

function constant(b: Builder, matrix: Matrix): Value {
  const shape: Shape = [matrix.length, matrix[0]!.length]
  return b.const({ data: Float32Array.from(matrix.flat()) }, shape, 'float32')
}
