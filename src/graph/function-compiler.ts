/**
 * A function compiled for each set of shapes it is called with.
 *
 *     call ─▶ trace ─▶ passes ─▶ add to the program ─▶ run
 *             (new shapes only)
 */
import type { Tensor } from './backend.js'
import { attribute } from './ir/attributes.js'
import type { DType, Elements, Graph } from './ir/graph.js'
import { verify } from './ir/verify.js'
import { optimize } from './passes/optimize.js'
import { sameElements } from './record/recorder.js'
import { TraceRefusal } from './record/refusal.js'
import { type Traced, trace } from './record/trace.js'
import type { Program } from './session/program.js'
import { showStage } from './show.js'
import { putTogether, type Structure, takeApart } from './tree.js'

export interface FunctionOptions {
  /** What it is called in messages. */
  readonly name: string
  /** Seed of what the function draws at random. Default: 0. */
  readonly seed?: number
  /** The step that random draws belong to. Default: the number of runs before. */
  readonly step?: () => number
  /** Whether the function is known to give the same graph each time; otherwise it is traced twice to find out. */
  readonly isPure?: boolean
}

interface Version {
  readonly number: number
  readonly traced: Traced
  readonly result: Structure
}

type Fn = (...args: never[]) => unknown

/** Compiles one function into a program, for each set of shapes and other arguments anew. */
export class FunctionCompiler {
  readonly #versions = new Map<string, Version | TraceRefusal>()
  #runs = 0

  constructor(
    readonly program: Program,
    readonly fn: Fn,
    readonly options: FunctionOptions,
  ) {}

  /** The function's result; a refusal where it cannot be traced with these arguments. `key` tells versions apart beside shapes. */
  run(args: readonly unknown[], key = ''): { readonly result: unknown } | TraceRefusal {
    const { tensors, structure } = takeApart(args)
    const version = this.#versionOf(tensors, structure, key)
    if (version instanceof TraceRefusal) return version
    const outputs = this.program.run(version.number, tensors)
    this.#runs++
    return { result: putTogether(version.result, outputs) }
  }

  /** Compiles for these arguments without running. */
  prepare(args: readonly unknown[], key = ''): void {
    const { tensors, structure } = takeApart(args)
    this.#versionOf(tensors, structure, key)
  }

  #versionOf(tensors: readonly Tensor[], structure: Structure, key: string): Version | TraceRefusal {
    const name = JSON.stringify([key, structure, tensors.map(({ shape, dtype }) => [shape, dtype])])
    const known = this.#versions.get(name)
    if (known && (known instanceof TraceRefusal || isCurrent(known))) return known
    const version = this.#compile(tensors, structure)
    this.#versions.set(name, version)
    return version
  }

  #compile(tensors: readonly Tensor[], structure: Structure): Version | TraceRefusal {
    const { tf } = this.program
    const { name } = this.options
    try {
      const { traced, result } = this.#trace(tensors, structure)
      if (!this.options.isPure) this.#compareWith(traced, tensors, structure)
      verify(traced.graph, 'recorded')
      showStage(name, 'recorded', traced.graph)
      const graph: Graph = optimize(traced.graph, tf, (pass, after) => showStage(name, pass, after))
      verify(graph, 'lowered')
      return { number: this.program.add(name, traced, graph), traced, result }
    } catch (error) {
      if (error instanceof TraceRefusal) return error
      throw error
    }
  }

  #trace(tensors: readonly Tensor[], structure: Structure): { readonly traced: Traced; readonly result: Structure } {
    let result: Structure = { other: undefined }
    const types = tensors.map(({ shape, dtype }, i) => ({ name: `input${i}`, shape, dtype: dtype as DType }))
    const fn = (...inputs: Tensor[]) => {
      const returned = takeApart(this.fn(...(putTogether(structure, inputs) as never[])))
      if (containsPromise(returned.structure)) throw new TraceRefusal('async', '', 'the function returns a promise')
      result = returned.structure
      return Object.fromEntries(returned.tensors.map((tensor, i) => [`output${i}`, tensor]))
    }
    const { seed = 0, step = () => this.#runs } = this.options
    const traced = trace(this.program.tf, fn, types, { seed, step })
    return { traced, result }
  }

  /** A function that draws numbers or counts calls in JavaScript shows it in the constants of a second trace. */
  #compareWith(first: Traced, tensors: readonly Tensor[], structure: Structure): void {
    const { traced: second } = this.#trace(tensors, structure)
    const [before, after] = [constantsOf(first.graph), constantsOf(second.graph)]
    const isSame = before.length === after.length && before.every((elements, i) => sameElements(elements, after[i]!))
    if (!isSame) throw new TraceRefusal('Const', '', 'JavaScript computes other numbers at each call, which a graph would keep')
  }
}

function isCurrent({ traced }: Version): boolean {
  return traced.guard() && [...traced.variables.values()].every(variable => !variable.isDisposed)
}

function constantsOf(graph: Graph): Elements[] {
  return graph.nodes.filter(({ op }) => op === 'Const').map(node => attribute(node, 'value', 'elements'))
}

function containsPromise(structure: Structure): boolean {
  return 'other' in structure && structure.other instanceof Promise
}
