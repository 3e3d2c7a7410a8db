import type { ActionName } from '../../description/action-table.js'
import { callHandlers } from '../handlers/calls.js'
import { flowHandlers } from '../handlers/flow.js'
import { lockHandlers } from '../handlers/locks.js'
import { modelHandlers } from '../handlers/models.js'
import { pipelineHandlers } from '../handlers/pipelines.js'
import { variableHandlers } from '../handlers/variables.js'
import { weightHandlers } from '../handlers/weights.js'
import type { Handler } from './handler.js'

/** What each action of the action table does. */
export const handlers = {
  ...variableHandlers,
  ...modelHandlers,
  ...weightHandlers,
  ...callHandlers,
  ...flowHandlers,
  ...pipelineHandlers,
  ...lockHandlers,
} satisfies Record<ActionName, Handler>
