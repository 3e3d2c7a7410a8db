import { fail } from '../errors/index.js'
import { describeValue } from '../util/describe-value.js'
import { firstAbove, runningSums } from '../util/distributions/choice.js'
import { toNumbers } from '../util/distributions/parameters.js'
import { NdArray } from '../util/nd-array.js'
import { deriveSeed, uniformAt } from '../util/seeds.js'
import { Sampler } from './sampler.js'

/** Points of a histogram, as rows: [n, dim], or [n] for one axis. */
export type Points = NdArray | readonly ArrayLike<number>[] | ArrayLike<number>

/** The parts of a histogram. */
export interface Histogram {
  /** The increasing edges of the bins per axis, one more than bins. For one axis its edges alone are enough. */
  readonly edges: readonly ArrayLike<number>[] | readonly number[]
  /**
   * The number of points per bin: an array as numpy's `histogramdd` returns it, or a flat list in which the last axis varies fastest.
   * Default 0.
   */
  readonly bins?: NdArray | ArrayLike<number>
}

/** How `HistoSampler.fromData` makes bins. */
export interface BinOptions {
  /** The number of bins, for all axes or per axis. Default 10. */
  readonly bins?: number | readonly number[]
}

/**
 * Points of a histogram: a bin in proportion to its count, then a uniform point in it. Samplers are immutable: `update` returns a new one.
 *
 * @example
 * const histo = HistoSampler.fromData(points, { bins: 20 })
 * histo.update(morePoints).sample(100, { seed: 1 })
 * new HistoSampler({ edges: [0, 1, 10], bins: [3, 1] }).sample(4)
 *
 * @throws MillraceError `histogram`; `sample` throws it too if all bins are empty
 *
 * BatchFlow: `HistoSampler`, whose `update` changes the counts but not the points it draws.
 */
export class HistoSampler extends Sampler {
  readonly edges: readonly Float64Array[]
  /** The counts, one axis per dimension. */
  readonly bins: NdArray<Float64Array>

  constructor({ edges: given, bins }: Histogram) {
    const edges = readEdges(given)
    const shape = edges.map(axis => axis.length - 1)
    const counts = readCounts(bins, shape)
    const upTo = runningSums(counts)
    super(edges.length, 1, (seed, position, into, at) => {
      const total = upTo.at(-1)!
      if (total === 0) fail('histogram', { problem: 'all its bins are empty', seen: `${counts.length} bins` })
      let bin = firstAbove(upTo, uniformAt(deriveSeed(seed, 'bin'), position) * total)
      for (let axis = edges.length - 1; axis >= 0; axis--) {
        const k = bin % shape[axis]!
        bin = (bin - k) / shape[axis]!
        const [low, high] = [edges[axis]![k]!, edges[axis]![k + 1]!]
        into[at + axis] = low + uniformAt(deriveSeed(seed, axis), position) * (high - low)
      }
    })
    this.edges = edges
    this.bins = new NdArray(counts, shape)
  }

  /** Returns the histogram of points between the smallest and the largest value of each axis. */
  static fromData(points: Points, { bins = 10 }: BinOptions = {}): HistoSampler {
    const rows = readPoints(points)
    const dim = rows[0]?.length ?? fail('histogram', { problem: 'there are no points', seen: describeValue(points) })
    const edges = Array.from({ length: dim }, (_, axis) => {
      const size = typeof bins === 'number' ? bins : bins[axis]
      if (!(Number.isSafeInteger(size) && size! >= 1))
        fail('wrong-value', { name: 'bins', seen: describeValue(bins), allowed: 'an integer from 1, or one per axis' })
      return spread(
        rows.map(row => row[axis]!),
        size!,
      )
    })
    return new HistoSampler({ edges }).update(rows)
  }

  /**
   * Returns a sampler that counts these points too, except those outside the edges; the last bin of an axis includes its last edge.
   * BatchFlow: `update`, in place.
   */
  update(points: Points): HistoSampler {
    const counts = Float64Array.from(this.bins.data)
    for (const row of readPoints(points)) {
      if (row.length !== this.dim) fail('sampler-dim', { of: 'a point for a histogram', seen: row.length, allowed: this.dim })
      const bin = this.edges.reduce((place, axis, i) => place * (axis.length - 1) + binOf(axis, row[i]!), 0)
      if (bin >= 0) counts[bin]!++
    }
    return new HistoSampler({ edges: this.edges, bins: counts })
  }
}

/** The bin along one axis; NaN outside the edges, so that a point outside any axis has no bin. */
function binOf(edges: Float64Array, value: number): number {
  return value >= edges[0]! && value <= edges.at(-1)! ? firstAbove(edges, value) - 1 : Number.NaN
}

/** Returns `bins` + 1 equidistant edges; around a single value ± 0.5, as numpy does. */
function spread(values: readonly number[], bins: number): number[] {
  const min = values.reduce((low, value) => Math.min(low, value))
  const max = values.reduce((high, value) => Math.max(high, value))
  const [from, to] = min === max ? [min - 0.5, max + 0.5] : [min, max]
  return Array.from({ length: bins + 1 }, (_, i) => (i === bins ? to : from + ((to - from) * i) / bins))
}

function readEdges(given: Histogram['edges']): readonly Float64Array[] {
  const axes = (typeof given[0] === 'number' ? [given] : [...given]) as readonly unknown[]
  return axes.map(axis => {
    const edges = toNumbers(axis) ?? []
    const rising = edges.length > 1 && edges.every((edge, i) => i === 0 || edge > edges[i - 1]!)
    return rising
      ? Float64Array.from(edges)
      : fail('histogram', { problem: 'the edges of an axis do not increase', seen: describeValue(axis) })
  })
}

function readCounts(given: Histogram['bins'], shape: readonly number[]): Float64Array {
  const size = shape.reduce((product, n) => product * n, 1)
  if (given === undefined) return new Float64Array(size)
  const counts = Float64Array.from(given instanceof NdArray ? given.data : given)
  const fits = given instanceof NdArray ? given.shape.join() === shape.join() : counts.length === size
  if (!fits)
    fail('histogram', {
      problem: `its bins are [${shape.join(', ')}]`,
      seen: given instanceof NdArray ? `[${given.shape.join(', ')}]` : `${counts.length}`,
    })
  if (!counts.every(count => Number.isFinite(count) && count >= 0))
    fail('histogram', { problem: 'a count is below 0 or not a number', seen: describeValue(Array.from(counts)) })
  return counts
}

function readPoints(points: Points): readonly (readonly number[])[] {
  const rows = points instanceof NdArray ? (points.toNested() as readonly unknown[]) : Array.from(points as ArrayLike<unknown>)
  return rows.map(row =>
    typeof row === 'number' ? [row] : (toNumbers(row) ?? fail('sampler-values', { of: 'a point', seen: describeValue(row) })),
  )
}
