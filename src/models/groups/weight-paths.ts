/** Weights by path: a layer's path, and the weight's own name. */
import type { LayerRow } from '../plan/layer-table.js'

/** The path of a weight: `head/dense/kernel`. */
export const weightPath = (layer: string, weight: string): string => `${layer}/${weight}`

/** The paths of the weights that may be trained, in the layers' order. */
export function trainablePaths(rows: readonly LayerRow[]): readonly string[] {
  return rows.flatMap(({ path, weights }) => weights.filter(({ trainable }) => trainable).map(({ name }) => weightPath(path, name)))
}

/** The layers with these weights frozen. */
export function freezeRows<Row extends LayerRow>(rows: readonly Row[], frozen: ReadonlySet<string>): readonly Row[] {
  if (frozen.size === 0) return rows
  return rows.map(row => ({
    ...row,
    weights: row.weights.map(weight =>
      frozen.has(weightPath(row.path, weight.name)) ? { ...weight, trainable: false, isFrozen: true } : weight,
    ),
  }))
}
