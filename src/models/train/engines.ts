/** Engines of the training step by name, for the config's `engine`. An engine is loaded on first use. */
import type { CreateTrainStep } from './train-step.js'

export const engines = {
  /** The whole step as one TensorFlow graph. */
  graph: async (): Promise<CreateTrainStep> => (await import('./graph-step.js')).createGraphStep,
  /** tfjs, operation by operation; on every tfjs backend. */
  eager: async (): Promise<CreateTrainStep> => (await import('./eager-step.js')).createEagerStep,
} as const satisfies Record<string, () => Promise<CreateTrainStep>>

export type EngineName = keyof typeof engines
/** Names of engines, for the config's `engine`. */
export const engineNames = Object.keys(engines) as EngineName[]
/** The default engine. */
export const defaultEngine: EngineName = 'graph'
