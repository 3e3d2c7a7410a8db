/** Streams of random points, and their algebra. */
import { fail } from '../errors/index.js'
import { describeValue } from '../util/describe-value.js'
import { NdArray } from '../util/nd-array.js'
import { deriveSeed, isSeed, uniformAt } from '../util/seeds.js'
import { type ArithmeticName, arithmetic } from './arithmetic.js'
import { type Condition, describeCondition, toTest } from './condition.js'

/** Writes the point at a position of the stream of a seed into `into`, from `at` on. Pure in (seed, position). */
export type WritePoint = (seed: number, position: number, into: Float64Array, at: number) => void

/** The part of a stream to draw. */
export interface SampleOptions {
  /** The stream: different seeds yield different points. Default 0. */
  readonly seed?: number
  /** The position of the first point in the stream, from 0. Default 0. */
  readonly position?: number
}

/** Options of `apply`. */
export interface ApplyOptions {
  /** The number of dimensions that the function returns. Default: as many as it receives. */
  readonly dim?: number
}

/** An operand of a sampler: a number, a number per dimension, or another sampler. */
export type Operand = number | ArrayLike<number> | Sampler

/**
 * A source of random points of `dim` numbers. The i-th point of a stream is a pure function of (seed, i):  `sample(10)` returns the first
 * ten of `sample(20)`, and any slice can be drawn on its own. Samplers are immutable; every method returns a new one. A combination of
 * several does not depend on the drawing order, and a sampler that is used twice yields two independent values.
 *
 * @example
 * const noise = new DistributionSampler('normal', { scale: 0.1 }, { dim: 2 })
 * const points = new DistributionSampler('uniform', {}, { dim: 2 }).mul(10).add(noise)
 * points.sample(100, { seed: 42 })                 // NdArray [100, 2], float64
 * points.sample(50, { seed: 42, position: 50 })    // the second half of it
 *
 * BatchFlow: `Sampler`, which draws from a stateful generator.
 */
export class Sampler {
  constructor(
    /** The number of dimensions of a point. */
    readonly dim: number,
    /** The weight in mixtures, relative to that of the others. */
    readonly weight: number,
    /** @internal */
    readonly write: WritePoint,
  ) {}

  /**
   * Returns `size` points from a position of the stream on, [size, dim] float64.
   *
   * @throws MillraceError `wrong-value`, `truncated-away`, `sampler-dim`, `sampler-values`
   */
  sample(size: number, { seed = 0, position = 0 }: SampleOptions = {}): NdArray<Float64Array> {
    checkCount('size', size)
    checkCount('position', position)
    if (!isSeed(seed)) fail('wrong-value', { name: 'seed', seen: describeValue(seed), allowed: 'an integer from 0 to 2^53 - 1' })
    const points = new Float64Array(size * this.dim)
    for (let i = 0; i < size; i++) this.write(seed, position + i, points, i * this.dim)
    return new NdArray(points, [size, this.dim])
  }

  /**
   * Returns the same points with `factor` times the weight in mixtures.
   *
   * @example
   * small.weighted(0.3).or(large.weighted(0.7))
   *
   * BatchFlow: `0.3 & sampler`.
   */
  weighted(factor: number): Sampler {
    if (!(Number.isFinite(factor) && factor >= 0))
      fail('wrong-value', { name: 'a weight', seen: describeValue(factor), allowed: 'a number from 0' })
    return new Sampler(this.dim, this.weight * factor, this.write)
  }

  /**
   * Returns a mixture: each point comes from this sampler or the other, by their weights; its own weight is their sum. BatchFlow: `|`.
   *
   * @throws MillraceError `sampler-dim`, `wrong-value`
   */
  or(other: Sampler): Sampler {
    if (other.dim !== this.dim) fail('sampler-dim', { of: 'the other part of a mixture', seen: other.dim, allowed: this.dim })
    const weight = this.weight + other.weight
    if (weight <= 0) fail('wrong-value', { name: 'the weight of a mixture', seen: '0', allowed: 'at least one part of a weight above 0' })
    const share = this.weight / weight
    return new Sampler(this.dim, weight, (seed, position, into, at) => {
      const part = uniformAt(deriveSeed(seed, 'part'), position) < share ? this : other
      part.write(deriveSeed(seed, part === this ? 0 : 1), position, into, at)
    })
  }

  /** Returns points whose first coordinates come from this sampler and whose last come from the other. BatchFlow: `&`. */
  and(other: Sampler): Sampler {
    return new Sampler(this.dim + other.dim, 1, (seed, position, into, at) => {
      this.write(deriveSeed(seed, 0), position, into, at)
      other.write(deriveSeed(seed, 1), position, into, at + this.dim)
    })
  }

  /**
   * The sum, coordinate by coordinate. A single coordinate is combined with all of the other side's. BatchFlow: `+`.
   *
   * @throws MillraceError `sampler-dim`
   */
  add(other: Operand): Sampler {
    return this.#calculate('add', other)
  }

  /** The difference. BatchFlow: `-`; for `1 - sampler` write `new ConstantSampler(1).sub(sampler)`. */
  sub(other: Operand): Sampler {
    return this.#calculate('sub', other)
  }

  /** The product. BatchFlow: `*`. */
  mul(other: Operand): Sampler {
    return this.#calculate('mul', other)
  }

  /** The quotient. BatchFlow: `/`. */
  div(other: Operand): Sampler {
    return this.#calculate('div', other)
  }

  /** The quotient rounded down. BatchFlow: `//`. */
  floorDiv(other: Operand): Sampler {
    return this.#calculate('floorDiv', other)
  }

  /** The remainder of `floorDiv`; it has the sign of the divisor. BatchFlow: `%`. */
  mod(other: Operand): Sampler {
    return this.#calculate('mod', other)
  }

  /** The power. BatchFlow: `**`. */
  pow(other: Operand): Sampler {
    return this.#calculate('pow', other)
  }

  /**
   * Maps each point by a function that returns a number or a list of `dim` numbers. The function receives one point at a time and must
   * be pure. BatchFlow: `apply`, whose function receives all points at once.
   *
   * @example
   * new DistributionSampler('uniform', {}, { dim: 2 }).apply(([x, y]) => Math.hypot(x!, y!), { dim: 1 })
   */
  apply(fn: (point: readonly number[]) => number | ArrayLike<number>, { dim = this.dim }: ApplyOptions = {}): Sampler {
    return new Sampler(dim, 1, (seed, position, into, at) => {
      const given = toPoint(fn(this.#point(seed, position)), 'the function of apply')
      if (given.length !== dim)
        fail('sampler-dim', { of: 'the result of the function of apply', seen: given.length, allowed: `dim, ${dim}` })
      into.set(given, at)
    })
  }

  /**
   * Keeps the points that satisfy a condition: `low ≤ point ≤ high` in every coordinate, the same of `expr(point)`, or, without bounds,
   * that `expr(point)` is true. A position whose point does not satisfy it gets another point, from a derived seed.
   *
   * @example
   * new DistributionSampler('normal', {}, { dim: 2 }).truncate({ high: 1, expr: ([x, y]) => Math.hypot(x!, y!) })
   *
   * @throws MillraceError `truncated-by-nothing`, `sampler-dim`; when points are drawn `truncated-away` after `maxIters` of them
   *
   * BatchFlow: `truncate`. Its `prob` sets how many points to draw at once; here each is drawn separately.
   */
  truncate({ maxIters = 1e6, sampleAnyways = false, ...condition }: Condition & TruncateOptions): Sampler {
    checkCount('maxIters', maxIters)
    const test = toTest(condition, this.dim)
    return new Sampler(this.dim, 1, (seed, position, into, at) => {
      for (let attempt = 0; ; attempt++) {
        if (attempt === maxIters) {
          if (!sampleAnyways) fail('truncated-away', { attempts: maxIters, condition: describeCondition(condition) })
          process.emitWarning(`${maxIters} points did not satisfy ${describeCondition(condition)}; sampleAnyways: continuing`)
        }
        const point = this.#point(deriveSeed(seed, attempt), position)
        if (test(point)) return into.set(point, at)
      }
    })
  }

  #point(seed: number, position: number): number[] {
    const point = new Float64Array(this.dim)
    this.write(seed, position, point, 0)
    return Array.from(point)
  }

  #calculate(name: ArithmeticName, other: Operand): Sampler {
    const right = other instanceof Sampler ? other : constant(other)
    const dim = Math.max(this.dim, right.dim)
    if ((this.dim !== dim && this.dim !== 1) || (right.dim !== dim && right.dim !== 1)) {
      fail('sampler-dim', { of: `the other side of ${name}`, seen: right.dim, allowed: `1 or ${this.dim}` })
    }
    const of = arithmetic[name]
    return new Sampler(dim, 1, (seed, position, into, at) => {
      const a = this.#point(deriveSeed(seed, 0), position)
      const b = right.#point(deriveSeed(seed, 1), position)
      for (let k = 0; k < dim; k++) into[at + k] = of(a[this.dim === 1 ? 0 : k]!, b[right.dim === 1 ? 0 : k]!)
    })
  }
}

/** Limits of `truncate`. */
export interface TruncateOptions {
  /** Points to try per position before it fails. Default 10⁶. */
  readonly maxIters?: number
  /** Continue after `maxIters` points, with a warning. Default false. */
  readonly sampleAnyways?: boolean
}

/** A sampler whose points are all equal. */
export function constant(values: number | ArrayLike<number>): Sampler {
  const point = Float64Array.from(toPoint(values, 'a constant'))
  return new Sampler(point.length, 1, (_seed, _position, into, at) => into.set(point, at))
}

/** Converts a point to a list of numbers. @throws MillraceError `sampler-values` */
export function toPoint(given: unknown, of: string): ArrayLike<number> {
  if (typeof given === 'number') return [given]
  const list = given instanceof NdArray ? given.data : given
  const isList = Array.isArray(list) || ArrayBuffer.isView(list)
  if (isList && (list as ArrayLike<unknown>).length > 0 && Array.prototype.every.call(list, item => typeof item === 'number')) {
    return list as ArrayLike<number>
  }
  return fail('sampler-values', { of, seen: describeValue(given) })
}

export function checkCount(name: string, value: unknown): void {
  if (!(Number.isSafeInteger(value) && (value as number) >= 0)) {
    fail('wrong-value', { name, seen: describeValue(value), allowed: 'an integer from 0' })
  }
}
