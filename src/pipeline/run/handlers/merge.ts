import type { SourceBatch } from '../../description/contracts.js'
import type { Handler } from '../actions/handler.js'
import { otherPipelines } from '../actions/other-pipelines.js'
import { merger } from '../rebatched.js'

export const merge: Handler = {
  batch: async ({ pipelines, components }, scope) => {
    const run = scope.requireRun('merge')
    const batches: SourceBatch[] = [run.batch]
    for (const other of otherPipelines(pipelines as string[], scope)) batches.push(await other.nextBatch())
    run.batch = merger(scope)(batches, undefined, components as readonly string[] | undefined).merged
  },
}
