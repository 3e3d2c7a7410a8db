/** The table of regression metrics: a row computes the value of one output over all samples. BatchFlow's names and formulas. */

/** One output of all samples, with their weights (1 if there are none). */
export interface Samples {
  readonly targets: readonly number[]
  readonly predictions: readonly number[]
  readonly weights: readonly number[]
}

interface RegressionRow {
  readonly aliases: readonly string[]
  readonly of: (samples: Samples, gap: number) => number
}

const errors = ({ targets, predictions }: Samples) => predictions.map((value, i) => value - targets[i]!)

function average(values: readonly number[], weights: readonly number[]): number {
  let [sum, weight] = [0, 0]
  for (const [i, value] of values.entries()) {
    sum += weights[i]! * value
    weight += weights[i]!
  }
  return sum / weight
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

const squares = (values: readonly number[]) => values.map(value => value ** 2)
const meanSquare = (samples: Samples) => average(squares(errors(samples)), samples.weights)

/** The variance. */
function variance(values: readonly number[], weights: readonly number[]): number {
  const mean = average(values, weights)
  return average(squares(values.map(value => value - mean)), weights)
}

/** Every regression metric. */
export const regressionRows = {
  meanAbsoluteError: { aliases: ['mae'], of: samples => average(errors(samples).map(Math.abs), samples.weights) },
  meanSquaredError: { aliases: ['mse'], of: meanSquare },
  rootMeanSquaredError: { aliases: ['rmse'], of: samples => Math.sqrt(meanSquare(samples)) },
  medianAbsoluteError: { aliases: [], of: samples => median(errors(samples).map(Math.abs)) },
  maxError: { aliases: [], of: samples => errors(samples).reduce((max, error) => Math.max(max, Math.abs(error)), 0) },
  r2Score: { aliases: ['r2'], of: samples => 1 - meanSquare(samples) / variance(samples.targets, samples.weights) },
  explainedVarianceRatio: {
    aliases: [],
    of: samples => 1 - variance(errors(samples), samples.weights) / variance(samples.targets, samples.weights),
  },
  accuracy: {
    aliases: ['acc'],
    of: (samples, gap) => errors(samples).filter(error => Math.abs(error) < gap).length / samples.targets.length,
  },
} as const satisfies Record<string, RegressionRow>
