import { join as row } from '../../description/actions/join.js'
import type { SourceBatch } from '../../description/contracts.js'
import { handle } from '../actions/handler.js'
import { otherPipelines } from '../actions/other-pipelines.js'

/** The other pipelines process the items with the same ids in their own datasets. */
export const join = handle(row, ['batch'], async ({ pipelines }, scope) => {
  const run = scope.requireRun()
  const joined: SourceBatch[] = []
  for (const other of otherPipelines(pipelines, scope)) {
    joined.push(await other.executeFor(run.batch.indices, { number: run.number, seed: scope.walk?.seed, signal: scope.signal }))
  }
  run.join(joined)
})
