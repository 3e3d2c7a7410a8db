/** The graph of a function that has been recorded, and what it depends on. */
import { attribute } from '../ir/attributes.js'
import type { DType, Node, Update } from '../ir/graph.js'
import { prune } from '../ir/rewrite.js'
import { type Guard, guardNumbers, guardSlots } from './guards/guards.js'
import { changedNumber, isPartOfLayer, watchFields } from './guards/watch-fields.js'
import { masksOf } from './hook-layers.js'
import type { TracedVariables } from './hook-variables.js'
import type { Recorder } from './recorder.js'
import type { Outputs, Traced } from './traced.js'

/** @throws TraceRefusal if the function leaves something that a graph would not. */
export function collect(
  recorder: Recorder,
  variables: TracedVariables,
  updates: readonly Update[],
  inputs: readonly Node[],
  outputs: Outputs,
): Traced {
  const values = Object.entries(outputs).map(([name, tensor]) => ({ name, value: recorder.valueOf(tensor) }))
  const assigned = variables.all.flatMap(({ name, assigned }) =>
    assigned ? [{ op: 'Assign', variables: [name], inputs: [assigned], attributes: {} }] : [],
  )
  refuseTraces(recorder, outputs)
  const { hosts, effects, checks } = recorder
  const graph = prune({ nodes: recorder.nodes, variables: [], outputs: values, updates: [...updates, ...assigned], checks })
  const named = new Set([
    ...graph.updates.flatMap(update => update.variables),
    ...graph.nodes.filter(({ op }) => op === 'Variable').map(node => attribute(node, 'variable', 'string')),
  ])
  const used = variables.all.filter(({ name }) => named.has(name))
  return {
    graph: {
      ...graph,
      variables: used.map(({ name, variable }) => ({ name, shape: variable.shape, dtype: variable.dtype as DType })),
    },
    inputs,
    hosts,
    effects,
    created: variables.created,
    guard: guardOf(recorder, variables),
    variables: new Map(used.map(({ name, variable }) => [name, variable])),
  }
}

/** Tensors that are kept for later, and numbers of layers that the call has changed. */
function refuseTraces(recorder: Recorder, outputs: Outputs): void {
  const returned = new Set(Object.values(outputs))
  const masks = new Set([...recorder.seenLayers.keys()].flatMap(layer => masksOf(layer as never)))
  for (const tensor of recorder.kept)
    if (!tensor.isDisposed && !returned.has(tensor) && !masks.has(tensor) && recorder.isRecorded(tensor.dataId))
      recorder.refuse('keep', 'a tensor is kept for later')
  for (const [layer, before] of recorder.seenLayers) {
    const changed = isPartOfLayer(layer) ? changedNumber(layer, before) : undefined
    if (changed !== undefined) recorder.refuse('call', `layer ${String(before.name)} changes its own ${changed} in JavaScript`)
  }
}

function guardOf(recorder: Recorder, variables: TracedVariables): Guard {
  const { guarded, stepped, described, seenLayers } = recorder
  const numbers = guardNumbers([...guarded, ...[...stepped].filter(each => !described.has(each))], described)
  const slots = guardSlots([...stepped, ...described])
  const fields = watchFields([...seenLayers.keys()].filter(isPartOfLayer), isPartOfLayer)
  const read = new Set(recorder.nodes.flatMap(({ inputs }) => inputs.map(({ node }) => node)))
  const trainable = variables.all.flatMap(({ variable, node }) => (read.has(node) ? [[variable, variable.trainable] as const] : []))
  return () => numbers() && slots() && fields() && trainable.every(([variable, was]) => variable.trainable === was)
}
