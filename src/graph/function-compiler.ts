/**
 * A function compiled for each set of shapes it is called with.
 *
 *     call ─▶ trace ─▶ passes ─▶ add to the program ─▶ run
 *             (new shapes only)
 */
import type { Tensor } from './backend.js'
import type { DType, Graph } from './ir/graph.js'
import { verify } from './ir/verify.js'
import { checkUpdates } from './passes/check-updates.js'
import { optimize } from './passes/optimize.js'
import { engineOf } from './record/engine.js'
import { TraceRefusal } from './record/refusal.js'
import { sameGraph } from './record/same-graph.js'
import { currentRecorder, type Traced, trace } from './record/trace.js'
import type { Programs } from './session/programs.js'
import { showStage } from './show.js'
import { othersOf, putTogether, type Structure, takeApart, textOf } from './tree.js'
import { warnOnce } from './warn.js'

export interface FunctionOptions {
  /** Its name in messages. */
  readonly name: string
  /** Seed of the function's random draws. Default: 0. */
  readonly seed?: number
  /** The step that random draws belong to. Default: the number of earlier runs. */
  readonly step?: () => number
  /** True if the function is known to produce the same graph each time; otherwise it is traced twice to find out. */
  readonly isPure?: boolean
  /** True if a run fails, and changes nothing, where its updates might not be finite. Default: false, as in tfjs. */
  readonly checksUpdates?: boolean
}

/** The result of a function: a structure, and the origin of each tensor in it. */
interface Result {
  readonly structure: Structure
  readonly sources: readonly Source[]
}
/** An output of the graph, an argument itself, or a tensor or variable that existed before. */
type Source = { readonly output: number } | { readonly argument: number } | { readonly kept: Tensor }

interface Version {
  readonly number: number
  readonly traced: Traced
  readonly result: Result
}

type Fn = (...args: never[]) => unknown

/** The maximum number of sets of shapes and other arguments that a function is compiled for. */
const MAX_VERSIONS = 64

/** Compiles one function into a program, once per set of shapes and other arguments. */
export class FunctionCompiler {
  readonly #versions = new Map<string, Version | TraceRefusal>()
  #runs = 0

  constructor(
    readonly program: Programs,
    readonly fn: Fn,
    readonly options: FunctionOptions,
  ) {}

  /** The function's result, compiled if possible, otherwise with one warning. */
  call(args: readonly unknown[], key = ''): unknown {
    const ran = currentRecorder() ? undefined : this.run(args, key)
    if (ran && !(ran instanceof TraceRefusal)) return ran.result
    if (ran) warnOnce(this.options.name, ran)
    return this.fn(...(args as never[]))
  }

  /** The function's result; a refusal if it cannot be traced with these arguments. `key` distinguishes versions besides shapes. */
  run(args: readonly unknown[], key = ''): { readonly result: unknown } | TraceRefusal {
    const refusal = this.#refuseHere()
    if (refusal) return refusal
    const { tensors, structure } = takeApart(args)
    for (const tensor of tensors) (tensor as unknown as { throwIfDisposed(): void }).throwIfDisposed()
    const version = this.#versionOf(tensors, structure, key)
    if (version instanceof TraceRefusal) return version
    const unusable = this.program.prepare(version.number)
    if (unusable) {
      const refused = new TraceRefusal(unusable.op, '', unusable.reason)
      this.#versions.set(this.#nameOf(tensors, structure, key), refused)
      return refused
    }
    const outputs = this.program.run(version.number, tensors)
    this.#runs++
    const { sources } = version.result
    const given = sources.map(source =>
      'output' in source ? outputs[source.output]! : 'kept' in source ? source.kept : tensors[source.argument]!,
    )
    return { result: putTogether(version.result.structure, given) }
  }

  /** Discards every version. */
  dispose(): void {
    for (const version of this.#versions.values()) if (!(version instanceof TraceRefusal)) this.program.remove(version.number)
    this.#versions.clear()
  }

  /** The context of the call may prevent compiling now. */
  #refuseHere(): TraceRefusal | undefined {
    const { tf } = this.program
    if (engineOf(tf).state.gradientDepth > 0)
      return new TraceRefusal('gradient', '', 'it is called where a gradient is taken; compile the function that takes the gradient')
    if (tf.env().getBool('DEBUG')) return new TraceRefusal('debug', '', 'tfjs checks each value in its debug mode')
    if (tf.getBackend() !== 'tensorflow') return new TraceRefusal('backend', '', `the backend is ${tf.getBackend()}`)
    return undefined
  }

  #versionOf(tensors: readonly Tensor[], structure: Structure, key: string): Version | TraceRefusal {
    const name = this.#nameOf(tensors, structure, key)
    const known = this.#versions.get(name)
    if (known && (known instanceof TraceRefusal || isCurrent(known))) return known
    if (known) this.program.remove(known.number)
    else if (this.#versions.size >= MAX_VERSIONS)
      return new TraceRefusal('compile', '', `it was called with more than ${MAX_VERSIONS} sets of shapes and other arguments`)
    const version = this.#compile(tensors, structure)
    this.#versions.set(name, version)
    return version
  }

  #nameOf(tensors: readonly Tensor[], structure: Structure, key: string): string {
    return [key, textOf(structure), ...tensors.map(({ shape, dtype }) => `${dtype}[${shape}]`)].join(' ')
  }

  #compile(tensors: readonly Tensor[], structure: Structure): Version | TraceRefusal {
    const { tf } = this.program
    const { name } = this.options
    try {
      const { traced, result } = this.#trace(tensors, structure)
      if (!this.options.isPure) this.#compareWith({ traced, result }, tensors, structure)
      verify(traced.graph, 'recorded')
      showStage(name, 'recorded', traced.graph)
      const checked = this.options.checksUpdates ? checkUpdates(traced.graph) : traced.graph
      const graph: Graph = optimize(checked, tf, (pass, after) => showStage(name, pass, after))
      verify(graph, 'lowered')
      return { number: this.program.add(name, traced, graph), traced, result }
    } catch (error) {
      if (error instanceof TraceRefusal) return error
      throw error
    }
  }

  #trace(tensors: readonly Tensor[], structure: Structure): { readonly traced: Traced; readonly result: Result } {
    if (this.fn.constructor.name === 'AsyncFunction') throw new TraceRefusal('async', '', 'the function is asynchronous')
    const { tf } = this.program
    const before = engineOf(tf).nextTensorId()
    let result: Result = { structure: { other: undefined }, sources: [] }
    const types = tensors.map(({ shape, dtype }, i) => ({ name: `input${i}`, shape, dtype: dtype as DType }))
    const fn = (...inputs: Tensor[]) => {
      const returned = takeApart(this.fn(...(putTogether(structure, inputs) as never[])))
      refusePromises(returned.structure)
      const outputs: Tensor[] = []
      const sources = returned.tensors.map((tensor): Source => {
        const argument = inputs.indexOf(tensor)
        if (argument >= 0) return { argument }
        if (tensor.id < before) return { kept: tensor }
        if (!outputs.includes(tensor)) outputs.push(tensor)
        return { output: outputs.indexOf(tensor) }
      })
      result = { structure: returned.structure, sources }
      return Object.fromEntries(outputs.map((tensor, i) => [`output${i}`, tensor]))
    }
    const { seed = 0, step = () => this.#runs } = this.options
    const traced = trace(tf, fn, types, { seed, step })
    return { traced, result }
  }

  /** A function that draws numbers or counts calls in JavaScript differs in a second trace. */
  #compareWith(first: Pick<Version, 'traced' | 'result'>, tensors: readonly Tensor[], structure: Structure): void {
    const second = this.#trace(tensors, structure)
    if (second.traced.created.length > 0) {
      for (const variable of second.traced.created) variable.dispose()
      throw new TraceRefusal('variable', '', 'it makes variables at each call')
    }
    const isSame = sameGraph(first.traced.graph, second.traced.graph) && textOf(first.result.structure) === textOf(second.result.structure)
    if (!isSame) throw new TraceRefusal('Const', '', 'JavaScript computes other numbers at each call, which a graph would keep')
  }
}

function isCurrent({ traced }: Version): boolean {
  return traced.guard() && [...traced.variables.values()].every(variable => !variable.isDisposed)
}

/** A later rejection of the function's promise must not end the process. */
function refusePromises(structure: Structure): void {
  const promises = othersOf(structure).filter(other => other instanceof Promise)
  for (const promise of promises) promise.catch(() => undefined)
  if (promises.length > 0) throw new TraceRefusal('async', '', 'the function returns a promise')
}
