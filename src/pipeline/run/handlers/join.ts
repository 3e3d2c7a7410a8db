import type { SourceBatch } from '../../description/contracts.js'
import type { Handler } from '../actions/handler.js'
import { otherPipelines } from '../actions/other-pipelines.js'

/** The other pipelines work on the items of the same ids in datasets of their own. */
export const join: Handler = {
  batch: async ({ pipelines }, scope) => {
    const run = scope.requireRun('join')
    const joined: SourceBatch[] = []
    for (const other of otherPipelines(pipelines as string[], scope)) {
      joined.push(await other.executeFor(run.batch.indices, { number: run.number, seed: scope.walk?.seed, signal: scope.signal }))
    }
    run.join(joined)
  },
}
