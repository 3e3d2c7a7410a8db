/** The passes of the compiler, in their order. */
import type { Graph } from '../ir/graph.js'
import type { Tensorflow } from '../tensorflow.js'
import { cleanUp } from './clean-up.js'
import { foldBatchNorm } from './fold-batch-norm.js'
import { lowerConvolutions } from './lower-convolutions.js'
import { lowerOptimizers } from './lower-optimizers.js'
import { lowerStep } from './lower-step.js'
import { rewriteActivationGradients } from './rewrite-activation-gradients.js'
import { rewriteReluGradients } from './rewrite-relu-gradients.js'

export interface Pass {
  readonly name: string
  readonly run: (graph: Graph, tf: Tensorflow) => Graph
}

/** Each pass and what it does: `Graph → Graph`, the same outputs and updates. */
export const passes: readonly Pass[] = [
  { name: 'clean-up', run: cleanUp },
  { name: 'relu-gradients', run: rewriteReluGradients },
  { name: 'activation-gradients', run: rewriteActivationGradients },
  { name: 'step', run: lowerStep },
  { name: 'fold-batch-norm', run: foldBatchNorm },
  { name: 'convolutions', run: graph => lowerConvolutions(graph) },
  { name: 'optimizers', run: lowerOptimizers },
  { name: 'clean-up again', run: cleanUp },
]

/** The graph after every pass. `see` is told the graph after each. */
export function optimize(graph: Graph, tf: Tensorflow, see: (pass: string, graph: Graph) => void = () => undefined): Graph {
  return passes.reduce((now, { name, run }) => {
    const next = run(now, tf)
    see(name, next)
    return next
  }, graph)
}
