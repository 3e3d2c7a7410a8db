import { merge as row } from '../../description/actions/merge.js'
import type { SourceBatch } from '../../description/contracts.js'
import { handle } from '../actions/handler.js'
import { otherPipelines } from '../actions/other-pipelines.js'
import { merger } from '../merger.js'

export const merge = handle(row, ['batch'], async ({ pipelines, components }, scope) => {
  const run = scope.requireRun()
  const batches: SourceBatch[] = [run.batch]
  for (const other of otherPipelines(pipelines, scope)) batches.push(await other.nextBatch())
  run.batch = merger(scope)(batches, undefined, components).merged
})
