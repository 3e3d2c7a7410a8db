/** The training step: computes losses, updates and fetched values with one of the engines. */
import type { NdArray } from '../../util/nd-array.js'
import type { FetchValue } from '../model-types.js'
import type { Network } from './network.js'

/** Values by input name, checked against the network's inputs. */
export type Fed = ReadonlyMap<string, NdArray>

/** A network in an engine. One call at a time. */
export interface TrainStep {
  /** For an engine that compiles: true if the last training step was compiled, otherwise why not; undefined before the first. */
  readonly compiled?: true | string | undefined
  /** One update; the values are those before it. Fails, and changes nothing, if loss, gradients, moving averages or updates are not finite. */
  train(fed: Fed, fetches: readonly string[]): Promise<readonly FetchValue[]>
  /** Values in inference mode. */
  predict(fed: Fed, fetches: readonly string[]): Promise<readonly FetchValue[]>
  /** Brings the variables of the network and its optimizer up to date, for readers (save, `layersModel`). */
  settle(): Promise<void>
  dispose(): void
}

export type CreateTrainStep = (network: Network) => TrainStep
