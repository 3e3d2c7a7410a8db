/**
 * A function compiled for each set of shapes it is called with.
 *
 *     first call  ─▶ trace ─▶ passes ─▶ add to the program ─▶ run
 *     second call ─▶ trace, the same? ─▶ run
 *     third …     ─▶ run
 */
import { MillraceError } from '../errors/index.js'
import { addToProgram } from './add-to-program.js'
import type { Tensor } from './backend.js'
import { Call } from './call.js'
import { engineOf } from './record/engine.js'
import { TraceRefusal, UsedAfterUpdate } from './record/refusal.js'
import { currentRecorder, Trace } from './record/trace.js'
import type { Outputs } from './record/traced.js'
import { describeResult, type Result } from './result.js'
import type { Programs } from './session/programs.js'
import { putTogether, takeApart } from './tree.js'
import { differs, type Found, MAX_VERSIONS, type Version, Versions } from './versions.js'
import { warnOnce } from './warn.js'

export interface FunctionOptions {
  /** Its name in messages. */
  readonly name: string
  /** Seed of the function's random draws. Default: 0. */
  readonly seed?: number
  /** The step that random draws belong to. Default: the number of earlier runs. */
  readonly step?: () => number
  /**
   * True if the caller computes what is refused, with checks or random draws of its own: a refused call has changed nothing then. Default:
   * false, what is refused is computed from what was recorded.
   */
  readonly isReplaceable?: boolean
  /** True if the function is known to produce the same graph each time; otherwise it is traced twice to find out. */
  readonly isPure?: boolean
  /** True if a run fails, and changes nothing, where its updates might not be finite. Default: false, as in tfjs. */
  readonly checksUpdates?: boolean
}

/** What a call returned, and why it was not compiled if it was not. */
export interface Ran {
  readonly result: unknown
  readonly refusal?: TraceRefusal
}

type Fn = (...args: never[]) => unknown

/** Compiles one function into a program, once per set of shapes and other arguments. */
export class FunctionCompiler {
  readonly #versions: Versions
  /** Versions in which a variable is used after an optimizer's step. */
  readonly #recorded = new Set<string>()
  readonly #usesThis: boolean
  readonly #isAsync: boolean
  #runs = 0

  constructor(
    readonly program: Programs,
    readonly fn: Fn,
    readonly options: FunctionOptions,
  ) {
    this.#versions = new Versions(program)
    this.#usesThis = /\b(this|super)\b/.test(Function.prototype.toString.call(fn))
    this.#isAsync = /^(Async|Generator|AsyncGenerator)Function$/.test(fn.constructor.name)
  }

  /** The function's result, compiled if possible, otherwise with one warning. */
  call(args: readonly unknown[], key = '', self: unknown = undefined): unknown {
    const ran = currentRecorder() ? undefined : this.run(args, key, self)
    if (ran && !(ran instanceof TraceRefusal)) {
      if (ran.refusal) warnOnce(this.options.name, ran.refusal)
      return ran.result
    }
    const result = ran?.op === 'dispose' ? this.#callWithDisposed(args, self) : this.fn.apply(self as never, args as never[])
    // Afterwards: what the function itself throws needs no warning.
    if (ran) warnOnce(this.options.name, ran)
    return result
  }

  /**
   * The function's result; a refusal if it cannot be traced with these arguments and has not run. `key` distinguishes versions besides
   * shapes.
   */
  run(args: readonly unknown[], key = '', self: unknown = undefined): Ran | TraceRefusal {
    const refusal = this.#refuseHere()
    if (refusal) return refusal
    const call = new Call(args, this.#usesThis ? self : undefined, key)
    // What tfjs says of it depends on its use.
    if (call.tensors.some(({ isDisposed }) => isDisposed)) return new TraceRefusal('dispose', '', 'an argument is disposed')
    const known = this.#versions.current(call.name)
    if (known instanceof TraceRefusal) return known
    if (known === undefined && this.#versions.isFull)
      return new TraceRefusal('compile', '', `it was called with more than ${MAX_VERSIONS} sets of shapes and other arguments`)
    if (known?.isSure) return this.#runSure(known, call)
    return this.options.isReplaceable ? this.#runReplaceable(call, self) : this.#runTraced(call, self, known)
  }

  /** What fails with a disposed argument says so. */
  #callWithDisposed(args: readonly unknown[], self: unknown): unknown {
    try {
      return this.fn.apply(self as never, args as never[])
    } catch (error) {
      for (const tensor of takeApart(args).tensors) (tensor as unknown as { throwIfDisposed(): void }).throwIfDisposed()
      throw error
    }
  }

  /** Discards every version. */
  dispose(): void {
    this.#versions.clear()
  }

  /** The context of the call may prevent compiling now. */
  #refuseHere(): TraceRefusal | undefined {
    const { tf } = this.program
    if (this.#isAsync) return new TraceRefusal('async', '', 'the function is asynchronous or a generator')
    if (engineOf(tf).state.gradientDepth > 0)
      return new TraceRefusal('gradient', '', 'it is called where a gradient is taken; compile the function that takes the gradient')
    if (tf.env().getBool('DEBUG')) return new TraceRefusal('debug', '', 'tfjs checks each value in its debug mode')
    if (tf.getBackend() !== 'tensorflow') return new TraceRefusal('backend', '', `the backend is ${tf.getBackend()}`)
    return undefined
  }

  #runSure(version: Version, call: Call): Ran | TraceRefusal {
    const unusable = this.program.prepare(version.number)
    if (unusable) return this.#versions.refuse(call.name, new TraceRefusal(unusable.op, '', unusable.reason))
    let outputs: readonly Tensor[]
    try {
      outputs = this.program.run(version.number, call.tensors)
    } catch (error) {
      if (version.hasRun || !isFailedGraph(error)) throw error
      return this.#versions.refuse(call.name, new TraceRefusal('session', '', reasonOf(error)))
    }
    version.hasRun = true
    this.#runs++
    const { structure, sources } = version.result
    const tensors = sources.map(source =>
      'output' in source ? outputs[source.output]! : 'kept' in source ? source.kept : call.tensors[source.argument]!,
    )
    this.#finish(version.result, outputs, call)
    return { result: putTogether(structure, tensors) }
  }

  #finish({ keeps, disposes }: Result, outputs: readonly Tensor[], { tensors }: Call): void {
    for (const i of keeps) this.program.tf.keep(outputs[i]!)
    for (const i of disposes) tensors[i]!.dispose()
  }

  /** The function is traced without having run: its graph is compiled at once, or nothing has changed. */
  #runReplaceable(call: Call, self: unknown): Ran | TraceRefusal {
    const found = this.#traceOnly(call, self)
    if (found instanceof TraceRefusal) return this.#versions.refuse(call.name, found)
    const number = this.#add(found)
    if (number instanceof TraceRefusal) return this.#versions.refuse(call.name, number)
    const version = { ...found, number, leaks: false, hasRun: false, isSure: true, guard: call.watch() }
    this.#versions.set(call.name, version)
    return this.#runSure(version, call)
  }

  #add({ traced }: Found): number | TraceRefusal {
    return addToProgram(this.program, this.options.name, traced, this.options.checksUpdates)
  }

  #traceOnly(call: Call, self: unknown): Found | TraceRefusal {
    const traces: Trace[] = []
    const traceOnce = (describe: boolean): Found => {
      const trace = this.#newTrace(call, describe, false)
      traces.push(trace)
      const { found } = this.#play(trace, call, self)
      trace.close([])
      return found!
    }
    const traceDescribed = () => {
      try {
        return traceOnce(true)
      } catch (error) {
        if (!(error instanceof UsedAfterUpdate)) throw error
        return traceOnce(false)
      }
    }
    try {
      const found = traceDescribed()
      const refusal = this.options.isPure ? undefined : differs(found, traceDescribed(), false)
      if (refusal) throw refusal
      return found
    } catch (error) {
      if (!(error instanceof TraceRefusal)) throw error
      for (const trace of traces.toReversed()) trace.undoNumbers()
      return error
    }
  }

  /** The function runs once, traced. Then its graph is run, or what was recorded is computed: either way it has run once. */
  #runTraced(call: Call, self: unknown, known: Version | undefined): Ran {
    const { name } = call
    const trace = this.#newTrace(call, !this.#recorded.has(name), true)
    const { found, returned, outputs } = this.#play(trace, call, self)
    const goOn = (reason: Error): Ran => {
      trace.makeReal(reason)
      trace.end()
      return this.#wentOn(call, reason, returned)
    }
    /** If an operation fails that the function perhaps expects to fail, the function runs again, as it is. */
    const goOnOrRunAgain = (reason: Error): Ran => {
      try {
        return goOn(reason)
      } catch {
        trace.close([], false)
        const refusal = reason instanceof TraceRefusal ? reason : new TraceRefusal('compile', '', 'an operation fails')
        this.#versions.refuse(name, refusal)
        return { result: this.fn.apply(self as never, [...call.args] as never[]), refusal }
      }
    }
    if (trace.isReal) return this.#wentOn(call, trace.stopped!, returned)
    if (!found) return goOnOrRunAgain(trace.stopped!)
    const leaks = trace.leaks(outputs)
    const refusal = known && differs(known, found, trace.usesEarlier && (leaks || !known.leaks))
    if (refusal) return goOnOrRunAgain(refusal)
    const number = known?.number ?? orClose(trace, () => this.#add(found))
    if (number instanceof TraceRefusal) return goOnOrRunAgain(number)
    const version: Version = { hasRun: false, ...(known ?? found), number, leaks, isSure: known !== undefined, guard: call.watch() }
    this.#versions.set(name, version)
    // The next call shows whether it reads what this one leaves.
    if (known === undefined && leaks) return goOnOrRunAgain(new Later())
    const unusable = this.program.prepare(number)
    if (unusable) return goOnOrRunAgain(new TraceRefusal(unusable.op, '', unusable.reason))
    try {
      trace.close(outputs, true, () => this.program.run(number, call.tensors))
    } catch (error) {
      if (!isFailedGraph(error)) {
        trace.close([], false)
        throw error
      }
      return this.#orElse(error, trace, () => goOn(new TraceRefusal('session', '', reasonOf(error))))
    }
    version.hasRun = true
    this.#runs++
    this.#finish({ ...found.result, keeps: [] }, outputs, call)
    return { result: call.original(returned) }
  }

  /** What fails without a graph, too, fails as it has failed with one. */
  #orElse(error: MillraceError, trace: Trace, goOn: () => Ran): Ran {
    try {
      return goOn()
    } catch {
      trace.close([], false)
      throw error
    }
  }

  #newTrace(call: Call, describe: boolean, goesOn: boolean): Trace {
    const { seed = 0, step = () => this.#runs } = this.options
    const options = { describe, owner: this, ...(goesOn && { given: call.tensors }) }
    return new Trace(this.program.tf, call.types, { seed, step }, options)
  }

  #play(
    trace: Trace,
    call: Call,
    self: unknown,
  ): { readonly found?: Found; readonly returned: unknown; readonly outputs: readonly Tensor[] } {
    const before = engineOf(this.program.tf).nextTensorId()
    let described: { readonly result: Result; readonly outputs: readonly Tensor[] } | undefined
    const fn = (...inputs: Tensor[]) => this.fn.apply(self as never, call.argumentsWith(inputs) as never[])
    const returned = trace.run<unknown>(fn, result => {
      if (call.changed !== undefined) throw new TraceRefusal('argument', '', call.changed)
      described = describeResult(result, trace, before, object => call.isKnown(object))
      return Object.fromEntries(described.outputs.map((tensor, i) => [`output${i}`, tensor])) as Outputs
    })
    const { traced } = trace
    const found = traced && described ? { traced, result: described.result } : undefined
    return { ...(found && { found }), returned, outputs: described?.outputs ?? [] }
  }

  #wentOn(call: Call, reason: Error, returned: unknown): Ran {
    this.#runs++
    call.applyChanges()
    const result = call.original(returned)
    if (reason instanceof UsedAfterUpdate) this.#recorded.add(call.name)
    return reason instanceof TraceRefusal ? { result, refusal: this.#versions.refuse(call.name, reason) } : { result }
  }
}

/** Whoever watches the stages may throw. */
function orClose<T>(trace: Trace, work: () => T): T {
  try {
    return work()
  } catch (error) {
    trace.close([], false)
    throw error
  }
}

/** The call is made without a graph, and the next one is traced again. */
class Later extends Error {}

const isFailedGraph = (error: unknown): error is MillraceError => error instanceof MillraceError && error.code === 'graph-failed'
const reasonOf = (error: MillraceError) => String((error.details as { readonly reason?: string }).reason)
