/** The result of `step`: medians of a training step and an evaluation, of Millrace and its peers. */
import { median, rounded } from './median.js'
import type { Result } from './result.js'

/** What a measuring process prints, Millrace's and a peer's alike. */
export interface StepFacts {
  readonly params: number
  /** Biases that PyTorch's LSTM has beside those that Millrace has. */
  readonly second_biases?: number
  readonly train_ms: number
  readonly evaluate_ms: number
  /** The first training step, with whatever is prepared in it. */
  readonly first_ms: number
  readonly peak_rss_mb: number
  readonly version: string
}

export interface StepFigures {
  readonly trainMs: number
  readonly evaluateMs: number
  readonly firstStepMs: number
  readonly peakRssMb: number
}

export interface StepResult extends Result {
  readonly kind: 'step'
  readonly net: string
  readonly se: boolean
  readonly batch: number
  readonly engine: string
  /** Counted steps of a process, and those before them. */
  readonly steps: number
  readonly warmUp: number
  /** Each program's parameters; for PyTorch's LSTM without its second biases. */
  readonly parameters: Readonly<Record<string, number>>
  /** Parameters left out of the comparison. */
  readonly secondBiases?: Readonly<Record<string, number>>
  /** In each round every program's medians, in the order they ran. */
  readonly rounds: readonly Readonly<Record<string, StepFigures>>[]
  /** The medians of the rounds' medians. */
  readonly medians: Readonly<Record<string, StepFigures>>
  /** Millrace's time over each peer's: below 1 Millrace is faster. */
  readonly ratios: Readonly<Record<string, { readonly train: number; readonly evaluate: number }>>
}

export function toFigures({ train_ms, evaluate_ms, first_ms, peak_rss_mb }: StepFacts): StepFigures {
  return { trainMs: rounded(train_ms), evaluateMs: rounded(evaluate_ms), firstStepMs: rounded(first_ms), peakRssMb: peak_rss_mb }
}

/** The median of each figure. */
export function mediansOf(rounds: readonly StepFigures[]): StepFigures {
  const of = (name: keyof StepFigures) => rounded(median(rounds.map(figures => figures[name])))
  return { trainMs: of('trainMs'), evaluateMs: of('evaluateMs'), firstStepMs: of('firstStepMs'), peakRssMb: of('peakRssMb') }
}

/** Parameters that both networks have. */
export function comparableParameters({ params, second_biases = 0 }: StepFacts): number {
  return params - second_biases
}
