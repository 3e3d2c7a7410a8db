import { pipelineActions } from '../../description/actions/pipelines.js'
import type { SourceBatch } from '../../description/contracts.js'
import { type Handler, handle } from '../actions/handler.js'
import { otherPipelines } from '../actions/other-pipelines.js'
import { merger } from '../merger.js'

const { join, merge } = pipelineActions

export const pipelineHandlers = {
  // The other pipelines process the items with the same ids in their own datasets.
  join: handle(join, ['batch'], async ({ pipelines }, scope) => {
    const run = scope.requireRun()
    const joined: SourceBatch[] = []
    for (const other of otherPipelines(pipelines, scope)) {
      joined.push(await other.executeFor(run.batch.indices, { number: run.number, seed: scope.walk?.seed, signal: scope.signal }))
    }
    run.join(joined)
  }),

  merge: handle(merge, ['batch'], async ({ pipelines, components }, scope) => {
    const run = scope.requireRun()
    const batches: SourceBatch[] = [run.batch]
    for (const other of otherPipelines(pipelines, scope)) batches.push(await other.nextBatch())
    run.batch = merger(scope)(batches, undefined, components).merged
  }),

  // Does nothing to a batch: `run/batches/rebatched.ts` runs between the stages.
  rebatch: {},
} satisfies Record<keyof typeof pipelineActions, Handler>
