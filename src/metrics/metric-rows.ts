/**
 * The table of count metrics: names, aliases, formulas, and the result of a division by zero. A new metric is a row. BatchFlow's names,
 * with the same numbers.
 */

/** The counts of one class in one item: this class is positive, all others are negative. */
export interface Counts {
  readonly truePositive: number
  /** Elements of the class. */
  readonly conditionPositive: number
  /** Elements predicted as the class. */
  readonly predictionPositive: number
  readonly totalPopulation: number
}

interface CountRow {
  readonly aliases: readonly string[]
  readonly count: (counts: Counts) => number
}

/** The value of n / 0: for n above zero, and for n = 0. */
export type WhenZero = readonly [above: number, none: number]

interface RatioRow {
  readonly aliases: readonly string[]
  readonly ratio: readonly [numerator: string, denominator: string]
  readonly whenZero: WhenZero
}

interface FormulaRow {
  readonly aliases: readonly string[]
  readonly of: readonly string[]
  readonly formula: (...values: number[]) => number
  /** Replaces the values of the ratios it combines. */
  readonly whenZero?: WhenZero
}

/** One number per item, regardless of the classes. */
interface OverallRow {
  readonly aliases: readonly string[]
  readonly overall: true
}

export type MetricRow = CountRow | RatioRow | FormulaRow | OverallRow

const undefinedIsInfinite = (value: number) => (Number.isNaN(value) ? Infinity : value)

/** Counts. They are not averaged over classes. */
export const countRows = {
  truePositive: { aliases: ['tp'], count: c => c.truePositive },
  falsePositive: { aliases: ['fp'], count: c => c.predictionPositive - c.truePositive },
  trueNegative: { aliases: ['tn'], count: c => c.totalPopulation - c.conditionPositive - c.predictionPositive + c.truePositive },
  falseNegative: { aliases: ['fn'], count: c => c.conditionPositive - c.truePositive },
  conditionPositive: { aliases: ['support'], count: c => c.conditionPositive },
  conditionNegative: { aliases: [], count: c => c.totalPopulation - c.conditionPositive },
  predictionPositive: { aliases: [], count: c => c.predictionPositive },
  predictionNegative: { aliases: [], count: c => c.totalPopulation - c.predictionPositive },
  totalPopulation: { aliases: [], count: c => c.totalPopulation },
} as const satisfies Record<string, CountRow>

/** Metrics that can be averaged over classes. */
export const rateRows = {
  truePositiveRate: { aliases: ['sensitivity', 'recall', 'tpr'], ratio: ['truePositive', 'conditionPositive'], whenZero: [0, 1] },
  falsePositiveRate: { aliases: ['fallout', 'fpr'], ratio: ['falsePositive', 'conditionNegative'], whenZero: [1, 0] },
  falseNegativeRate: { aliases: ['missRate', 'fnr'], ratio: ['falseNegative', 'conditionPositive'], whenZero: [1, 0] },
  trueNegativeRate: { aliases: ['specificity', 'tnr'], ratio: ['trueNegative', 'conditionNegative'], whenZero: [0, 1] },
  prevalence: { aliases: ['prv'], ratio: ['conditionPositive', 'totalPopulation'], whenZero: [0, 0] },
  positivePredictiveValue: { aliases: ['precision', 'ppv'], ratio: ['truePositive', 'predictionPositive'], whenZero: [0, 1] },
  falseDiscoveryRate: { aliases: ['fdr'], ratio: ['falsePositive', 'predictionPositive'], whenZero: [1, 0] },
  falseOmissionRate: { aliases: ['for'], ratio: ['falseNegative', 'predictionNegative'], whenZero: [1, 0] },
  negativePredictiveValue: { aliases: ['npv'], ratio: ['trueNegative', 'predictionNegative'], whenZero: [0, 1] },
  positiveLikelihoodRatio: { aliases: ['plr'], ratio: ['truePositiveRate', 'falsePositiveRate'], whenZero: [Infinity, 0] },
  negativeLikelihoodRatio: { aliases: ['nlr'], ratio: ['falseNegativeRate', 'trueNegativeRate'], whenZero: [Infinity, 0] },
  diagnosticOddsRatio: {
    aliases: ['diagnosticsOddsRatio', 'dor'],
    ratio: ['positiveLikelihoodRatio', 'negativeLikelihoodRatio'],
    whenZero: [Infinity, 0],
  },
  // Both are infinite for a class that is neither present nor predicted: averages skip its score.
  f1Score: {
    aliases: ['dice', 'f1s'],
    of: ['truePositiveRate', 'positivePredictiveValue'],
    whenZero: [0, Infinity],
    formula: (recall, precision) =>
      recall === Infinity && precision === Infinity ? Infinity : (2 * recall! * precision!) / (recall! + precision!) || 0,
  },
  jaccard: { aliases: ['iou', 'jac'], of: ['f1Score'], formula: dice => undefinedIsInfinite(dice! / (2 - dice!)) },
} as const satisfies Record<string, RatioRow | FormulaRow>

/** Every metric of classification and segmentation. */
export const metricRows = {
  ...countRows,
  ...rateRows,
  accuracy: { aliases: ['acc'], overall: true },
} as const satisfies Record<string, MetricRow>

export type CountName = keyof typeof countRows
export type MetricName = keyof typeof metricRows

/** Returns true if a metric is computed from another one. */
export function dependsOn(name: string, other: string): boolean {
  if (name === other) return true
  const row: MetricRow = metricRows[name as MetricName]
  const parts = 'ratio' in row ? row.ratio : 'of' in row ? row.of : []
  return parts.some(part => dependsOn(part, other))
}
