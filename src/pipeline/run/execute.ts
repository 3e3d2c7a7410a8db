/** The actions of a pipeline, done: when it starts, when a run starts, for a batch. Errors learn where they happened. */
import { fail, MillraceError, type Place } from '../../errors/index.js'
import { isActionName } from '../spec/action-table.js'
import type { SourceBatch } from '../spec/contracts.js'
import { actionParts } from '../spec/pipeline-spec.js'
import { evaluate } from './evaluate.js'
import type { Handler } from './handler.js'
import { handlers } from './handler-table.js'
import { Scope } from './scope.js'
import type { Session, Walk } from './session.js'

/** Declares variables and builds static models, unless that was done. */
export async function startSession(session: Session): Promise<void> {
  if (session.started) return
  session.started = true
  try {
    await doActions(session, 'start')
  } catch (error) {
    session.started = false
    throw error
  }
}

/** Gives variables of `initOnEachRun` their first value again. */
export async function startRun(session: Session, walk: Walk): Promise<void> {
  await doActions(session, 'eachRun', undefined, walk)
}

/** Does every action on one batch, in order. */
export async function executeBatch(session: Session, batch: SourceBatch, walk: Walk, signal?: AbortSignal): Promise<void> {
  await doActions(session, 'batch', batch, walk, signal)
}

async function doActions(session: Session, phase: keyof Handler, batch?: SourceBatch, walk?: Walk, signal?: AbortSignal): Promise<void> {
  for (const [i, action] of session.spec.actions.entries()) {
    const [name, args] = actionParts(action)
    const scope = new Scope(session, batch, walk, i + 1, signal)
    try {
      if (isActionName(name)) await (handlers[name] as Handler)[phase]?.(args, scope)
      else if (phase === 'batch') await applyBatchAction(name, args, scope)
    } catch (error) {
      throw placed('action-failed', error, placeOf(session, i, name, walk, batch), signal)
    }
  }
}

async function applyBatchAction(name: string, args: Readonly<Record<string, unknown>>, scope: Scope): Promise<void> {
  const { actions } = scope.requireDataset().batchClass
  const action = Object.hasOwn(actions, name)
    ? actions[name]!
    : fail('unknown-name', { kind: 'action', seen: name, allowed: Object.keys(actions) })
  await action.apply(scope.requireBatch(name), evaluate(args, scope) as object, { seed: scope.seed, signal: scope.signal })
}

function placeOf(session: Session, i: number, name: string, walk: Walk | undefined, batch: SourceBatch | undefined): Place {
  return {
    pipeline: session.name,
    action: { number: i + 1, name },
    ...(batch && walk ? { batch: walk.current + 1 } : {}),
    ...(session.bindings.sources[i] ? { source: session.bindings.sources[i] } : {}),
  }
}

/** The error with its place; another library's error becomes the cause of one of ours. */
export function placed(
  code: 'action-failed' | 'batch-not-loaded' | 'run-failed',
  error: unknown,
  place: Place,
  signal?: AbortSignal,
): unknown {
  if (error instanceof MillraceError) return error.at(place)
  if (signal?.aborted && (error === signal.reason || (error instanceof Error && error.name === 'AbortError'))) return error
  return new MillraceError(code, { message: error instanceof Error ? error.message : String(error) }, place, error)
}
