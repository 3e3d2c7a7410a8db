import type { ActionRow } from './action-row.js'
import { acquireLock } from './actions/acquire-lock.js'
import { call } from './actions/call.js'
import { gatherMetrics } from './actions/gather-metrics.js'
import { ifRow } from './actions/if.js'
import { importModel } from './actions/import-model.js'
import { initLock } from './actions/init-lock.js'
import { initModel } from './actions/init-model.js'
import { initVariable } from './actions/init-variable.js'
import { join } from './actions/join.js'
import { loadModel } from './actions/load-model.js'
import { merge } from './actions/merge.js'
import { predictModel } from './actions/predict-model.js'
import { print } from './actions/print.js'
import { rebatch } from './actions/rebatch.js'
import { releaseLock } from './actions/release-lock.js'
import { repeat } from './actions/repeat.js'
import { saveModel } from './actions/save-model.js'
import { skipBatch } from './actions/skip-batch.js'
import { sometimes } from './actions/sometimes.js'
import { stopPipeline } from './actions/stop-pipeline.js'
import { trainModel } from './actions/train-model.js'
import { update } from './actions/update.js'

/** Every core action. A new action is a file in `actions`, a row here, a handler of the same name in `run/handlers`. */
export const actionTable = {
  initVariable,
  update,
  initModel,
  importModel,
  loadModel,
  saveModel,
  trainModel,
  predictModel,
  gatherMetrics,
  call,
  print,
  if: ifRow,
  repeat,
  sometimes,
  skipBatch,
  stopPipeline,
  join,
  merge,
  rebatch,
  initLock,
  acquireLock,
  releaseLock,
} satisfies Record<string, ActionRow>

export type ActionName = keyof typeof actionTable
export const actionNames = Object.keys(actionTable) as readonly ActionName[]

/** The actions that need a live thing, which a file therefore cannot use. */
export const liveActions: readonly string[] = actionNames.filter(name => (actionTable[name] as ActionRow).needsLive)

export function isActionName(name: string): name is ActionName {
  return Object.hasOwn(actionTable, name)
}
