/** Chooses between ways to compute the same where the machine decides, by trying them once. */
import { nodeBackend } from '../backend.js'
import type { Tensorflow } from '../tensorflow.js'
import { TuneCache, type Tuned } from './tune-cache.js'

/** One way to compute something. */
export interface Way {
  readonly name: string
  /** What it is thought to cost; the unit does not matter. */
  readonly cost: number
  /** Tries it and tells the milliseconds. */
  readonly measure: (tf: Tensorflow) => number
}

/** Ways whose estimates are further apart than this are not worth a measurement. */
const CLOSE = 0.75
/** Milliseconds that a process spends on measurements; afterwards estimates decide. */
const BUDGET = 400
/** A measured way must be this much faster than the one that is thought to be, for a run or two are no certainty. */
const CLEAR = 0.93

/** Chooses between ways for one process: keeps what it chose and how long it has measured. */
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
 * The way to take: the one with the lowest estimated cost, unless another one is close; then what was measured, now or in an earlier
 * process. Every choice between close ones is kept, so that a machine goes on giving the same bits. `MILLRACE_TUNE=off` goes by estimates
 * alone, which is the same on every machine.
 */
export function chooseWay<W extends Way>(key: string, ways: readonly W[], tf: Tensorflow | undefined, tuner = tunerOf(tf)): W {
  const sorted = ways.toSorted((a, b) => a.cost - b.cost)
  const [best] = sorted as [W, ...W[]]
  const close = sorted.filter(({ cost }) => cost * CLOSE <= best.cost)
  if (close.length === 1 || tf === undefined || tuner === undefined || process.env.MILLRACE_TUNE === 'off') return best
  return tuner.choose(key, close, tf)
}

/** What this process has chosen so far: kept with what was computed by it. */
export function tunedChoices(tf: Tensorflow): Tuned {
  return tunerOf(tf)!.cache.used
}

/** Goes on by the choices of an earlier process, so that the bits are those it would have given, whatever the cache has come to hold. */
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
