/** Makes a plain tfjs model's own methods run compiled. */
import { fail } from '../errors/index.js'
import type { Tensor } from './backend.js'
import { FunctionCompiler } from './function-compiler.js'
import { type Restore, replaceMethods, restoreAll } from './record/hooks.js'
import { Programs } from './session/programs.js'
import { loadedTensorflow } from './tensorflow.js'

export type LayersModel = import('@tensorflow/tfjs-node-gpu').LayersModel

export interface CompileModelOptions {
  /** Seed of dropout and noise. Default: 0. */
  readonly seed?: number
}

/** The members of tfjs's models that compiled functions use. */
interface Inner {
  readonly name: string
  readonly optimizer_: object
  readonly lossFunctions: unknown
  readonly metricsTensors: unknown
  readonly collectedTrainableWeights: readonly { readonly name: string; readonly trainable: boolean }[]
  testFunction: DataFunction
  makeTrainFunction(): DataFunction
  makeTestFunction(): void
  predictLoop(inputs: Tensor | Tensor[], batchSize?: number): Tensor | Tensor[]
}
type DataFunction = (data: Tensor[]) => Tensor[]

/** Compiled models, and what undoes it. */
const compiled = new WeakMap<object, () => void>()

/**
 * From now on the model's own `fit`, `fitDataset`, `trainOnBatch`, `evaluate`, `evaluateDataset`, `predict` and `predictOnBatch` run as
 * TensorFlow graphs, with the same results. `compile` it with another loss or optimizer at any time. Returns the model itself.
 *
 * Numbers, strings and booleans in fields of layers, regularizers, constraints and optimizers are followed: a change compiles anew. Numbers
 * in closures, e.g. a weight in a loss that a callback raises, stay what they were when the step was compiled: keep such a number in
 * `tf.variable(tf.scalar(0), false)` and `assign` it.
 *
 * What cannot be compiled (see `compile`) runs as before, with one warning. Each shape of inputs is compiled when it is first seen; after
 * eight, `predict` compiles a new shape when it comes a second time, so that sequences which grow by one item per call cost what they do in
 * tfjs. As in tfjs, nothing checks that losses or weights are finite.
 *
 * @example
 * const model = compileModel(tf.sequential({ layers: [tf.layers.dense({ units: 10, inputShape: [784] })] }))
 * model.compile({ loss: 'meanSquaredError', optimizer: 'adam' })
 * await model.fit(x, y, { epochs: 5 })
 *
 * @throws MillraceError `not-a-model` for anything other than a `tf.LayersModel` or `tf.sequential()`.
 */
export function compileModel<M extends LayersModel>(model: M, options: CompileModelOptions = {}): M {
  if (typeof (model as Partial<LayersModel> | undefined)?.fit !== 'function') fail('not-a-model', { seen: typeof model })
  if (compiled.has(model)) return model
  const attached = isSequential(model) ? attachToSequential(model, options) : attach(model as unknown as Inner, options)
  const { dispose } = model
  const restore = replaceMethods<LayersModel>(model, {
    dispose: () => {
      const result = dispose.call(model)
      attached.rest()
      return result
    },
  })
  compiled.set(model, () => {
    restore()
    attached.detach()
  })
  return model
}

/** The model's methods as tfjs has them; its variables keep their values. */
export function uncompileModel<M extends LayersModel>(model: M): M {
  compiled.get(model)?.()
  compiled.delete(model)
  return model
}

/** `tf.sequential()` passes everything to a model inside, which it recreates when a layer is added. */
type Sequential = { model: Inner | null | undefined }

function isSequential(model: object): model is Sequential {
  return (model.constructor as { className?: string }).className === 'Sequential'
}

/** The controls of a compiled model. */
interface Attached {
  /** Restores the methods and ends the session. */
  detach(): void
  /** Ends the session until the next run. */
  rest(): void
}
const nothing: Attached = { detach: () => undefined, rest: () => undefined }

function attachToSequential(model: Sequential, options: CompileModelOptions): Attached {
  let inner = model.model
  let attached = inner ? attach(inner, options) : nothing
  Object.defineProperty(model, 'model', {
    configurable: true,
    enumerable: true,
    get: () => inner,
    set: (next: Inner | null | undefined) => {
      attached.detach()
      inner = next
      attached = next ? attach(next, options) : nothing
    },
  })
  return {
    rest: () => attached.rest(),
    detach: () => {
      attached.detach()
      Object.defineProperty(model, 'model', { value: inner, configurable: true, enumerable: true, writable: true })
    },
  }
}

function attach(model: Inner, { seed = 0 }: CompileModelOptions): Attached {
  const program = new Programs(loadedTensorflow())
  const { makeTrainFunction, makeTestFunction, predictLoop } = model
  let runs = 0
  const compilers = new Map<string, FunctionCompiler>()
  const make = (what: string, fn: DataFunction): DataFunction => {
    const compiler = new FunctionCompiler(program, fn, { name: `model ${model.name}, ${what}`, seed, step: () => runs })
    compilers.get(what)?.dispose()
    compilers.set(what, compiler)
    return data => {
      const result = compiler.call([data], model.collectedTrainableWeights?.map(({ name, trainable }) => `${name} ${trainable}`).join())
      if (what === 'training') runs++
      return result as Tensor[]
    }
  }
  /** A function depends on what the model's `compile` set. */
  const remember = (build: () => DataFunction) => {
    let before: readonly unknown[] = []
    let fn: DataFunction | undefined
    return () => {
      const now = [model.optimizer_, model.lossFunctions, model.metricsTensors]
      if (!fn || now.some((part, i) => part !== before[i])) fn = build()
      before = now
      return fn
    }
  }
  const trainFunction = remember(() => make('training', makeTrainFunction.call(model)))
  const testFunction = remember(() => {
    makeTestFunction.call(model)
    return make('evaluation', model.testFunction)
  })
  const predictPlainly: DataFunction = data => [predictLoop.call(model, data, data[0]!.shape[0])].flat()
  const predict = unlessPassing(make('prediction', predictPlainly), predictPlainly)
  const restores: Restore[] = [
    replaceMethods(model, {
      makeTrainFunction: trainFunction,
      makeTestFunction: () => {
        model.testFunction = testFunction()
      },
      predictLoop: (inputs, batchSize = 32) => inBatches([inputs].flat(), batchSize, predict),
    }),
  ]
  return {
    rest: () => program.dispose(),
    detach: () => {
      restoreAll(restores)
      program.dispose()
    },
  }
}

/** The number of shapes that are compiled at once. */
const SHAPES = 8

/** Runs `compiled`, except where shapes keep changing: there, one that is seen for the first time may be the last of its kind. */
function unlessPassing(compiled: DataFunction, plain: DataFunction): DataFunction {
  const seen = new Set<string>()
  return data => {
    const shapes = data.map(({ shape }) => shape.join()).join(' ')
    const isPassing = seen.size >= SHAPES && !seen.has(shapes)
    seen.add(shapes)
    return (isPassing ? plain : compiled)(data)
  }
}

/** Runs a function on slices of the first axis and concatenates its results. */
function inBatches(inputs: readonly Tensor[], batchSize: number, run: DataFunction): Tensor | Tensor[] {
  const tf = loadedTensorflow()
  const items = inputs[0]!.shape[0]!
  if (items === 0) return singly(run([...inputs]))
  const joined = tf.tidy(() => {
    const parts: Tensor[][] = []
    for (let start = 0; start < items; start += batchSize) {
      const size = Math.min(batchSize, items - start)
      parts.push(run(inputs.map(input => (size === items ? input : tf.slice(input, start, size)))))
    }
    return parts[0]!.map((_, i) => (parts.length === 1 ? parts[0]![i]! : tf.concat(parts.map(part => part[i]!))))
  })
  return singly(joined)
}

const singly = (tensors: Tensor[]) => (tensors.length === 1 ? tensors[0]! : tensors)
