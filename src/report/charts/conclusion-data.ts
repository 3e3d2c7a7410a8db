/** Two series of losses reduced to a comparison of their ends. */
import { integer, number, option, options, type ValueOf } from '../../options/index.js'
import type { ReportSource } from '../source.js'
import { blockBootstrapMean } from '../statistics/block-bootstrap.js'
import { ewma } from '../statistics/ewma.js'
import { mean } from '../statistics/moments.js'
import { compact, toNumbers } from '../values.js'
import { names, type References, references, title } from './section.js'

/** Fewer pairs are inconclusive. */
const minValues = 10

export const conclusionOptions = options({
  title,
  baseline: option('the series compared with, usually losses, by short name: `resnet: resTest.resLoss`', references(1)),
  candidate: option('the series in question, by short name: `se: seTest.seLoss`; lower is better', references(1)),
  models: option(
    'the two models under the same short names, to set the difference against their parameters: `resnet: resTrain.resnet`',
    references(),
    { optional: true },
  ),
  names,
  span: option('the span of the smoothed losses', number({ min: 1 }), { default: 50 }),
  last: option('how many of the last iterations are compared', integer({ min: minValues }), { default: 200 }),
  seed: option('the seed of the bootstrap', integer({ min: 0 }), { default: 0 }),
})
export type ConclusionOptions = ValueOf<typeof conclusionOptions>

export interface ConclusionData {
  /** The names of the two models. */
  readonly baseline: string
  readonly candidate: string
  /** Iterations with losses of both. */
  readonly count: number
  /** Of these, the iterations compared: the last ones. */
  readonly used: number
  /** Of those, iterations skipped because a loss was not a number. */
  readonly dropped: number
  /** Null if fewer than ten iterations can be compared. */
  readonly result: ConclusionResult | null
  /** Trainable parameters of both, if models were named and built. */
  readonly parameters: { readonly baseline: number; readonly candidate: number } | null
}

export interface ConclusionResult {
  /** Mean over the iterations compared of the smoothed losses, and of the losses themselves. */
  readonly smoothed: { readonly baseline: number; readonly candidate: number }
  readonly raw: { readonly baseline: number; readonly candidate: number }
  /** Mean difference of the losses, candidate minus baseline, with its 95% interval. */
  readonly difference: { readonly estimate: number; readonly low: number; readonly high: number }
  readonly blockLength: number
  readonly resamples: number
}

/** Compares the last iterations, for the page and for results.json. */
export function prepareConclusion(options: ConclusionOptions, source: ReportSource): ConclusionData {
  const [baseline, baselineRef] = Object.entries(options.baseline)[0]!
  const [candidate, candidateRef] = Object.entries(options.candidate)[0]!
  const losses = { baseline: toNumbers(source.variable(baselineRef)), candidate: toNumbers(source.variable(candidateRef)) }
  const count = Math.min(losses.baseline.length, losses.candidate.length)
  const used = Math.min(count, options.last)
  const { span } = options
  const window = (values: readonly number[]) => values.slice(count - used, count)
  const pairs = window(losses.baseline).map((loss, i) => [loss, losses.candidate[count - used + i]!] as const)
  const finite = pairs.filter(pair => pair.every(Number.isFinite))
  return {
    baseline,
    candidate,
    count,
    used,
    dropped: used - finite.length,
    result:
      finite.length < minValues
        ? null
        : compare(finite, window(ewma(losses.baseline, span)), window(ewma(losses.candidate, span)), options.seed),
    parameters: parametersOf(options.models, baseline, candidate, source),
  }
}

/**
 * The interval is of the raw paired differences: both models see the same test batches, so pairing takes the batches' own difficulty
 * out, and raw losses are nearly uncorrelated, unlike smoothed ones. Blocks keep the remaining correlation.
 */
function compare(
  pairs: readonly (readonly [number, number])[],
  smoothBaseline: number[],
  smoothCandidate: number[],
  seed: number,
): ConclusionResult {
  const bootstrap = blockBootstrapMean(
    pairs.map(([baseline, candidate]) => candidate - baseline),
    { seed },
  )
  const short = (value: number) => compact(value, 6)!
  return {
    smoothed: { baseline: short(mean(smoothBaseline)), candidate: short(mean(smoothCandidate)) },
    raw: { baseline: short(mean(pairs.map(pair => pair[0]))), candidate: short(mean(pairs.map(pair => pair[1]))) },
    difference: { estimate: short(bootstrap.estimate), low: short(bootstrap.low), high: short(bootstrap.high) },
    blockLength: bootstrap.blockLength,
    resamples: bootstrap.resamples,
  }
}

function parametersOf(models: References | undefined, baseline: string, candidate: string, source: ReportSource) {
  const count = (key: string) => (models?.[key] === undefined ? undefined : source.model(models[key])?.parameterCount)
  const counts = { baseline: count(baseline), candidate: count(candidate) }
  return counts.baseline === undefined || counts.candidate === undefined ? null : { baseline: counts.baseline, candidate: counts.candidate }
}
