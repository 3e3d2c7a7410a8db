/** What things cost, in multiply-adds of a large matrix product: a measure that changes little from machine to machine. */

/** A matrix product of rows × inner by inner × columns. */
export function product(rows: number, inner: number, columns: number): number {
  return rows * inner * columns
}

/** As many multiply-adds as are done while one element is read and written. */
const COPY = 50

/** Elements that are copied. */
export function copied(elements: number): number {
  return COPY * elements
}
