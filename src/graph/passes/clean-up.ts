/** Removes what every other pass leaves over. */
import type { Graph } from '../ir/graph.js'
import { prune } from '../ir/rewrite.js'
import type { Tensorflow } from '../tensorflow.js'
import { foldConstants } from './fold-constants.js'
import { foldScalings } from './fold-scalings.js'
import { foldSplats } from './fold-splats.js'
import { removeIdentities } from './remove-identities.js'
import { shareCommon } from './share-common.js'
import { shrinkSplats } from './shrink-splats.js'

/** Far more rounds than any graph has needed: passes enable each other at most a few times. */
const ROUNDS = 32

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
  let now = prune(graph)
  for (let round = 0; round < ROUNDS; round++) {
    const next = steps.reduce((changed, step) => step(changed, tf), now)
    if (sameNodes(now, next)) return next
    now = next
  }
  return now
}

const sameNodes = (a: Graph, b: Graph) => a.nodes.length === b.nodes.length && a.nodes.every((node, i) => node === b.nodes[i])
