/** Computes what has been recorded, so that a function that was traced has run operation by operation. */
import { type Tensor, toRawAttributes, type Variable } from '../backend.js'
import { type } from '../ir/attributes.js'
import type { Node, Value } from '../ir/graph.js'
import type { TracedVariables } from './hook-variables.js'
import type { Postponed, Recorder } from './recorder.js'

/**
 * Every tensor that stands for a value holds it, variables hold what was assigned, and optimizers have made the steps that they described.
 *
 * @throws Error of TensorFlow if an operation fails. Unless the function is running, nothing has changed then.
 */
export function makeReal(
  recorder: Recorder,
  variables: TracedVariables,
  nodes: readonly Node[],
  given: readonly Tensor[],
  isRunning: boolean,
): void {
  const { tf, engine, live, postponed } = recorder
  const steps = postponed.flatMap(({ gradients }) => gradients.flatMap(({ value }) => value ?? []))
  // What is computed here belongs to no gradient that is being taken.
  engine.state.kernelDepth++
  try {
    const fed = new Map(nodes.map((node, i) => [node, given[i]!]))
    const values = [...live.map(([, value]) => value), ...steps]
    let failure: unknown
    let tensors: readonly (Tensor | undefined)[]
    try {
      tensors = variables.evaluate(values, fed)
    } catch (error) {
      if (!isRunning) throw error
      // The function may handle it and go on with what can be computed.
      failure = error
      tensors = values.map(value => orNothing(() => variables.evaluate([value], fed)[0]!))
    }
    for (const [i, [dataId, value]] of live.entries()) {
      const tensor = tensors[i]
      if (tensor) recorder.backend.tensorMap.get(dataId).id = copyId(recorder, tensor, value)
      recorder.forget(dataId)
    }
    variables.commit(new Set<Variable>(postponed.flatMap(({ scalars }) => scalars)))
    makeSteps(postponed, tensors.slice(live.length))
    tf.dispose(tensors as Tensor[])
    if (failure !== undefined) throw failure
  } finally {
    engine.state.kernelDepth--
  }
}

/** TensorFlow's id of another tensor with the same data. */
function copyId({ backend, binding }: Recorder, tensor: Tensor, { dtype }: Value): number {
  return binding.executeOp('Identity', toRawAttributes(binding, { T: type(dtype) }), backend.getInputTensorIds([tensor]), 1)[0]!.id
}

function orNothing<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

function makeSteps(postponed: readonly Postponed[], tensors: readonly (Tensor | undefined)[]): void {
  let next = 0
  for (const { gradients, apply } of postponed)
    apply(gradients.map(({ name, value }) => ({ name, tensor: value === undefined ? null : (tensors[next++] ?? null) })))
}
