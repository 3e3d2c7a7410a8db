/** The points that `truncate` keeps. */
import { fail } from '../errors/index.js'
import { describeValue } from '../util/describe-value.js'

export interface Condition {
  /** The lower bound: one number, or one per coordinate. */
  readonly low?: number | ArrayLike<number>
  /** The upper bound: one number, or one per coordinate. */
  readonly high?: number | ArrayLike<number>
  /** Computes what is compared with `low` and `high` in place of the point; without bounds, true keeps the point. Must be pure. */
  readonly expr?: (point: readonly number[]) => number | boolean | ArrayLike<number | boolean>
}

export type Test = (point: readonly number[]) => boolean

/** @throws MillraceError `truncated-by-nothing`, `sampler-dim` if the number of bounds differs from that of the coordinates */
export function toTest({ low: least, high: greatest, expr }: Condition, dim: number): Test {
  // The caller may change its lists later; a sampler stays the same.
  const [low, high] = [copied(least), copied(greatest)]
  if (low === undefined && high === undefined) {
    const keep = expr ?? fail('truncated-by-nothing', undefined)
    return point => toList(keep(point)).every(Boolean)
  }
  if (expr === undefined)
    for (const [name, bound] of [
      ['low', low],
      ['high', high],
    ] as const)
      checkBound(name, bound, dim)
  return point => {
    const values = expr === undefined ? point : toList(expr(point)).map(Number)
    return values.every(
      (value, k) => value >= boundAt(low, k, Number.NEGATIVE_INFINITY) && value <= boundAt(high, k, Number.POSITIVE_INFINITY),
    )
  }
}

export function describeCondition({ low, high, expr }: Condition): string {
  const of = expr === undefined ? 'point' : 'expr(point)'
  if (low === undefined && high === undefined) return of
  return `${low === undefined ? '' : `${describeValue(low)} ≤ `}${of}${high === undefined ? '' : ` ≤ ${describeValue(high)}`}`
}

const copied = (bound: number | ArrayLike<number> | undefined) => (typeof bound === 'object' ? Array.from(bound) : bound)

function boundAt(bound: number | ArrayLike<number> | undefined, k: number, standard: number): number {
  return (typeof bound === 'object' ? bound[bound.length === 1 ? 0 : k] : bound) ?? standard
}

function checkBound(name: string, bound: number | ArrayLike<number> | undefined, dim: number): void {
  if (typeof bound !== 'object' || bound.length === 1 || bound.length === dim) return
  fail('sampler-dim', { of: `${name} of truncate`, seen: bound.length, allowed: `1 or ${dim}` })
}

function toList(value: number | boolean | ArrayLike<number | boolean>): readonly (number | boolean)[] {
  return typeof value === 'object' ? Array.from(value) : [value]
}
