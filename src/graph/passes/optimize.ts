/** The passes of the compiler, in their order. */
import { listNames } from '../../errors/index.js'
import type { Graph } from '../ir/graph.js'
import type { Tensorflow } from '../tensorflow.js'
import { cleanUp } from './clean-up.js'
import { foldBatchNorm } from './fold-batch-norm.js'
import { guardKernels } from './kernels/guard-kernels.js'
import { lowerConvolutions } from './lower-convolutions.js'
import { lowerOptimizers } from './lower-optimizers.js'
import { lowerProducts } from './lower-products.js'
import { lowerStep } from './lower-step.js'
import { lowerSums } from './lower-sums.js'
import { moveStridedSlices } from './move-strided-slices.js'
import { rewriteActivationGradients } from './rewrite-activation-gradients.js'
import { rewriteReluGradients } from './rewrite-relu-gradients.js'

export interface Pass {
  readonly name: string
  /** True if graphs work without it; the others turn what only the IR has into TensorFlow's operations. */
  readonly isOptional: boolean
  readonly run: (graph: Graph, tf: Tensorflow) => Graph
}

/** Each pass and what it does: `Graph → Graph`, the same outputs and updates. */
export const passes: readonly Pass[] = [
  { name: 'clean-up', isOptional: true, run: cleanUp },
  { name: 'relu-gradients', isOptional: true, run: rewriteReluGradients },
  { name: 'activation-gradients', isOptional: true, run: rewriteActivationGradients },
  { name: 'step', isOptional: false, run: lowerStep },
  { name: 'fold-batch-norm', isOptional: true, run: foldBatchNorm },
  { name: 'strided-slices', isOptional: true, run: moveStridedSlices },
  { name: 'convolutions', isOptional: true, run: lowerConvolutions },
  { name: 'products', isOptional: true, run: lowerProducts },
  { name: 'sums', isOptional: true, run: lowerSums },
  { name: 'kernels', isOptional: false, run: guardKernels },
  { name: 'optimizers', isOptional: false, run: lowerOptimizers },
  { name: 'clean-up again', isOptional: true, run: cleanUp },
]

/** The graph after every pass. `see` receives the graph after each. Default of `chosen`: `chosenPasses()`. */
export function optimize(
  graph: Graph,
  tf: Tensorflow,
  see: (pass: string, graph: Graph) => void = () => undefined,
  chosen: readonly Pass[] = chosenPasses(),
): Graph {
  return chosen.reduce((now, { name, run }) => {
    const next = run(now, tf)
    see(name, next)
    return next
  }, graph)
}

/**
 * All passes, or those that `MILLRACE_WITHOUT=convolutions` leaves (comma-separated names), to measure what the others gain.
 *
 * @throws RangeError for a name there that is not an optional pass.
 */
export function chosenPasses(): readonly Pass[] {
  const without = readWithout(process.env.MILLRACE_WITHOUT)
  return passes.filter(({ name }) => !without.includes(name))
}

function readWithout(names: string | undefined): readonly string[] {
  const without = (names ?? '').split(',').filter(name => name !== '')
  const optional = passes.filter(({ isOptional }) => isOptional).map(({ name }) => name)
  const wrong = without.find(name => !optional.includes(name))
  if (wrong !== undefined) throw new RangeError(`MILLRACE_WITHOUT: there is no optional pass ${wrong}; allowed: ${listNames(optional)}`)
  return without
}
