/** Makes the batches of an order. */
import { defer, lastValueFrom } from 'rxjs'
import type { BatchOrder, OrderState, SourceBatch } from '../../description/contracts.js'
import { BatchRun } from '../execution/batch-run.js'
import { LOADING, type Profile } from '../profile.js'
import { discard, END, type Outcome } from './outcome.js'
import { profiled } from './profiled.js'
import { workOn } from './worked.js'

export interface Loaded {
  readonly outcome: Outcome
  /** The order after this batch. */
  readonly state: OrderState
}

export interface LoadOptions {
  readonly order: BatchOrder
  readonly batchByPos: (positions: Uint32Array) => SourceBatch | Promise<SourceBatch>
  /** Work on a batch right after loading, ahead of its turn; undefined for none. */
  readonly work: ((run: BatchRun) => Promise<void>) | undefined
  readonly toError: (error: unknown, number: number) => unknown
  readonly profile: () => Profile | undefined
}

/** Returns a function that takes the next positions at once, and makes their batch after the caller's turn of the event loop. */
export function loader({ order, batchByPos, work, toError, profile }: LoadOptions): () => Promise<Loaded> {
  const measured = (recorder: Profile, positions: Uint32Array) =>
    lastValueFrom(defer(async () => batchByPos(positions)).pipe(profiled(recorder, LOADING)))
  return async () => {
    let positions: Uint32Array | undefined
    try {
      positions = order.next()
    } catch (error) {
      return { outcome: { kind: 'E', error }, state: order.state }
    }
    const { state } = order
    if (positions === undefined) return { outcome: END, state }
    // Batches that are loaded ahead do not wait for each other's synchronous part.
    await undefined
    const recorder = profile()
    let run: BatchRun
    try {
      run = new BatchRun(await (recorder ? measured(recorder, positions) : batchByPos(positions)), state.produced)
    } catch (error) {
      return { outcome: { kind: 'E', error: toError(error, state.produced) }, state }
    }
    return { outcome: work ? await workOn(run, work) : { kind: 'N', value: run }, state }
  }
}

/** Frees a loaded batch that is not used. */
export const discardLoaded = ({ outcome }: Loaded): void => discard(outcome)
