/** Compiled functions that share variables, in as many sessions as keep a new one cheap. */
import { MillraceError } from '../../errors/index.js'
import type { Tensor } from '../backend.js'
import type { Graph } from '../ir/graph.js'
import { GUARD, withoutGuard } from '../passes/kernels/guarded-units.js'
import { TraceRefusal } from '../record/refusal.js'
import type { Traced } from '../record/traced.js'
import type { Tensorflow } from '../tensorflow.js'
import { Program, type Unusable } from './program.js'

/** The number of functions in the first session: those that take turns (training, evaluation, the last batch) need not exchange variables. */
const SHARED = 4
/** The maximum number of operations of all functions together: about 1 GB of memory, mostly TensorFlow's. */
const MAX_OPERATIONS = 100_000

interface Placed {
  readonly program: Program
  /** The function's number there. */
  readonly number: number
  readonly operations: number
  /** Adds the function again, without the units that its guard allows, and returns its number then; undefined if it has no guard. */
  readonly unguard: (() => number) | undefined
}

/**
 * The first functions share a session, which is recreated when one of them is added; each later one has a session of its own, so that
 * adding it costs its own compilation. Variables move to the session that runs.
 */
export class Programs {
  readonly #placed = new Map<number, Placed>()
  readonly #shared: Program
  #last = 0

  constructor(readonly tf: Tensorflow) {
    this.#shared = new Program(tf)
  }

  /**
   * Adds a function: its trace and its optimized graph. Returns its number.
   *
   * @throws TraceRefusal if all functions together would be too large.
   */
  add(name: string, traced: Traced, graph: Graph): number {
    const operations = graph.nodes.length
    const all = [...this.#placed.values()]
    if (all.length > 0 && all.reduce((sum, placed) => sum + placed.operations, operations) > MAX_OPERATIONS)
      throw new TraceRefusal(
        'compile',
        '',
        `its versions for other shapes and arguments already have ${MAX_OPERATIONS} operations together`,
      )
    const isShared = all.filter(({ program }) => program === this.#shared).length < SHARED
    const program = isShared ? this.#shared : new Program(this.tf)
    const unguard = () => program.add(name, traced, withoutGuard(graph))
    const isGuarded = graph.checks.some(({ message }) => message === GUARD)
    const number = program.add(name, traced, graph)
    this.#placed.set(++this.#last, { program, number, operations, unguard: isGuarded ? unguard : undefined })
    return this.#last
  }

  /** Removes a function. */
  remove(number: number): void {
    const placed = this.#placed.get(number)
    placed?.program.remove(placed.number)
    if (placed && placed.program !== this.#shared) placed.program.dispose()
    this.#placed.delete(number)
  }

  /** Opens the session of a function. If TensorFlow rejects its graph, returns why and removes the function. */
  prepare(number: number): Unusable | undefined {
    const { program, number: own } = this.#placed.get(number)!
    return program.prepare(own)
  }

  /**
   * Runs a function. The caller disposes the outputs.
   *
   * @throws MillraceError `check-failed`, `graph-failed`; no variable is changed then.
   */
  run(number: number, inputs: readonly Tensor[]): Tensor[] {
    const placed = this.#placed.get(number)!
    const { program, number: own, unguard } = placed
    try {
      return program.run(own, inputs)
    } catch (error) {
      if (!unguard || !isOf(error, GUARD)) throw error
    }
    // From now on: what was read once comes again.
    program.remove(own)
    const exact = { ...placed, number: unguard(), unguard: undefined }
    this.#placed.set(number, exact)
    return program.run(exact.number, inputs)
  }

  /** Fetches the variables at once, for reading many of them. */
  settle(): void {
    for (const program of this.#programs()) program.settle()
  }

  /** Ends the sessions; the variables keep their values. */
  dispose(): void {
    for (const program of this.#programs()) program.dispose()
  }

  #programs(): ReadonlySet<Program> {
    return new Set([this.#shared, ...[...this.#placed.values()].map(({ program }) => program)])
  }
}

function isOf(error: unknown, check: string): boolean {
  return error instanceof MillraceError && error.code === 'check-failed' && (error.details as { check: string }).check === check
}
