/** Removes what every other pass leaves over. */
import type { Graph } from '../ir/graph.js'
import { prune, rewriteUntilStable } from '../ir/rewrite.js'
import type { Tensorflow } from '../tensorflow.js'
import { foldConstants } from './fold-constants.js'
import { foldScalings } from './fold-scalings.js'
import { foldSplats } from './fold-splats.js'
import { removeIdentities } from './remove-identities.js'
import { shareCommon } from './share-common.js'
import { shrinkSplats } from './shrink-splats.js'

const steps: readonly ((graph: Graph, tf: Tensorflow) => Graph)[] = [
  removeIdentities,
  foldSplats,
  shrinkSplats,
  foldScalings,
  foldConstants,
  shareCommon,
]

/**
 * The graph without detours: identities, constants that can be computed now and duplicate computations are removed repeatedly until
 * nothing changes.
 *
 * @example
 * cleanUp(graph, tf) // the same outputs, updates and checks from fewer nodes
 */
export function cleanUp(graph: Graph, tf: Tensorflow): Graph {
  return rewriteUntilStable(prune(graph), now => steps.reduce((changed, step) => step(changed, tf), now))
}
