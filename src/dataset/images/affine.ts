/** Affine and perspective maps from an image to the one it comes from, with Pillow's arithmetic: ties fall to the same pixels. */
import type { Warp } from './sample.js'
import type { RowsColumns } from './windows.js'

/** A pixel at (x, y) comes from (a·x + b·y + c, d·x + e·y + f). */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

/** The same, each divided by g·x + h·y + 1. */
export type Perspective = readonly [...Affine, g: number, h: number]

/** One in 16.16 fixed point. */
const ONE = 65_536
const toFixed = (value: number) => Math.floor(value * ONE + 0.5)

/** Where the pixels of an image of these sides come from. */
export function affineWarp(matrix: Affine, [height, width]: RowsColumns, how: string): Warp {
  if (how !== 'nearest') return exactWarp(matrix)
  const [, b, , d] = matrix
  if (b === 0 && d === 0) return scalingWarp(matrix, height)
  return fitsFixed(matrix, height, width) ? fixedWarp(matrix) : exactWarp(matrix)
}

function exactWarp([a, b, c, d, e, f]: Affine): Warp {
  return (row, xs, ys) => {
    const y = row + 0.5
    for (let column = 0; column < xs.length; column++) {
      const x = column + 0.5
      xs[column] = a * x + b * y + c
      ys[column] = d * x + e * y + f
    }
  }
}

/** Positions are summed step by step, as Pillow sums them. */
function scalingWarp([a, , c, , e, f]: Affine, height: number): Warp {
  const rows = new Float64Array(height)
  for (let row = 0, y = f + e * 0.5; row < height; row++, y += e) rows[row] = y
  return (row, xs, ys) => {
    for (let column = 0, x = c + a * 0.5; column < xs.length; column++, x += a) xs[column] = x
    ys.fill(rows[row]!)
  }
}

function fixedWarp([a, b, c, d, e, f]: Affine): Warp {
  const [stepX, stepY, rowX, rowY] = [toFixed(a), toFixed(d), toFixed(b), toFixed(e)]
  const [startX, startY] = [toFixed(c + a * 0.5 + b * 0.5), toFixed(f + d * 0.5 + e * 0.5)]
  return (row, xs, ys) => {
    for (let column = 0; column < xs.length; column++) {
      xs[column] = (startX + row * rowX + column * stepX) / ONE
      ys[column] = (startY + row * rowY + column * stepY) / ONE
    }
  }
}

/** True if the corners lie where 16.16 fixed point reaches. */
function fitsFixed([a, b, c, d, e, f]: Affine, height: number, width: number): boolean {
  const fits = (x: number, y: number) => Math.abs(x * a + y * b + c) < 32_768 && Math.abs(x * d + y * e + f) < 32_768
  return fits(0, 0) && fits(width, height) && fits(0, height) && fits(width, 0)
}

/** Where the pixels of a perspective view come from. */
export function perspectiveWarp([a, b, c, d, e, f, g, h]: Perspective): Warp {
  return (row, xs, ys) => {
    const y = row + 0.5
    for (let column = 0; column < xs.length; column++) {
      const x = column + 0.5
      const depth = g * x + h * y + 1
      xs[column] = (a * x + b * y + c) / depth
      ys[column] = (d * x + e * y + f) / depth
    }
  }
}

/** A turn, in degrees counter-clockwise, about a centre [row, column]. Sines of right angles are exact, so that these do not mix neighbours. */
export function turn(degrees: number, [row, column]: RowsColumns): Affine {
  const radians = -((((degrees % 360) + 360) % 360) * (Math.PI / 180))
  const exact = (value: number) => Math.round(value * 1e15) / 1e15
  const [cos, sin, minus] = [exact(Math.cos(radians)), exact(Math.sin(radians)), exact(-Math.sin(radians))]
  return [cos, sin, cos * -column + sin * -row + column, minus, cos, minus * -column + cos * -row + row]
}

/** The map, moved so that a turned image of these sides fits into a frame, and the sides of that. */
export function expanded(matrix: Affine, [height, width]: RowsColumns): { readonly matrix: Affine; readonly sides: RowsColumns } {
  const at = (x: number, y: number) => placeOf(matrix, x, y)
  const corners = [at(0, 0), at(width, 0), at(width, height), at(0, height)]
  const span = (values: readonly number[]) => Math.ceil(Math.max(...values)) - Math.floor(Math.min(...values))
  const [columns, rows] = [span(corners.map(([x]) => x)), span(corners.map(([, y]) => y))]
  const [c, f] = at(-(columns - width) / 2, -(rows - height) / 2)
  const [a, b, , d, e] = matrix
  return { matrix: [a, b, c, d, e, f], sides: [rows, columns] }
}

function placeOf([a, b, c, d, e, f]: Affine, x: number, y: number): readonly [x: number, y: number] {
  return [a * x + b * y + c, d * x + e * y + f]
}
