/** Nests a flat list of values as deep as a shape. */
export function nestList(values: readonly unknown[], [, ...inner]: readonly number[]): readonly unknown[] {
  if (inner.length === 0) return values
  const size = inner.reduce((product, n) => product * n, 1)
  return Array.from({ length: values.length / size }, (_, i) => nestList(values.slice(i * size, (i + 1) * size), inner))
}
