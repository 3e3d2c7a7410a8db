/** The sentences that follow from a comparison, whatever its outcome. */
import { formatAlike, formatInteger, formatShare } from '../format.js'
import type { ChartContext } from './chart-row.js'
import type { ConclusionData, ConclusionOptions } from './conclusion-data.js'

/** The outcome of the comparison, for the candidate. */
export type Verdict = 'better' | 'worse' | 'undecided' | 'too-short'

export function verdictOf({ result }: ConclusionData): Verdict {
  if (result === null) return 'too-short'
  if (result.difference.high < 0) return 'better'
  return result.difference.low > 0 ? 'worse' : 'undecided'
}

/** Returns the verdict first, then its qualifications. */
export function sentences(options: ConclusionOptions, data: ConclusionData, context: ChartContext): string[] {
  const { last } = options
  const one = context.nameOf(data.candidate)
  const other = context.nameOf(data.baseline)
  const [first, second] = [`${one} (${options.candidate[data.candidate]})`, `${other} (${options.baseline[data.baseline]})`]
  const { result } = data
  if (result === null) return [tooShort(data)]
  const [size, low, high] = formatAlike([result.difference.estimate, result.difference.low, result.difference.high]) as [
    string,
    string,
    string,
  ]
  const bare = size.replace('−', '')
  const share = Math.abs(result.difference.estimate) / result.raw.baseline
  const relative = Number.isFinite(share) ? `${formatShare(share)} of ${possessive(other)}; ` : ''
  const interval = `95% interval of the difference ${low} to ${high}`
  const verdict = {
    better: `Over the last ${formatInteger(data.used)} iterations, ${first} was lower than ${second}, by ${bare} (${relative}${interval}).`,
    worse: `Over the last ${formatInteger(data.used)} iterations, ${first} was higher than ${second}, by ${bare} (${relative}${interval}).`,
    undecided: `This run can tell no difference between ${first} and ${second} over its last ${formatInteger(data.used)} iterations (${interval}).`,
    'too-short': '',
  }[verdictOf(data)]
  return [
    verdict,
    ...overhead(data, one, other),
    ...(data.used < last ? [fewer(data, last)] : []),
    'It is one run with one seed: the interval covers the noise of batches, not the luck of initial weights.',
  ]
}

function tooShort({ used, dropped }: ConclusionData): string {
  if (used === 0) return 'The run ended before both series had a value, so there is nothing to conclude.'
  const numbers = dropped > 0 ? `, ${formatInteger(used - dropped)} of them with values that are numbers` : ''
  return `The run compared the series over ${formatInteger(used)} ${used === 1 ? 'iteration' : 'iterations'}${numbers}: too short to conclude anything.`
}

function overhead({ parameters }: ConclusionData, one: string, other: string): string[] {
  if (parameters === null) return []
  const more = parameters.candidate / parameters.baseline - 1
  if (more === 0) return [`Both have ${formatInteger(parameters.baseline)} trainable parameters.`]
  return [`${one} has ${formatShare(Math.abs(more))} ${more > 0 ? 'more' : 'fewer'} trainable parameters than ${other}.`]
}

function fewer({ used }: ConclusionData, last: number): string {
  return `The run had ${formatInteger(used)} iterations to compare instead of the last ${formatInteger(last)}, so early training weighs in.`
}

function possessive(name: string): string {
  return name.endsWith('s') ? `${name}’` : `${name}’s`
}
