/** The sizes of the shares of a split. */
import { fail } from '../../errors/index.js'
import { describeValue } from '../../util/describe-value.js'

/** One share (train; the rest is test), two, or three (train, test, validation), each from 0 to 1. */
export type Shares = number | readonly number[]

const nearZero = 1e-9

/**
 * Returns the sizes of train, test and validation for `length` items. The rest of 1 is one more share; with three shares the rest is
 * added to the last. Sizes are rounded (half to even), a share above 0 gets at least one item, a share of 0
 * gets none, and the sizes always add up to `length`.
 *
 * @example
 * calcSplit(100, 0.8)         // [80, 20, 0]
 * calcSplit(100, [0.6, 0.3])  // [60, 30, 10]
 *
 * @throws MillraceError `split-shares`
 *
 * BatchFlow: `Baseset.calc_split`.
 */
export function calcSplit(length: number, shares: Shares = 0.8): readonly [train: number, test: number, validation: number] {
  const [trainShare, testShare, validationShare] = inferShares(length, shares)
  const count = (share: number) => (share === 0 ? 0 : Math.max(1, roundHalfEven(share * length)))
  let test = count(testShare)
  let validation = count(validationShare)
  // Train takes the rest. If rounding leaves it nothing, or something without a share, the larger part pays or gains.
  const wanted = trainShare === 0 ? 0 : Math.max(1, length - test - validation)
  const excess = test + validation + wanted - length
  if (test >= validation) test -= excess
  else validation -= excess
  return [wanted, test, validation]
}

function inferShares(length: number, given: Shares): [number, number, number] {
  const refuse = (problem: string) => fail('split-shares', { problem, seen: `${describeValue(given)} of ${length} items` })
  const shares = typeof given === 'number' ? [given] : Array.isArray(given) ? given : refuse('they are not numbers')
  if (shares.length === 0 || shares.length > 3) refuse(`there are ${shares.length} of them`)
  if (!shares.every(share => typeof share === 'number' && share >= 0 && share <= 1)) refuse('each must be a number from 0 to 1')
  const sum = shares.reduce((total, share) => total + share, 0)
  if (sum > 1 + nearZero) refuse(`they add up to ${Number(sum.toFixed(6))}`)
  const last = Math.min(shares.length, 2)
  const all: [number, number, number] = [shares[0]!, shares[1] ?? 0, shares[2] ?? 0]
  all[last] = 1 - all.reduce((total, share, i) => (i < last ? total + share : total), 0)
  if (Math.abs(all[last]!) < nearZero) all[last] = 0
  const needed = all.filter(share => share > 0).length
  if (needed > length) refuse(`${needed} shares need ${needed} items`)
  return all
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  return rest === 0.5 ? floor + (floor % 2) : Math.round(value)
}
