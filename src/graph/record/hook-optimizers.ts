/** Makes tfjs's optimizers describe their step instead of computing it in pieces, so that one kernel can compute it. */
import type { Tensor, Variable } from '../backend.js'
import { numberOf } from '../identity.js'
import type { Update } from '../ir/graph.js'
import type { Optimizer, OptimizerRow } from '../optimizers/row.js'
import { type OptimizerName, optimizerPrototypes, optimizerRows } from '../optimizers/table.js'
import type { TracedVariables } from './hook-variables.js'
import type { Restore } from './hooks.js'
import type { Recorder } from './recorder.js'

type Slot = { originalName: string; variable: Variable }
type Gradients = Record<string, Tensor | null> | { name: string; tensor: Tensor | null }[]

/** The optimizers' own step, recorded as updates. A subclass, or a variable that was assigned before, uses tfjs's step. */
export function hookOptimizers(recorder: Recorder, variables: TracedVariables, updates: Update[], describe: boolean): Restore[] {
  const { tf, engine } = recorder
  return optimizerPrototypes(tf).map(([prototype, name]) => {
    const { applyGradients } = prototype
    return recorder.hook(prototype, {
      applyGradients(this: Optimizer, given: object) {
        const gradients = given as Gradients
        const named = Array.isArray(gradients) ? gradients : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }))
        const changed = [...named.map(({ name }) => engine.state.registeredVariables[name]), ...slotsOf(this, optimizerRows[name])]
        const isUntouched = changed.every(variable => variable && variables.isUntouched(variable))
        const isPlain = describe && Object.getPrototypeOf(this) === prototype && isUntouched
        if (isPlain) recordUpdates(recorder, variables, updates, name, this, named, applyGradients)
        else {
          recorder.guarded.add(this)
          applyGradients.call(this, gradients)
        }
      },
    })
  })
}

function slotsOf(optimizer: Optimizer, row: OptimizerRow): Variable[] {
  return row.slots.flatMap(({ field }) => ((optimizer[field] ?? []) as (Slot | undefined)[]).flatMap(slot => slot?.variable ?? []))
}

function recordUpdates(
  recorder: Recorder,
  variables: TracedVariables,
  updates: Update[],
  op: OptimizerName,
  optimizer: Optimizer,
  gradients: readonly { readonly name: string; readonly tensor: Tensor | null }[],
  applyGradients: Optimizer['applyGradients'],
): void {
  const { tf, engine } = recorder
  const row = optimizerRows[op]
  // What may refuse comes first: nothing is left half done.
  const values = gradients.map(({ tensor }) => (tensor === null || tensor === undefined ? undefined : recorder.valueOf(tensor)))
  recorder.described.add(optimizer)
  const slots = row.slots.filter(({ onlyIf }) => onlyIf === undefined || optimizer[onlyIf])
  const rate = recorder.host(`learningRate/${numberOf(optimizer)}`, 'float32', () => optimizer.learningRate)
  const scalars = row.scalars.map(({ field, next }) => ({ variable: optimizer[field] as Variable, next }))
  const states = scalars.map(({ variable }) => recorder.valueOf(variable))
  const attributes = row.attributes(optimizer, recorder.backend.epsilon())
  recorder.postponed.push({
    gradients: gradients.map(({ name }, i) => ({ name, value: values[i] })),
    scalars: scalars.map(({ variable }) => variable),
    apply: given => applyGradients.call(optimizer, given),
  })
  for (const [i, { name }] of gradients.entries()) {
    const variable = engine.state.registeredVariables[name]!
    const kept = slots.map(({ field, suffix, first }) => {
      const list = optimizer[field] as Slot[]
      list[i] ??= {
        originalName: `${name}/${suffix}`,
        variable: variables.create(variable.shape, first === undefined ? 0 : (optimizer[first] as number)),
      }
      return list[i].variable
    })
    const value = values[i]
    if (value === undefined) continue
    const names = [variable, ...kept].map(each => variables.nameOf(each))
    updates.push({ op, variables: names, inputs: [value, rate, ...states], attributes })
    for (const each of [variable, ...kept]) variables.markUpdated(each)
  }
  tf.tidy(() => {
    for (const { variable, next } of scalars) variable.assign(next(variable, optimizer, tf))
  })
  optimizer.incrementIterations()
}
