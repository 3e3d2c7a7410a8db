/** The numbers of a variable so far, as many as a chart can show, for endless runs too. */

/** At most this many points; beyond it, neighbours are merged. */
const MOST = 512

export interface Point {
  /** The batch; the middle of several. */
  readonly batch: number
  /** The mean of their numbers. */
  readonly value: number
}

/** Keeps a bounded number of points, evenly over all batches: each is the mean of the same number of batches. */
export class History {
  #points: Point[] = []
  /** Numbers per point. */
  #size = 1
  #open: { batches: number; values: number; count: number } = { batches: 0, values: 0, count: 0 }

  /** Skips values that are not numbers. */
  add(batch: number, value: number | null): void {
    if (value === null || !Number.isFinite(value)) return
    const open = this.#open
    open.batches += batch
    open.values += value
    open.count++
    if (open.count < this.#size) return
    this.#points.push(this.#openPoint())
    this.#open = { batches: 0, values: 0, count: 0 }
    if (this.#points.length < MOST) return
    this.#points = Array.from({ length: MOST / 2 }, (_, i) => middle(this.#points[2 * i]!, this.#points[2 * i + 1]!))
    this.#size *= 2
  }

  /** Oldest first. */
  get points(): readonly Point[] {
    return this.#open.count === 0 ? this.#points : [...this.#points, this.#openPoint()]
  }

  #openPoint(): Point {
    const { batches, values, count } = this.#open
    return { batch: batches / count, value: values / count }
  }
}

const middle = (a: Point, b: Point): Point => ({ batch: (a.batch + b.batch) / 2, value: (a.value + b.value) / 2 })
