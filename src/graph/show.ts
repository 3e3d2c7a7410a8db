/** Prints what the compiler does where `MILLRACE_GRAPH=print` asks for it. */
import type { Graph } from './ir/graph.js'
import { printGraph } from './ir/print.js'

type See = (name: string, stage: string, graph: Graph) => void
const watchers = new Set<See>()

/** Tells what a function's graph is after a stage: to stderr if the environment asks for it, and to whoever watches. */
export const showStage: See = (name, stage, graph) => {
  if (process.env.MILLRACE_GRAPH === 'print')
    process.stderr.write(`# ${name}: ${stage}, ${graph.nodes.length} nodes\n${printGraph(graph)}\n`)
  for (const see of watchers) see(name, stage, graph)
}

/** Sees every stage of every function that is compiled, until the function it gives is called. */
export function watchStages(see: See): () => void {
  watchers.add(see)
  return () => watchers.delete(see)
}
