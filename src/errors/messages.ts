import type { Message } from './message.js'
import { datasetMessages } from './messages/dataset.js'
import { engineMessages } from './messages/engine.js'
import { experimentMessages } from './messages/experiment.js'
import { fileMessages } from './messages/files.js'
import { graphMessages } from './messages/graph.js'
import { metricsMessages } from './messages/metrics.js'
import { modelMessages } from './messages/models.js'
import { parallelMessages } from './messages/parallel.js'
import { pipelineMessages } from './messages/pipeline.js'
import { reportMessages } from './messages/report.js'
import { samplerMessages } from './messages/samplers.js'
import { stateMessages } from './messages/state.js'
import { yamlMessages } from './messages/yaml.js'

/** Listed table by table: a declaration file can refer to each room's types but cannot copy a room's private ones. */
type Messages = typeof datasetMessages &
  typeof parallelMessages &
  typeof fileMessages &
  typeof pipelineMessages &
  typeof samplerMessages &
  typeof stateMessages &
  typeof yamlMessages &
  typeof metricsMessages &
  typeof modelMessages &
  typeof experimentMessages &
  typeof reportMessages &
  typeof engineMessages &
  typeof graphMessages

const messages: Messages = {
  ...datasetMessages,
  ...parallelMessages,
  ...fileMessages,
  ...pipelineMessages,
  ...samplerMessages,
  ...stateMessages,
  ...yamlMessages,
  ...metricsMessages,
  ...modelMessages,
  ...experimentMessages,
  ...reportMessages,
  ...engineMessages,
  ...graphMessages,
}

/** The closed union of error codes. */
export type ErrorCode = keyof Messages

/** The details that an error of this code needs. */
export type DetailsOf<Code extends ErrorCode> = Parameters<Messages[Code]>[0]

export function messageOf<Code extends ErrorCode>(code: Code, details: DetailsOf<Code>): Message {
  return (messages[code] as (details: DetailsOf<Code>) => Message)(details)
}
