/** Chooses between ways to compute the same result by trying them once, if the choice depends on the machine. */
import { nodeBackend } from '../backend.js'
import type { Tensorflow } from '../tensorflow.js'
import { TuneCache, type Tuned } from './tune-cache.js'

/** A way to compute something. */
export interface Way {
  readonly name: string
  /** Its estimated cost; the unit does not matter. */
  readonly cost: number
  /** Tries it and returns the milliseconds. */
  readonly measure: (tf: Tensorflow) => number
}

/** Ways whose estimates are further apart than this are not worth a measurement. */
const CLOSE = 0.75
/** Milliseconds that a process spends on measurements; after that, estimates decide. */
const BUDGET = 400
/** A measured way must be this much faster than the one estimated to be fastest, because a run or two are uncertain. */
const CLEAR = 0.93

/** Chooses between ways for one process: keeps its choices and the time spent on measuring. */
export class Tuner {
  #spent = 0

  /** `now` reads a clock in milliseconds. */
  constructor(
    readonly cache: TuneCache,
    readonly now = () => performance.now(),
  ) {}

  /** The way that was measured to be the fastest, now or in an earlier process, among those whose estimates are close. */
  choose<W extends Way>(key: string, close: readonly W[], tf: Tensorflow): W {
    const known = this.cache.get(key)
    const kept = close.find(({ name }) => name === known)
    if (kept) return kept
    const chosen = this.#spent < BUDGET ? this.#tryAll(close, tf) : close[0]!
    this.cache.set(key, chosen.name)
    return chosen
  }

  #tryAll<W extends Way>(ways: readonly W[], tf: Tensorflow): W {
    const started = this.now()
    const times = ways.map(way => ({ way, ms: way.measure(tf) }))
    this.#spent += this.now() - started
    const [thought, ...others] = times as [(typeof times)[0], ...typeof times]
    const fastest = others.reduce((least, next) => (next.ms < least.ms ? next : least), { way: thought.way, ms: thought.ms * CLEAR })
    return fastest.way
  }
}

let ofProcess: Tuner | undefined

/**
 * The way with the lowest estimated cost, unless another is close; then the fastest as measured, now or in an earlier
 * process. Every choice between close ones is kept, so that a machine keeps computing the same bits. `MILLRACE_TUNE=off` uses estimates
 * only, which are the same on every machine.
 */
export function chooseWay<W extends Way>(key: string, ways: readonly W[], tf: Tensorflow | undefined, tuner = tunerOf(tf)): W {
  const sorted = ways.toSorted((a, b) => a.cost - b.cost)
  const [best] = sorted as [W, ...W[]]
  const close = sorted.filter(({ cost }) => cost * CLOSE <= best.cost)
  if (close.length === 1 || tf === undefined || tuner === undefined || process.env.MILLRACE_TUNE === 'off') return best
  return tuner.choose(key, close, tf)
}

/** The choices of this process so far, to store with its results. */
export function tunedChoices(tf: Tensorflow): Tuned {
  return tunerOf(tf)!.cache.used
}

/** Adopts the choices of an earlier process, so that the bits are those it would compute, whatever the cache contains by now. */
export function takeOverChoices(tf: Tensorflow, tuned: Tuned): void {
  tunerOf(tf)!.cache.takeOver(tuned)
}

function tunerOf(tf: Tensorflow | undefined): Tuner | undefined {
  if (tf)
    ofProcess ??= new Tuner(
      new TuneCache((nodeBackend(tf)?.binding as { readonly TF_Version?: string } | undefined)?.TF_Version ?? 'unknown'),
    )
  return ofProcess
}
