/** The training step as one TensorFlow graph, compiled once per set of shapes and fetches. What cannot be traced runs by the eager step. */
import { MillraceError } from '../../errors/index.js'
import { FunctionCompiler } from '../../graph/function-compiler.js'
import { check, hostNumber } from '../../graph/in-trace.js'
import { TraceRefusal } from '../../graph/record/refusal.js'
import { Programs } from '../../graph/session/programs.js'
import { warnOnce } from '../../graph/warn.js'
import type { FetchValue } from '../model-types.js'
import type { Tensor } from '../tf-types.js'
import { createEagerStep, readValue, toTensors } from './eager-step.js'
import { forward } from './forward.js'
import { type Network, trainedVariables } from './network.js'
import type { Fed, TrainStep } from './train-step.js'
import { trainingStep } from './training-step.js'
import { applyGradients, updatersOf } from './updaters.js'

type Feed = Readonly<Record<string, Tensor>>

export function createGraphStep(network: Network): TrainStep {
  const { tf, name, clock, isPure, drawSeed: seed } = network
  const eager = createEagerStep(network)
  const program = new Programs(tf)
  const step = () => clock.step
  const trainer = new FunctionCompiler(program, (feed: Feed, fetches: readonly string[]) => trainFunction(network, feed, fetches), {
    name: `${name}, training`,
    isReplaceable: true,
    isPure,
    seed,
    step,
    checksUpdates: true,
  })
  const predictor = new FunctionCompiler(
    program,
    (feed: Feed, fetches: readonly string[]) => forward(network, new Map(Object.entries(feed)), fetches, false),
    { name: `${name}, prediction`, isReplaceable: true, isPure, seed, step },
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
  let isRepeated = false
  /** The sets of trained variables that have been updated once. */
  const begun = new Set<string>()
  /** A graph would hold the rate of such an optimizer, and be compiled at each step. */
  const isUnsteady = updatersOf(network).some(({ optimizerName, schedule }) => schedule && optimizerName === undefined)
  /** The checks of the graph are cheap and strict. The eager step finds out what is not finite and names it, or makes the step. */
  const repeat = async (failed: MillraceError, fed: Fed, fetches: readonly string[]) => {
    const values = await eager.train(fed, fetches).catch((error: unknown) => {
      throw error instanceof MillraceError ? error : failed
    })
    if (!isRepeated) process.emitWarning(`model ${name}, step ${clock.step}: ${REPEATED}`, 'MillraceWarning')
    isRepeated = true
    return values
  }
  return {
    get compiled() {
      return compiled
    },
    train: async (fed, fetches) => {
      if (isUnsteady) warnOnce(`model ${name}`, UNSTEADY)
      const trained = trainedVariables(network).map(variable => variable.name)
      const key = trained.join()
      if (isUnsteady || (makesSlots(network, trained) && !begun.has(key))) {
        begun.add(key)
        compiled = isUnsteady ? UNSTEADY.message : SLOTS
        return eager.train(fed, fetches)
      }
      try {
        const values = run(trainer, fed, fetches, key)
        compiled = values instanceof TraceRefusal ? values.message : true
        if (!(values instanceof TraceRefusal)) {
          clock.step++
          return values
        }
        warnOnce(`model ${name}`, values)
      } catch (error) {
        if (!(error instanceof MillraceError) || error.code !== 'check-failed') throw error
        return repeat(error, fed, fetches)
      }
      return eager.train(fed, fetches)
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

const UNSTEADY = new TraceRefusal(
  'learningRate',
  '',
  'a schedule changes the number that an optimizer of a class of your own computes with',
)
const SLOTS = 'an optimizer of a class of your own makes its variables in its first step'
const FINITE = 'loss and gradients are finite numbers'
const REPEATED = 'its numbers are so large that it runs operation by operation, which takes longer, to see that what it computes is finite'

/** True if an optimizer of a class of the program's own is about to make variables: what its code does then it does once. */
function makesSlots(network: Network, trained: readonly string[]): boolean {
  const groupOf = (name: string) => network.groups.find(({ variables }) => variables.has(name)) ?? network
  return trained.some(name => groupOf(name).optimizerName === undefined && !groupOf(name).slotNames.includes(name))
}

function trainFunction(network: Network, feed: Feed, fetches: readonly string[]): readonly Tensor[] {
  const { tf, clock } = network
  clock.tensor = hostNumber('step', 'int32', () => clock.step)
  try {
    const { loss, values, gradients, unclipped, norms } = trainingStep(network, new Map(Object.entries(feed)), fetches)
    const hidden = gradients === unclipped ? [] : [...Object.values(unclipped).map(gradient => tf.sum(gradient)), ...Object.values(norms)]
    check(tf.isFinite(hidden.length > 0 ? tf.addN([loss, ...hidden]) : loss), FINITE, loss)
    applyGradients(network, gradients)
    return values
  } finally {
    clock.tensor = undefined
  }
}
