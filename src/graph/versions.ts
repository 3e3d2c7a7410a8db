/** The programs of one function, by the shapes and other arguments that each is for. */
import { TraceRefusal } from './record/refusal.js'
import { sameGraph } from './record/same-graph.js'
import type { Traced } from './record/traced.js'
import { type Result, sameResult } from './result.js'
import type { Programs } from './session/programs.js'

/** What one trace found. */
export interface Found {
  readonly traced: Traced
  readonly result: Result
}
/** A program for some shapes and other arguments. */
export interface Version extends Found {
  readonly number: number
  /** True if its trace left values that were neither disposed nor returned. */
  readonly leaks: boolean
  /** True if TensorFlow has run it. */
  hasRun: boolean
  /** True if a second trace has yielded the same graph. */
  readonly isSure: boolean
  /** True until an object among the arguments changes. */
  readonly guard: () => boolean
}

/** The maximum number of sets of shapes and other arguments that a function is compiled for. */
export const MAX_VERSIONS = 64
/** How often a version may be outdated by its second call before it is compiled no more. */
const MAX_CHANGES = 4

export class Versions {
  readonly #known = new Map<string, Version | TraceRefusal>()
  /** How often a version was outdated in vain, by name. */
  readonly #changes = new Map<string, number>()

  constructor(readonly program: Programs) {}

  /** True if there is no room for another. */
  get isFull(): boolean {
    return this.#known.size >= MAX_VERSIONS
  }

  set(name: string, version: Version): void {
    this.#known.set(name, version)
  }

  clear(): void {
    for (const version of this.#known.values()) this.#discard(version)
    this.#known.clear()
  }

  /** The version of this name if nothing that it depends on has changed. What changes at each call is not compiled at each call. */
  current(name: string): Version | TraceRefusal | undefined {
    const known = this.#known.get(name)
    if (known === undefined || known instanceof TraceRefusal || isCurrent(known)) return known
    this.#discard(known)
    this.#known.delete(name)
    const changes = known.isSure ? 0 : (this.#changes.get(name) ?? 0) + 1
    this.#changes.set(name, changes)
    return changes < MAX_CHANGES
      ? undefined
      : this.refuse(
          name,
          new TraceRefusal('Const', '', 'a number or an object that JavaScript keeps changes at each call; pass it as a tensor'),
        )
  }

  #discard(version: Version | TraceRefusal): void {
    if (!(version instanceof TraceRefusal)) this.program.remove(version.number)
  }

  refuse(name: string, refusal: TraceRefusal): TraceRefusal {
    const known = this.#known.get(name)
    if (known) this.#discard(known)
    this.#known.set(name, refusal)
    return refusal
  }
}

function isCurrent({ traced, guard }: Version): boolean {
  return traced.guard() && guard() && [...traced.variables.values()].every(variable => !variable.isDisposed)
}

/** Why a second trace cannot stand for the first: a function that draws numbers, counts calls or carries tensors in JavaScript. */
export function differs(first: Found, second: Found, readsEarlier: boolean): TraceRefusal | undefined {
  if (second.traced.created.length > 0) return new TraceRefusal('variable', '', 'it makes variables at each call')
  if (readsEarlier) return new TraceRefusal('Const', '', 'it reads a tensor that an earlier call of it made')
  const isSame = sameGraph(first.traced.graph, second.traced.graph) && sameResult(first.result, second.result)
  return isSame ? undefined : new TraceRefusal('Const', '', 'JavaScript computes other numbers at each call, which a graph would keep')
}
