/** Prints what the compiler does if `MILLRACE_GRAPH=print`. */
import type { Graph } from './ir/graph.js'
import { printGraph } from './ir/print.js'

type See = (name: string, stage: string, graph: Graph) => void
const watchers = new Set<See>()

/** Reports a function's graph after a stage: to stderr if the environment says so, and to watchers. */
export const showStage: See = (name, stage, graph) => {
  if (process.env.MILLRACE_GRAPH === 'print')
    process.stderr.write(`# ${name}: ${stage}, ${graph.nodes.length} nodes\n${printGraph(graph)}\n`)
  for (const see of watchers) see(name, stage, graph)
}

/** Watches every stage of every compiled function until the returned function is called. */
export function watchStages(see: See): () => void {
  watchers.add(see)
  return () => watchers.delete(see)
}
