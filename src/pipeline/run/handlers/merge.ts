import type { SourceBatch } from '../../spec/contracts.js'
import type { Handler } from '../handler.js'
import { merger } from '../merger.js'
import { otherPipelines } from '../other-pipelines.js'

export const merge: Handler = {
  batch: async ({ pipelines, components }, scope) => {
    const run = scope.requireRun('merge')
    const batches: SourceBatch[] = [run.batch]
    for (const other of otherPipelines(pipelines as string[], scope)) batches.push(await other.nextBatch())
    run.batch = merger(scope)(batches, undefined, components as readonly string[] | undefined).merged
  },
}
