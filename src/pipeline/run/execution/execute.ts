/** Performs the actions of a pipeline: when it starts, when a run starts and ends, on each batch. Adds their location to errors. */
import { type ErrorLocation, fail, MillraceError } from '../../../errors/index.js'
import { ownActionOf, ownNames } from '../../description/content/own-actions.js'
import { locationOf } from '../../description/content/visit-actions.js'
import { isControl } from '../actions/control.js'
import type { Handler, Perform } from '../actions/handler.js'
import type { Profile } from '../profile.js'
import type { Session } from '../session/session.js'
import type { Walk } from '../session/stepping.js'
import { evaluate } from '../values/evaluate.js'
import { PerItem } from '../values/per-item.js'
import type { BatchRun } from './batch-run.js'
import { pauseIfDue } from './patience.js'
import { type PreparedAction, preparePipeline } from './prepare.js'
import { Scope } from './scope.js'

/** What all actions of one pass share. */
export interface Phase {
  readonly session: Session
  readonly phase: keyof Handler
  readonly run?: BatchRun
  readonly walk?: Walk
  readonly signal?: AbortSignal | undefined
  /** Records the cost of each action. */
  readonly profile?: Profile | undefined
}

/** Declares variables and builds static models, unless already done. `seed` is the seed of the weights from here on. */
export async function startSession(session: Session, seed = session.seed, profile?: Profile): Promise<void> {
  if (session.started) return
  session.seed = seed
  session.started = true
  session.isDisposed = false
  try {
    await passAll({ session, phase: 'start', profile })
  } catch (error) {
    session.started = false
    throw error
  }
}

/** Resets variables of `initOnEachRun` to their first value, and performs the actions of `before`. */
export async function startRun(run: Omit<Phase, 'phase'>): Promise<void> {
  await passAll({ ...run, phase: 'eachRun' })
  await doActions(preparePipeline(run.session.spec).before, { ...run, phase: 'once' })
}

/** Performs the actions of `after`. */
export async function endRun(run: Omit<Phase, 'phase'>): Promise<void> {
  await doActions(preparePipeline(run.session.spec).after, { ...run, phase: 'once' })
}

async function passAll(pass: Phase): Promise<void> {
  const { before, actions, after } = preparePipeline(pass.session.spec)
  for (const list of [before, actions, after]) await doActions(list, pass)
}

/** Performs actions in order. */
export async function doActions(actions: readonly PreparedAction[], pass: Phase, rounds: readonly number[] = []): Promise<void> {
  for (const action of actions) {
    const { session, phase, run, walk, signal, profile } = pass
    const { handler, blocks } = action
    const perform = (block: string, round?: number) =>
      doActions(blocks[block] ?? [], pass, round === undefined ? rounds : [...rounds, round])
    try {
      const scope = new Scope(session, run, walk, [action.number, ...rounds], signal, action.name)
      if (handler ? handler[phase] : phase === 'batch') {
        const pause = pauseIfDue(signal)
        if (pause) await pause
        if (profile) await profile.measure(action.number, () => doAction(action, phase, scope, perform))
        else await doAction(action, phase, scope, perform)
      } else if (phase === 'start' || phase === 'eachRun') for (const block in blocks) await perform(block)
    } catch (error) {
      throw withLocation('action-failed', error, { ...locationOf(session.name, action, session.bindings.sources), ...batchOf(run) }, signal)
    }
  }
}

/** What the action does in this phase, by its row of the table or the batch class. */
function doAction(action: PreparedAction, phase: keyof Handler, scope: Scope, perform: Perform): void | Promise<void> {
  const { args, handler } = action
  return handler ? handler[phase]!(args, scope, perform) : applyBatchAction(action, scope)
}

async function applyBatchAction({ name, args, isPlain }: PreparedAction, scope: Scope): Promise<void> {
  const { batchClass } = scope.requireDataset(evaluate)
  const action = ownActionOf(batchClass, name) ?? fail('unknown-name', { kind: 'action', seen: name, allowed: ownNames(batchClass) })
  const isKept = isPlain && action.keepsOptions
  const options = (isKept ? args : evaluate(args, scope)) as Readonly<Record<string, unknown>>
  if (!action.perItem && !isKept) {
    for (const key in options) if (options[key] instanceof PerItem) fail('per-item-option', { action: name, option: key })
  }
  const run = scope.requireRun()
  const { seed, signal, walk } = scope
  const { modules } = scope.session.bindings
  await action.apply(run.batch, options, { seed, signal, kept: walk?.kept, joined: run.takeJoined(), modules })
}

const batchOf = (run: BatchRun | undefined): ErrorLocation => (run ? { batch: run.number } : {})

/** The error with its location; another library's error becomes the cause of a MillraceError. */
export function withLocation(
  code: 'action-failed' | 'batch-not-loaded' | 'run-failed',
  error: unknown,
  location: ErrorLocation,
  signal?: AbortSignal,
): unknown {
  if (error instanceof MillraceError) return error.at(location)
  if (isControl(error)) return error
  if (signal?.aborted && (error === signal.reason || (error instanceof Error && error.name === 'AbortError'))) return error
  return new MillraceError(code, { message: error instanceof Error ? error.message : String(error) }, location, error)
}
