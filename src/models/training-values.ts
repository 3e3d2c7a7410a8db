/** Values of a training step besides those of its forward pass: rates, and norms of gradients. */
import { trainablePaths } from './groups/weight-paths.js'
import type { LayerRow } from './plan/layer-table.js'
import type { Tensor, Tf } from './tf-types.js'

const RATE = 'learningRate'
const NORM = 'gradientNorm'

/** The names that a training step can be asked for besides those of a prediction: rates by group, norms by part, block, layer and weight. */
export function listTrainingNames(groups: readonly string[], rows: readonly LayerRow[]): readonly string[] {
  const norms = new Set(trainablePaths(rows).flatMap(pathsAlong))
  return [RATE, ...groups.map(group => `${RATE}/${group}`), NORM, ...[...norms].map(path => `${NORM}/${path}`)]
}

/** `head/dense/kernel` → `head`, `head/dense`, `head/dense/kernel`. */
function pathsAlong(path: string): readonly string[] {
  const steps = path.split('/')
  return steps.map((_, i) => steps.slice(0, i + 1).join('/'))
}

/** The group whose rate a name stands for, '' for the network's own; undefined for another name. */
export function groupOfRate(name: string): string | undefined {
  return name === RATE ? '' : name.startsWith(`${RATE}/`) ? name.slice(RATE.length + 1) : undefined
}

/** True for the norm of gradients. */
export const isNorm = (name: string): boolean => name === NORM || name.startsWith(`${NORM}/`)

/** The norm that a name stands for, before clipping: of the gradients of all weights, or of one and of those below a path. 0 for none. */
export function gradientNorm(
  tf: Tf,
  name: string,
  gradients: Readonly<Record<string, Tensor>>,
  weightPaths: ReadonlyMap<string, string>,
): Tensor {
  const place = name.slice(NORM.length + 1)
  const isMeant = (path = '') => place === '' || path === place || path.startsWith(`${place}/`)
  const meant = Object.entries(gradients).filter(([variable]) => isMeant(weightPaths.get(variable)))
  if (meant.length === 0) return tf.scalar(0)
  return tf.sqrt(tf.addN(meant.map(([, gradient]) => tf.sum(tf.square(gradient)))))
}
