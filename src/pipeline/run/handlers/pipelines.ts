import { fail } from '../../../errors/index.js'
import { describeKind } from '../../../util/describe-value.js'
import { pipelineActions } from '../../description/actions/pipelines.js'
import type { SourceBatch } from '../../description/contracts.js'
import { type Handler, handle } from '../actions/handler.js'
import type { Scope } from '../execution/scope.js'
import { merger } from '../merger.js'

const { join, merge } = pipelineActions

export const pipelineHandlers = {
  // The other pipelines process the items with the same ids in their own datasets.
  join: handle(join, ['batch'], async ({ pipelines }, scope) => {
    const run = scope.requireRun()
    const joined: SourceBatch[] = []
    for (const other of otherPipelines(pipelines, scope)) {
      const { seed, kept } = scope.walk ?? {}
      joined.push(await other.executeFor(run.batch.indices, { number: run.number, seed, signal: scope.signal, kept }))
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

/** What another pipeline can be asked for. */
interface OtherPipeline {
  /** Its next batch, by its stored options. */
  nextBatch(): Promise<SourceBatch>
  /** A processed batch of the items with these ids. */
  executeFor(
    ids: readonly unknown[],
    options: { readonly number?: number; readonly seed?: number; readonly signal?: AbortSignal; readonly kept?: Map<string, unknown> },
  ): Promise<SourceBatch>
}

function otherPipelines(names: readonly string[], { session }: Scope): readonly OtherPipeline[] {
  return names.map(name => {
    const pipeline = session.bindings.pipelines[name]
    if (pipeline !== undefined && 'executeFor' in pipeline && 'nextBatch' in pipeline) return pipeline as OtherPipeline
    return fail('wrong-value', { name: `the pipeline ${name}`, seen: describeKind(pipeline), allowed: 'a pipeline' })
  })
}
