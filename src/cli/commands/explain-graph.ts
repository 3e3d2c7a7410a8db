/** Prints the compiled graphs of a file's models: one batch per pipeline compiles them. */
import { type ExperimentSpec, openExperiment, type ReadResult, registry } from '../../experiment.js'
import { type Graph, printGraph, watchStages } from '../../graph.js'
import { exitCodes } from '../exit-codes.js'
import type { Output } from '../output.js'
import { reportError } from '../report-errors.js'

/** A compiled function with its state after each stage. */
interface CompiledFunction {
  readonly name: string
  readonly stages: { readonly stage: string; readonly nodes: number }[]
  graph: Graph
}

/** Runs one batch per pipeline of a round and prints the graphs compiled for it. */
export async function explainGraph(
  { spec, modules }: Pick<ReadResult, 'modules'> & { readonly spec: ExperimentSpec },
  output: Output,
): Promise<number> {
  const functions: CompiledFunction[] = []
  const stop = watchStages((name, stage, graph) => {
    if (stage === 'recorded') functions.push({ name, stages: [], graph })
    const current = functions.at(-1)!
    current.stages.push({ stage, nodes: graph.nodes.length })
    current.graph = graph
  })
  try {
    const { pipelines } = await openExperiment(spec, registry, { modules })
    const { turns, every = [], after } = spec.run
    const names = [...turns, ...[...every, ...after].map(({ pipeline }) => pipeline)]
    for (const name of new Set(names)) await pipelines[name]!.nextBatch({ ...spec.run.batch, seed: spec.seed })
  } catch (error) {
    reportError(error, output)
    return exitCodes.runFailed
  } finally {
    stop()
  }
  output.result(functions.length === 0 ? NOTHING : functions.map(printFunction).join('\n'))
  output.value(functions.map(({ name, stages, graph }) => ({ name, stages, graph: printGraph(graph) })))
  return exitCodes.done
}

const NOTHING = 'No model of this file is compiled: their configs say engine: eager, or no pipeline trains or predicts.'

function printFunction({ name, stages, graph }: CompiledFunction): string {
  const course = stages.map(({ stage, nodes }) => `#   ${stage}: ${nodes.toLocaleString('en-US')} nodes`)
  return [`# ${name}`, ...course, printGraph(graph)].join('\n')
}
