/** Pipelines that provide batches to another: those of `join` and `merge`. */
import { fail } from '../../../errors/index.js'
import { describeKind } from '../../../util/describe-value.js'
import type { SourceBatch } from '../../description/contracts.js'
import type { Scope } from '../execution/scope.js'

/** What another pipeline can be asked for. */
export interface OtherPipeline {
  /** Its next batch, by its stored options. */
  nextBatch(): Promise<SourceBatch>
  /** A processed batch of the items with these ids. */
  executeFor(
    ids: readonly unknown[],
    options: { readonly number?: number; readonly seed?: number; readonly signal?: AbortSignal },
  ): Promise<SourceBatch>
}

export function otherPipelines(names: readonly string[], { session }: Scope): readonly OtherPipeline[] {
  return names.map(name => {
    const pipeline = session.bindings.pipelines[name]
    if (pipeline !== undefined && 'executeFor' in pipeline && 'nextBatch' in pipeline) return pipeline as OtherPipeline
    return fail('wrong-value', { name: `the pipeline ${name}`, seen: describeKind(pipeline), allowed: 'a pipeline' })
  })
}
