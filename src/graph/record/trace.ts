/**
 * Traces a function: runs it once with every operation recorded. Then either the recorded graph is used and everything is as before, or what
 * has been recorded is computed: then the function has simply run, operation by operation.
 */
import { nodeBackend, type Tensor } from '../backend.js'
import type { Node, Update } from '../ir/graph.js'
import type { Tensorflow } from '../tensorflow.js'
import { collect } from './collect.js'
import { earlier } from './earlier.js'
import { type Counts, countsOf, setCounts } from './engine-counts.js'
import { countSteps, type Steps } from './guards/count-steps.js'
import { hookBackend } from './hook-backend.js'
import { hookKernels } from './hook-kernels.js'
import { hookLayers, restoreLayers, restoreNumbers } from './hook-layers.js'
import { hookOptimizers } from './hook-optimizers.js'
import { hookRandom, type RandomSource } from './hook-random.js'
import { hookTensors } from './hook-tensors.js'
import { bytesOf, TracedVariables } from './hook-variables.js'
import { type Restore, restoreAll } from './hooks.js'
import { makeReal } from './make-real.js'
import { Recorder } from './recorder.js'
import { isRefusal, TraceRefusal } from './refusal.js'
import { adopt, share } from './share-data.js'
import type { InputTypes, Outputs, Traced } from './traced.js'

let current: Recorder | undefined

/** The recorder of the function that is being traced; undefined outside. */
export function currentRecorder(): Recorder | undefined {
  return current
}

export interface TraceOptions {
  /** True if optimizers describe their step, which is faster; false if their arithmetic is recorded, whose results can be used. */
  readonly describe: boolean
  /** The arguments. With them, a refusal does not end the function: it goes on without a graph. */
  readonly given?: readonly Tensor[]
  /** Who traces: what its earlier calls made and a later one reads is state. */
  readonly owner?: object
}

/** One run of a function that is traced. */
export class Trace {
  /** Tensors that stand for the arguments. */
  readonly inputs: readonly Tensor[]
  /** The graph; undefined if the function has gone on without one, or ended in a state that none describes. */
  traced: Traced | undefined
  readonly #recorder: Recorder
  readonly #variables: TracedVariables
  readonly #steps: Steps
  readonly #updates: Update[] = []
  readonly #nodes: readonly Node[]
  readonly #given: readonly Tensor[]
  readonly #scope: { readonly track: Tensor[] }
  readonly #before: Counts
  #installed: Restore[] = []
  #isReal = false
  #isUndone = false

  constructor(
    readonly tf: Tensorflow,
    types: InputTypes,
    readonly random: RandomSource,
    readonly options: TraceOptions,
  ) {
    if (current) throw new TraceRefusal('compile', current.layer, 'another function is being traced')
    const recorder = new Recorder(tf, nodeBackend(tf))
    const { engine } = recorder
    this.#recorder = recorder
    this.#before = countsOf(recorder)
    if (options.given) recorder.goOn = reason => this.makeReal(reason)
    this.#given = options.given ?? []
    recorder.owner = options.owner
    this.#steps = countSteps(recorder)
    this.#variables = new TracedVariables(recorder, work => this.#suspended(work))
    engine.startScope('trace')
    this.#scope = engine.state.activeScope as unknown as { track: Tensor[] }
    this.#nodes = types.map(({ name, shape, dtype }) => recorder.placeholder(name, { shape, dtype }))
    this.inputs = this.#nodes.map(node => recorder.tensorOf(node.outputs[0]!))
  }

  /** Why there is no graph. */
  get stopped(): Error | undefined {
    return this.#recorder.stopped
  }

  /** True if the function has gone on without a graph. */
  get isReal(): boolean {
    return this.#isReal
  }

  /** True if a tensor that an earlier traced call made became a constant. */
  get usesEarlier(): boolean {
    return this.#recorder.usesEarlier
  }

  /** Runs the function. Its own errors come out, and nothing has changed then, unless it has gone on without a graph. */
  run<R>(fn: (...inputs: Tensor[]) => R, outputsOf: (result: R) => Outputs): R {
    const recorder = this.#recorder
    current = recorder
    try {
      this.#install()
      const result = fn(...this.inputs)
      if (recorder.stopped && !this.#isReal) throw recorder.stopped
      if (!this.#isReal) this.#collect(() => outputsOf(result))
      if (this.#isReal) this.end()
      return result
    } catch (error) {
      if (this.#isReal) this.end()
      else this.close([], false)
      throw this.#isReal ? error : (recorder.stopped ?? error)
    }
  }

  /** True if values were made that were neither disposed nor returned: perhaps the function remembers them. */
  leaks(outputs: readonly Tensor[]): boolean {
    const known = new Set([...outputs, ...this.inputs])
    const isRecorded = ({ dataId }: Tensor) => this.#recorder.isRecorded(dataId)
    return this.#scope.track.some(tensor => !tensor.isDisposed && !tensor.kept && !known.has(tensor) && isRecorded(tensor))
  }

  /** The positions of arguments that the function disposed. */
  get disposed(): readonly number[] {
    return this.inputs.flatMap(({ isDisposed }, i) => (isDisposed ? [i] : []))
  }

  /** Computes what has been recorded: from now on the function has run, or runs, operation by operation. */
  makeReal(reason: Error): void {
    if (this.#isReal) return
    this.#isReal = true
    this.#recorder.stopped ??= reason
    const isRunning = this.#installed.length > 0
    this.#pause()
    const { described } = this.#recorder
    if (this.#isUndone) this.#steps.countAgain(described)
    else this.#steps.rewind(described)
    makeReal(this.#recorder, this.#variables, this.#nodes, this.#given, isRunning)
  }

  /** Ends a function that has gone on without a graph: what it made belongs to the scope around it. */
  end(): void {
    const { engine } = this.#recorder
    this.#remember(this.#scope.track)
    for (const [i, input] of this.inputs.entries()) {
      if (input.isDisposed) this.#given[i]!.dispose()
      else share(this.#recorder, input, this.#given[i]!)
    }
    engine.endScope(this.#scope.track)
  }

  /** Runs the graph, if `run` is given, whose results the function's outputs then hold; everything else is as before the function. */
  close(outputs: readonly Tensor[], isLegal = true, run: () => readonly Tensor[] = () => []): void {
    const recorder = this.#recorder
    const { engine } = recorder
    this.#pause()
    this.#undo()
    const traced = countsOf(recorder)
    const survivors = isLegal ? this.#survivors(outputs) : []
    const created = [...this.#variables.created, ...survivors]
    setCounts(recorder, {
      ...this.#before,
      numTensors: this.#before.numTensors + created.length,
      numBytes: this.#before.numBytes + created.reduce((sum, tensor) => sum + bytesOf(tensor), 0),
      numDataBuffers: this.#before.numDataBuffers + created.length,
    })
    let results: readonly Tensor[]
    try {
      results = run()
    } catch (error) {
      setCounts(recorder, traced)
      throw error
    }
    const counts = countsOf(recorder)
    this.#variables.discard()
    recorder.release()
    if (isLegal) for (const [i, given] of this.#given.entries()) if (!this.inputs[i]!.isDisposed) share(recorder, this.inputs[i]!, given)
    for (const [i, result] of results.entries()) adopt(recorder, outputs[i]!, result)
    this.#remember([...outputs, ...survivors])
    engine.endScope([...survivors, ...(results.length > 0 ? outputs : [])])
    if (!isLegal || this.options.given === undefined) restoreLayers(recorder)
    setCounts(recorder, counts)
  }

  /** Numbers in layers' fields are as before the function. */
  undoNumbers = (): void => restoreNumbers(this.#recorder)

  #remember(tensors: readonly Tensor[]): void {
    const { owner } = this.options
    if (owner) for (const { dataId } of tensors) earlier.set(dataId, owner)
  }

  #collect(outputs: () => Outputs): void {
    try {
      this.#steps.check()
      this.traced = collect(this.#recorder, this.#variables, this.#updates, this.#nodes, outputs())
      this.#pause()
      this.#undo()
    } catch (error) {
      if (!this.options.given || !isRefusal(error)) throw error
      this.traced = undefined
      this.#recorder.stopped = error
      this.#pause()
    }
  }

  /** Takes the hooks off; variables hold their own data. */
  #pause(): void {
    current = undefined
    if (this.#installed.length === 0) return
    restoreAll(this.#installed)
    this.#installed = []
    this.#steps.hook()
    this.#variables.restore()
  }

  /** Optimizers have their own numbers, as before the function. */
  #undo(): void {
    if (!this.#isUndone) this.#steps.undo()
    this.#isUndone = true
  }

  #install(): void {
    const recorder = this.#recorder
    this.#installed = [
      ...hookBackend(recorder),
      this.#variables.hook(),
      hookTensors(recorder),
      ...hookKernels(recorder),
      hookRandom(recorder, this.random),
      ...hookLayers(recorder),
      ...hookOptimizers(recorder, this.#variables, this.#updates, this.options.describe),
    ]
  }

  #suspended<T>(work: () => T): T {
    restoreAll(this.#installed)
    try {
      return work()
    } finally {
      this.#install()
    }
  }

  /** Tensors that hold numbers from the start, made by the function and neither disposed nor returned. They live on, as without a graph. */
  #survivors(outputs: readonly Tensor[]): Tensor[] {
    const made = new Set([...this.#recorder.kept, ...this.#scope.track])
    return [...made].filter(tensor => !tensor.isDisposed && !this.#recorder.isRecorded(tensor.dataId) && !outputs.includes(tensor))
  }
}
