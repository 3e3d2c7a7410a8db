/** Verifies and optimizes a traced graph and adds it to a program. */
import type { Graph } from './ir/graph.js'
import { verify } from './ir/verify.js'
import { checkUpdates } from './passes/check-updates.js'
import { chosenPasses, optimize } from './passes/optimize.js'
import { TraceRefusal } from './record/refusal.js'
import type { Traced } from './record/traced.js'
import type { Programs } from './session/programs.js'
import { showStage } from './show.js'

/**
 * The number of the function in the program, with a check of its updates if it is to have one. Whatever goes wrong here is no fault of the
 * function's.
 *
 * @throws RangeError for a wrong `MILLRACE_WITHOUT`, and what those throw that watch the stages
 */
export function addToProgram(program: Programs, name: string, traced: Traced, checksUpdates = false): number | TraceRefusal {
  const chosen = chosenPasses()
  const stages: [string, Graph][] = [['recorded', traced.graph]]
  let compiled: number | TraceRefusal
  try {
    verify(traced.graph, 'recorded')
    const checked = checksUpdates ? checkUpdates(traced.graph) : traced.graph
    const graph = optimize(checked, program.tf, (pass, after) => stages.push([pass, after]), chosen)
    verify(graph, 'lowered')
    compiled = program.add(name, traced, graph)
  } catch (error) {
    compiled =
      error instanceof TraceRefusal ? error : new TraceRefusal('compile', '', String(error instanceof Error ? error.message : error))
  }
  for (const [stage, graph] of stages) showStage(name, stage, graph)
  return compiled
}
