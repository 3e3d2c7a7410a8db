/** Traces a function: runs it once with every operation recorded, and leaves everything unchanged. */
import { nodeBackend, type Tensor, type Variable } from '../backend.js'
import { attribute } from '../ir/attributes.js'
import type { DType, Graph, Node, TensorType, Update } from '../ir/graph.js'
import { prune } from '../ir/rewrite.js'
import type { Tensorflow } from '../tensorflow.js'
import { countSteps } from './count-steps.js'
import { type Guard, guardNumbers, guardSlots } from './guards.js'
import { hookBackend } from './hook-backend.js'
import { hookKernels } from './hook-kernels.js'
import { hookLayers } from './hook-layers.js'
import { hookOptimizers } from './hook-optimizers.js'
import { hookRandom, type RandomSource } from './hook-random.js'
import { bytesOf, TracedVariables } from './hook-variables.js'
import { type Restore, replaceMethods, restoreAll } from './hooks.js'
import { type HostInput, Recorder } from './recorder.js'
import { TraceRefusal, UsedAfterUpdate } from './refusal.js'

/** The names and tensors of a function's arguments. */
export type InputTypes = readonly ({ readonly name: string } & TensorType)[]

/** A traced function. */
export interface Traced {
  readonly graph: Graph
  /** The placeholders of the arguments, in their order. */
  readonly inputs: readonly Node[]
  /** Numbers to be read and fed before each run. */
  readonly hosts: readonly HostInput[]
  /** The variables that the graph names. */
  readonly variables: ReadonlyMap<string, Variable>
  /** Work in JavaScript after each run. */
  readonly effects: readonly (() => void)[]
  /** The variables it made. */
  readonly created: readonly Variable[]
  /** True if numbers of JavaScript that became constants of the graph are unchanged. */
  readonly guard: Guard
}

/** A function to be traced: tensors in, named tensors out. */
export type Traceable = (...inputs: Tensor[]) => Readonly<Record<string, Tensor>>

let current: Recorder | undefined

/** The recorder of the function that is being traced; undefined outside. */
export function currentRecorder(): Recorder | undefined {
  return current
}

/**
 * The function's graph. It runs once, on tensors that hold no numbers; variables, optimizers and tensors are unchanged afterwards, except
 * that an optimizer has made its slots.
 *
 * @throws TraceRefusal if the function cannot be traced.
 */
export function trace(tf: Tensorflow, fn: Traceable, types: InputTypes, random: RandomSource): Traced {
  if (current) throw new TraceRefusal('compile', current.layer, 'another function is being traced')
  try {
    return traceOnce(tf, fn, types, random, true)
  } catch (error) {
    if (!(error instanceof UsedAfterUpdate)) throw error
    return traceOnce(tf, fn, types, random, false)
  }
}

/** `describe`: true if optimizers describe their step, which is faster; false if their arithmetic is recorded, whose results can be used. */
function traceOnce(tf: Tensorflow, fn: Traceable, types: InputTypes, random: RandomSource, describe: boolean): Traced {
  const recorder = new Recorder(tf, nodeBackend(tf))
  const { state } = recorder.engine
  const { numTensors, numBytes, numDataBuffers, numStringTensors } = state
  const updates: Update[] = []
  const steps = countSteps(recorder)
  let installed: Restore[] = []
  const install = () => {
    installed = [
      hookBackend(recorder),
      variables.hook(),
      hookKeep(recorder),
      ...hookKernels(recorder),
      hookRandom(recorder, random),
      ...hookLayers(recorder),
      ...hookOptimizers(recorder, variables, updates, describe),
    ]
  }
  const suspended = <T>(work: () => T): T => {
    restoreAll(installed)
    try {
      return work()
    } finally {
      install()
    }
  }
  const variables = new TracedVariables(recorder, suspended)
  current = recorder
  try {
    install()
    let traced: Traced | undefined
    // Not the result of `tidy`: it would search the graph for tensors.
    tf.tidy(() => {
      const inputs = types.map(({ name, shape, dtype }) => recorder.placeholder(name, { shape, dtype }))
      const outputs = fn(...inputs.map(node => recorder.tensorOf(node.outputs[0]!)))
      steps.check()
      traced = collect(recorder, variables, updates, inputs, outputs)
    })
    if (recorder.stopped) throw recorder.stopped
    return traced!
  } catch (error) {
    throw recorder.stopped ?? error
  } finally {
    current = undefined
    restoreAll(installed)
    steps.hook()
    steps.undo()
    variables.restore()
    const kept = keepReal(recorder, variables)
    recorder.release()
    const created = [...variables.created, ...kept]
    state.numTensors = numTensors + created.length
    state.numBytes = numBytes + created.reduce((sum, variable) => sum + bytesOf(variable), 0)
    state.numDataBuffers = numDataBuffers + created.length
    state.numStringTensors = numStringTensors
  }
}

function hookKeep(recorder: Recorder): Restore {
  const { engine } = recorder
  const { keep } = engine
  const first = engine.nextTensorId()
  return replaceMethods(engine, {
    keep: tensor => {
      // tfjs itself keeps what its gradients need, and layers what they drop.
      const isOfFunction = recorder.layer === '' && engine.state.gradientDepth === 0
      if (isOfFunction && tensor.id > first) recorder.kept.add(tensor)
      return keep.call(engine, tensor)
    },
  })
}

/** What a function keeps for later calls, e.g. a table, is computed for real if it does not depend on the arguments. */
function keepReal(recorder: Recorder, variables: TracedVariables): Tensor[] {
  const kept = [...recorder.kept].filter(tensor => !tensor.isDisposed)
  return kept.filter(tensor => {
    if (!recorder.isRecorded(tensor.dataId)) return true
    const real = variables.evaluate(recorder.valueOf(tensor))
    if (real) recorder.adopt(tensor, real)
    real?.dispose()
    return real !== undefined
  })
}

function collect(
  recorder: Recorder,
  variables: TracedVariables,
  updates: readonly Update[],
  inputs: readonly Node[],
  outputs: Readonly<Record<string, Tensor>>,
): Traced {
  const values = Object.entries(outputs).map(([name, tensor]) => ({ name, value: recorder.valueOf(tensor) }))
  const assigned = variables.all.flatMap(({ name, assigned }) =>
    assigned ? [{ op: 'Assign', variables: [name], inputs: [assigned], attributes: {} }] : [],
  )
  const returned = new Set(Object.values(outputs))
  for (const tensor of recorder.kept)
    if (!tensor.isDisposed && !returned.has(tensor) && recorder.isRecorded(tensor.dataId))
      recorder.refuse('keep', 'a tensor is kept for later')
  const { hosts, effects, checks } = recorder
  const graph = prune({ nodes: recorder.nodes, variables: [], outputs: values, updates: [...updates, ...assigned], checks })
  const named = new Set([
    ...graph.updates.flatMap(update => update.variables),
    ...graph.nodes.filter(({ op }) => op === 'Variable').map(node => attribute(node, 'variable', 'string')),
  ])
  const used = variables.all.filter(({ name }) => named.has(name))
  const { guarded, stepped, described } = recorder
  const numbers = guardNumbers([...guarded, ...[...stepped].filter(each => !described.has(each))], described)
  const slots = guardSlots([...stepped, ...described])
  const read = new Set(recorder.nodes.flatMap(({ inputs }) => inputs.map(({ node }) => node)))
  const trainable = variables.all.flatMap(({ variable, node }) => (read.has(node) ? [[variable, variable.trainable] as const] : []))
  return {
    graph: {
      ...graph,
      variables: used.map(({ name, variable }) => ({ name, shape: variable.shape, dtype: variable.dtype as DType })),
    },
    inputs,
    hosts,
    effects,
    created: variables.created,
    guard: () => numbers() && slots() && trainable.every(([variable, was]) => variable.trainable === was),
    variables: new Map(used.map(({ name, variable }) => [name, variable])),
  }
}
