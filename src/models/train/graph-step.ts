/** The training step as one TensorFlow graph, compiled once per set of shapes and fetches. What cannot be traced runs by the eager step. */
import { fail, MillraceError } from '../../errors/index.js'
import { FunctionCompiler } from '../../graph/function-compiler.js'
import { check, hostNumber } from '../../graph/in-trace.js'
import { TraceRefusal } from '../../graph/record/refusal.js'
import { Program } from '../../graph/session/program.js'
import { warnOnce } from '../../graph/warn.js'
import type { FetchValue } from '../model-types.js'
import type { Tensor } from '../tf-types.js'
import { createEagerStep, readValue, toTensors } from './eager-step.js'
import { forward } from './forward.js'
import { type Network, trainedVariables } from './network.js'
import type { Fed, TrainStep } from './train-step.js'
import { applyGradients, trainingStep } from './training-step.js'

type Feed = Readonly<Record<string, Tensor>>

export function createGraphStep(network: Network): TrainStep {
  const { tf, name, clock, isPure, drawSeed: seed } = network
  const eager = createEagerStep(network)
  const program = new Program(tf)
  const step = () => clock.step
  const trainer = new FunctionCompiler(program, (feed: Feed, fetches: readonly string[]) => trainFunction(network, feed, fetches), {
    name: `${name}, training`,
    isPure,
    seed,
    step,
  })
  const predictor = new FunctionCompiler(
    program,
    (feed: Feed, fetches: readonly string[]) => forward(network, new Map(Object.entries(feed)), fetches, false),
    { name: `${name}, prediction`, isPure, seed, step },
  )
  const run = (compiler: FunctionCompiler, fed: Fed, fetches: readonly string[], key: string): readonly FetchValue[] | TraceRefusal => {
    const feed = toTensors(network, fed)
    try {
      const ran = compiler.run([Object.fromEntries(feed), fetches], key)
      if (ran instanceof TraceRefusal) return ran
      const tensors = ran.result as Tensor[]
      const values = tensors.map(readValue)
      tf.dispose(tensors)
      return values
    } finally {
      tf.dispose([...feed.values()])
    }
  }
  let compiled: true | string | undefined
  return {
    get compiled() {
      return compiled
    },
    train: async (fed, fetches) => {
      const trained = trainedVariables(network).map(variable => variable.name)
      const values = explainLoss(network, () => run(trainer, fed, fetches, trained.join()))
      compiled = values instanceof TraceRefusal ? values.message : true
      if (values instanceof TraceRefusal) {
        warnOnce(`model ${name}`, values)
        return eager.train(fed, fetches)
      }
      clock.step++
      return values
    },
    predict: async (fed, fetches) => {
      const values = run(predictor, fed, fetches, '')
      if (!(values instanceof TraceRefusal)) return values
      warnOnce(`model ${name}`, values)
      return eager.predict(fed, fetches)
    },
    settle: async () => program.settle(),
    // Deferred: after a model is disposed, so are its variables, and their values need not be fetched then.
    dispose: () => queueMicrotask(() => program.dispose()),
  }
}

const FINITE = 'the loss is a finite number'

function trainFunction(network: Network, feed: Feed, fetches: readonly string[]): readonly Tensor[] {
  const { tf, clock } = network
  clock.tensor = hostNumber('step', 'int32', () => clock.step)
  try {
    const { loss, values, gradients } = trainingStep(network, new Map(Object.entries(feed)), fetches)
    check(tf.isFinite(loss), FINITE, loss)
    applyGradients(network, gradients)
    return values
  } finally {
    clock.tensor = undefined
  }
}

function explainLoss<T>({ name, clock }: Network, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof MillraceError && error.code === 'check-failed') {
      const { shown } = error.details as { shown: string }
      fail('loss-not-finite', { model: name, step: clock.step + 1, loss: toNumber(shown) }, {}, error)
    }
    throw error
  }
}

/** A number as TensorFlow writes it. */
function toNumber(text: string): number {
  return /inf/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text)
}
