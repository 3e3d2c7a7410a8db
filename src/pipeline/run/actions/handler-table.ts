import type { ActionName } from '../../description/action-table.js'
import { acquireLock } from '../handlers/acquire-lock.js'
import { call } from '../handlers/call.js'
import { gatherMetrics } from '../handlers/gather-metrics.js'
import { ifHandler } from '../handlers/if.js'
import { importModel } from '../handlers/import-model.js'
import { initLock } from '../handlers/init-lock.js'
import { initModel } from '../handlers/init-model.js'
import { initVariable } from '../handlers/init-variable.js'
import { join } from '../handlers/join.js'
import { loadModel } from '../handlers/load-model.js'
import { merge } from '../handlers/merge.js'
import { predictModel } from '../handlers/predict-model.js'
import { print } from '../handlers/print.js'
import { rebatch } from '../handlers/rebatch.js'
import { releaseLock } from '../handlers/release-lock.js'
import { repeat } from '../handlers/repeat.js'
import { saveModel } from '../handlers/save-model.js'
import { skipBatch } from '../handlers/skip-batch.js'
import { sometimes } from '../handlers/sometimes.js'
import { stopPipeline } from '../handlers/stop-pipeline.js'
import { trainModel } from '../handlers/train-model.js'
import { update } from '../handlers/update.js'
import type { Handler } from './handler.js'

/** The run-time half of the action table. The compiler requires a row per action. */
export const handlers = {
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
  if: ifHandler,
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
} satisfies Record<ActionName, Handler>
