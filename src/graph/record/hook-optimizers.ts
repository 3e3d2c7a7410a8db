/** tfjs's optimizers tell what they do instead of doing it in pieces, so that one kernel can do it. */
import type { Tensor, Variable } from '../backend.js'
import { bool, float } from '../ir/attributes.js'
import type { Attributes, Update } from '../ir/graph.js'
import type { TracedVariables } from './hook-variables.js'
import { type Restore, replaceMethods } from './hooks.js'
import type { Recorder } from './recorder.js'

type Slot = { originalName: string; variable: Variable }
type Gradients = Record<string, Tensor | null> | { name: string; tensor: Tensor | null }[]

/** The fields of tfjs's optimizers, all in one. */
interface Optimizer {
  iterations_?: number
  learningRate: number
  applyGradients(gradients: Gradients): void
  incrementIterations(): void
  [field: string]: unknown
}

interface Row {
  readonly className: string
  /** Fields with a slot for each variable, the ends of the slots' names, and their first value. */
  readonly slots: readonly { readonly field: string; readonly suffix: string; readonly first?: string }[]
  readonly scalars?: readonly {
    readonly field: string
    readonly next: (value: Tensor, optimizer: Optimizer, tf: Recorder['tf']) => Tensor
  }[]
  readonly attributes: (optimizer: any, epsilon: number) => Attributes
}

const power = (field: string, beta: string) => ({
  field,
  next: (value: Tensor, optimizer: Optimizer, tf: Recorder['tf']) => tf.mul(value, optimizer[beta] as number),
})

/** What each optimizer keeps and passes on; `lower-optimizers` says what is computed of it. */
const rows: readonly Row[] = [
  { className: 'SGD', slots: [], attributes: () => ({}) },
  {
    className: 'Momentum',
    slots: [{ field: 'accumulations', suffix: 'momentum' }],
    attributes: o => ({ momentum: float(o.momentum), useNesterov: bool(o.useNesterov) }),
  },
  {
    className: 'Adam',
    slots: [
      { field: 'accumulatedFirstMoment', suffix: 'm' },
      { field: 'accumulatedSecondMoment', suffix: 'v' },
    ],
    scalars: [power('accBeta1', 'beta1'), power('accBeta2', 'beta2')],
    attributes: o => ({ beta1: float(o.beta1), beta2: float(o.beta2), epsilon: float(o.epsilon) }),
  },
  {
    className: 'RMSProp',
    slots: [
      { field: 'accumulatedMeanSquares', suffix: 'rms' },
      { field: 'accumulatedMoments', suffix: 'momentum' },
      { field: 'accumulatedMeanGrads', suffix: 'mg' },
    ],
    attributes: o => ({ decay: float(o.decay), momentum: float(o.momentum), epsilon: float(o.epsilon), centered: bool(o.centered) }),
  },
  {
    className: 'Adagrad',
    slots: [{ field: 'accumulatedGrads', suffix: 'accumulator', first: 'initialAccumulatorValue' }],
    attributes: (_, epsilon) => ({ epsilon: float(epsilon) }),
  },
  {
    className: 'Adadelta',
    slots: [
      { field: 'accumulatedGrads', suffix: 'accum_grad' },
      { field: 'accumulatedUpdates', suffix: 'accum_var' },
    ],
    attributes: o => ({ rho: float(o.rho), epsilon: float(o.epsilon) }),
  },
  {
    className: 'Adamax',
    slots: [
      { field: 'accumulatedFirstMoment', suffix: 'm' },
      { field: 'accumulatedWeightedInfNorm', suffix: 'v' },
    ],
    scalars: [power('accBeta1', 'beta1'), { field: 'iteration', next: (value, _, tf) => tf.add(value, 1) }],
    attributes: o => ({ beta1: float(o.beta1), beta2: float(o.beta2), epsilon: float(o.epsilon), decay: float(o.decay) }),
  },
]

/** The optimizers' own step, recorded as updates. A subclass, or a variable that was assigned before, takes tfjs's way. */
export function hookOptimizers(recorder: Recorder, variables: TracedVariables, updates: Update[]): Restore[] {
  const { tf } = recorder
  return rows.map(row => {
    const { prototype } = (tf as unknown as Record<string, { prototype: Optimizer }>)[`${row.className}Optimizer`]!
    const { applyGradients } = prototype
    return replaceMethods(prototype, {
      applyGradients(this: Optimizer, gradients: Gradients) {
        const named = Array.isArray(gradients) ? gradients : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }))
        const isPlain = Object.getPrototypeOf(this) === prototype && named.every(({ name }) => !isUpdated(recorder, updates, name))
        if (isPlain) recordUpdates(recorder, variables, updates, row, this, named)
        else applyGradients.call(this, gradients)
      },
    })
  })
}

/** Counts an optimizer's step now and takes it back after the trace; each run counts one. */
export function countIterations(recorder: Recorder): { hook: Restore; undo(): void } {
  const { tf } = recorder
  const { prototype } = (tf as unknown as { Optimizer: { prototype: Optimizer } }).Optimizer
  const { incrementIterations } = prototype
  const before = new Map<Optimizer, number | undefined>()
  const hook = replaceMethods(prototype, {
    incrementIterations(this: Optimizer) {
      if (!before.has(this)) before.set(this, this.iterations_)
      recorder.effects.push(() => incrementIterations.call(this))
      incrementIterations.call(this)
    },
  })
  return {
    hook,
    undo: () => {
      for (const [optimizer, iterations] of before) {
        if (iterations === undefined) delete optimizer.iterations_
        else optimizer.iterations_ = iterations
      }
    },
  }
}

function isUpdated(recorder: Recorder, updates: readonly Update[], name: string): boolean {
  const variable = recorder.engine.state.registeredVariables[name]
  return variable === undefined || recorder.valueOf(variable).node.op !== 'Variable' || updates.some(update => update.variables[0] === name)
}

function recordUpdates(
  recorder: Recorder,
  variables: TracedVariables,
  updates: Update[],
  row: Row,
  optimizer: Optimizer,
  gradients: readonly { readonly name: string; readonly tensor: Tensor | null }[],
): void {
  const { tf, engine } = recorder
  const slots = row.slots.filter(({ field }) => field !== 'accumulatedMeanGrads' || optimizer.centered)
  const rate = recorder.valueOf(recorder.host(`learningRate/${rateNumber(optimizer)}`, 'float32', () => optimizer.learningRate))
  const scalars = (row.scalars ?? []).map(({ field, next }) => ({ variable: optimizer[field] as Variable, next }))
  const states = scalars.map(({ variable }) => recorder.valueOf(variable))
  const attributes = row.attributes(optimizer, recorder.backend.epsilon())
  for (const [i, { name, tensor }] of gradients.entries()) {
    const variable = engine.state.registeredVariables[name]!
    const kept = slots.map(({ field, suffix, first }) => {
      const list = optimizer[field] as Slot[]
      list[i] ??= {
        originalName: `${name}/${suffix}`,
        variable: newSlot(recorder, variable, first === undefined ? undefined : (optimizer[first] as number)),
      }
      return list[i].variable
    })
    if (tensor === null || tensor === undefined) continue
    const names = [variable, ...kept].map(each => variables.nameOf(each))
    updates.push({ op: row.className, variables: names, inputs: [recorder.valueOf(tensor), rate, ...states], attributes })
  }
  tf.tidy(() => {
    for (const { variable, next } of scalars) variable.assign(next(variable, optimizer, tf))
  })
  optimizer.incrementIterations()
}

function newSlot({ tf }: Recorder, variable: Variable, first: number | undefined): Variable {
  return tf.tidy(() => (first === undefined ? tf.zeros(variable.shape) : tf.fill(variable.shape, first)).variable(false))
}

const numbers = new WeakMap<Optimizer, number>()
let last = 0

function rateNumber(optimizer: Optimizer): number {
  const known = numbers.get(optimizer) ?? ++last
  numbers.set(optimizer, known)
  return known
}
