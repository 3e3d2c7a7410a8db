/** What each optimizer keeps for a variable and passes on to its update; `lower-optimizers` says what is computed of it. */
import type { Tensor } from '../backend.js'
import { bool, float } from '../ir/attributes.js'
import type { Attributes } from '../ir/graph.js'
import type { Tensorflow } from '../tensorflow.js'

/** The fields of tfjs's optimizers, all in one. */
export interface Optimizer {
  iterations_?: number
  learningRate: number
  applyGradients(gradients: object): void
  incrementIterations(): void
  minimize(...args: never[]): unknown
  [field: string]: unknown
}

export interface OptimizerRow {
  /** What the update is called in the graph. */
  readonly op: string
  /** Fields with a slot for each variable, the ends of the slots' names, and their first value. */
  readonly slots: readonly { readonly field: string; readonly suffix: string; readonly first?: string }[]
  readonly scalars?: readonly {
    readonly field: string
    readonly next: (value: Tensor, optimizer: Optimizer, tf: Tensorflow) => Tensor
  }[]
  readonly attributes: (optimizer: any, epsilon: number) => Attributes
}

const power = (field: string, beta: string) => ({
  field,
  next: (value: Tensor, optimizer: Optimizer, tf: Tensorflow) => tf.mul(value, optimizer[beta] as number),
})

const rows: readonly OptimizerRow[] = [
  { op: 'SGD', slots: [], attributes: () => ({}) },
  {
    op: 'Momentum',
    slots: [{ field: 'accumulations', suffix: 'momentum' }],
    // tfjs computes with the tensor it made of the number at first.
    attributes: o => ({ momentum: float(o.m.dataSync()[0]), useNesterov: bool(o.useNesterov) }),
  },
  {
    op: 'Adam',
    slots: [
      { field: 'accumulatedFirstMoment', suffix: 'm' },
      { field: 'accumulatedSecondMoment', suffix: 'v' },
    ],
    scalars: [power('accBeta1', 'beta1'), power('accBeta2', 'beta2')],
    attributes: o => ({ beta1: float(o.beta1), beta2: float(o.beta2), epsilon: float(o.epsilon) }),
  },
  {
    op: 'AdamW',
    slots: [
      { field: 'accumulatedFirstMoment', suffix: 'm' },
      { field: 'accumulatedSecondMoment', suffix: 'v' },
    ],
    scalars: [power('accBeta1', 'beta1'), power('accBeta2', 'beta2')],
    attributes: o => ({
      beta1: float(o.beta1),
      beta2: float(o.beta2),
      epsilon: float(o.epsilon),
      weightDecay: float(o.weightDecay),
    }),
  },
  {
    op: 'RMSProp',
    slots: [
      { field: 'accumulatedMeanSquares', suffix: 'rms' },
      { field: 'accumulatedMoments', suffix: 'momentum' },
      { field: 'accumulatedMeanGrads', suffix: 'mg' },
    ],
    attributes: o => ({ decay: float(o.decay), momentum: float(o.momentum), epsilon: float(o.epsilon), centered: bool(o.centered) }),
  },
  {
    op: 'Adagrad',
    slots: [{ field: 'accumulatedGrads', suffix: 'accumulator', first: 'initialAccumulatorValue' }],
    attributes: (_, epsilon) => ({ epsilon: float(epsilon) }),
  },
  {
    op: 'Adadelta',
    slots: [
      { field: 'accumulatedGrads', suffix: 'accum_grad' },
      { field: 'accumulatedUpdates', suffix: 'accum_var' },
    ],
    attributes: o => ({ rho: float(o.rho), epsilon: float(o.epsilon) }),
  },
  {
    op: 'Adamax',
    slots: [
      { field: 'accumulatedFirstMoment', suffix: 'm' },
      { field: 'accumulatedWeightedInfNorm', suffix: 'v' },
    ],
    scalars: [power('accBeta1', 'beta1'), { field: 'iteration', next: (value, _, tf) => tf.add(value, 1) }],
    attributes: o => ({ beta1: float(o.beta1), beta2: float(o.beta2), epsilon: float(o.epsilon), decay: float(o.decay) }),
  },
]

const registered = new Map<Optimizer, OptimizerRow>()

/**
 * Makes a class of optimizers known that does what `AdamW` stands for in the graph, or another of the rows' names.
 *
 * @throws RangeError for a name that no row has.
 */
export function registerOptimizer(prototype: object, op: string): void {
  const row = rows.find(each => each.op === op)
  if (!row) throw new RangeError(`no optimizer called ${op}`)
  registered.set(prototype as Optimizer, row)
}

/** The optimizers by the prototype of their class: tfjs's own and those registered. */
export function optimizerRows(tf: Tensorflow): readonly (readonly [Optimizer, OptimizerRow])[] {
  const classes = tf as unknown as Record<string, { readonly prototype: Optimizer } | undefined>
  const own = rows.flatMap(row => {
    const found = classes[`${row.op}Optimizer`]
    return found ? [[found.prototype, row] as const] : []
  })
  return [...own, ...registered]
}
