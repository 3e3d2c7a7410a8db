/** Losses by their formulas, in plain float64: what `formulas.test.ts` compares with, and differentiates. */

/** One position: the network's outputs, the encoded targets, and whether it counts. */
export interface Position {
  readonly outputs: readonly number[]
  readonly targets: readonly number[]
  readonly counts: boolean
}

export interface Options {
  readonly weights?: readonly number[]
  readonly activation?: 'softmax' | 'sigmoid'
  readonly smooth?: number
  readonly alpha?: number
  readonly beta?: number
  readonly gamma?: number
}

type Oracle = (positions: readonly Position[], options: Options) => number

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const dot = (a: readonly number[], b: readonly number[]) => sum(a.map((value, i) => value * b[i]!))
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

function softmax(outputs: readonly number[]): number[] {
  const all = outputs.map(Math.exp)
  return all.map(value => value / sum(all))
}

function probabilities(outputs: readonly number[], { activation }: Options): readonly number[] {
  return (activation ?? (outputs.length === 1 ? 'sigmoid' : 'softmax')) === 'softmax' ? softmax(outputs) : outputs.map(sigmoid)
}

/** The mean of weighted values, 0 of none. */
const weightedMean = (values: readonly number[], weights: readonly number[]) => dot(values, weights) / Math.max(sum(weights), 1e-7)

const counted = (positions: readonly Position[]) => positions.filter(({ counts }) => counts)
const ones = (positions: readonly Position[]) => positions[0]!.targets.map(() => 1)

/** The mean over positions, each weighed by its class. */
function overPositions(positions: readonly Position[], { weights }: Options, of: (position: Position) => number): number {
  const all = counted(positions)
  return weightedMean(
    all.map(of),
    all.map(({ targets }) => dot(targets, weights ?? ones(positions))),
  )
}

/** The mean over values, each weighed by its output. */
function overValues(positions: readonly Position[], { weights }: Options, of: (output: number, target: number) => number): number {
  const values = counted(positions).flatMap(({ outputs, targets }) => outputs.map((output, i) => of(output, targets[i]!)))
  return weightedMean(
    values,
    counted(positions).flatMap(() => weights ?? ones(positions)),
  )
}

/** The mean over classes of 1 − a ratio. */
function overClasses(
  positions: readonly Position[],
  options: Options,
  ratio: (known: number, found: number, both: number) => readonly [number, number],
): number {
  const smooth = options.smooth ?? 1e-7
  const all = counted(positions)
  const losses = ones(positions).map((_, i) => {
    const [t, p] = [all.map(({ targets }) => targets[i]!), all.map(({ outputs }) => probabilities(outputs, options)[i]!)]
    const [numerator, denominator] = ratio(sum(t), sum(p), dot(t, p))
    return 1 - (numerator + smooth) / (denominator + smooth)
  })
  return weightedMean(losses, options.weights ?? ones(positions))
}

/** The errors from the largest, each times the growth of the loss of intersection over union. */
function lovaszSum(errors: readonly number[], targets: readonly number[]): number {
  const order = errors.map((_, i) => i).sort((a, b) => errors[b]! - errors[a]! || a - b)
  const loss = (admitted: number) => {
    const wrong = new Set(order.slice(0, admitted))
    const known = sum(targets as number[])
    const hit = known - sum(targets.map((target, i) => (wrong.has(i) ? target : 0)))
    return 1 - hit / (known + sum(targets.map((target, i) => (wrong.has(i) ? 1 - target : 0))))
  }
  return sum(order.map((i, rank) => errors[i]! * (loss(rank + 1) - (rank === 0 ? 0 : loss(rank)))))
}

const binary = (output: number, target: number) => -(target * Math.log(sigmoid(output)) + (1 - target) * Math.log(sigmoid(-output)))

export const oracles = {
  ce: (positions, options) => overPositions(positions, options, ({ outputs, targets }) => -dot(targets, softmax(outputs).map(Math.log))),
  bce: (positions, options) => overValues(positions, options, binary),
  focal: (positions, options) => {
    const { gamma = 2, alpha } = options
    const isSoftmax = (options.activation ?? (ones(positions).length === 1 ? 'sigmoid' : 'softmax')) === 'softmax'
    if (!isSoftmax) {
      return overValues(positions, options, (output, target) => {
        const p = target * sigmoid(output) + (1 - target) * sigmoid(-output)
        return (alpha === undefined ? 1 : target * alpha + (1 - target) * (1 - alpha)) * (1 - p) ** gamma * binary(output, target)
      })
    }
    return overPositions(positions, options, ({ outputs, targets }) => {
      const p = dot(targets, softmax(outputs))
      return (alpha ?? 1) * (1 - p) ** gamma * -Math.log(p)
    })
  },
  dice: (positions, options) => overClasses(positions, options, (known, found, both) => [2 * both, known + found]),
  jaccard: (positions, options) => overClasses(positions, options, (known, found, both) => [both, known + found - both]),
  tversky: (positions, options) => {
    const { alpha = 0.3, beta = 0.7 } = options
    return overClasses(positions, options, (known, found, both) => [both, both + alpha * (found - both) + beta * (known - both)])
  },
  lovasz: (positions, options) => {
    const all = counted(positions)
    const of = (i: number, error: (position: Position) => number) =>
      lovaszSum(
        all.map(error),
        all.map(({ targets }) => targets[i]!),
      )
    if (ones(positions).length === 1) return of(0, ({ outputs, targets }) => Math.max(0, 1 - outputs[0]! * (2 * targets[0]! - 1)))
    const present = ones(positions).map((_, i) => Number(all.some(({ targets }) => targets[i] === 1)))
    const losses = present.map((_, i) => of(i, ({ outputs, targets }) => Math.abs(targets[i]! - softmax(outputs)[i]!)))
    return weightedMean(
      losses,
      present.map((is, i) => is * (options.weights?.[i] ?? 1)),
    )
  },
} as const satisfies Record<string, Oracle>

/** The gradient with respect to each output, by central differences. */
export function differentiate(oracle: Oracle, positions: readonly Position[], options: Options, step = 1e-5): number[] {
  return positions.flatMap((position, at) =>
    position.outputs.map((_, i) => {
      const shifted = (by: number) => {
        const outputs = position.outputs.map((value, j) => (j === i ? value + by : value))
        return oracle(
          positions.map((other, j) => (j === at ? { ...position, outputs } : other)),
          options,
        )
      }
      return (shifted(step) - shifted(-step)) / (2 * step)
    }),
  )
}
