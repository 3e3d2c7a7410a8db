/** Before anything runs: every name a pipeline uses must be declared. */
import type { Bindings } from '../spec/bindings.js'
import type { PipelineSpec } from '../spec/pipeline-spec.js'

export function checkStart(_pipeline: string, _spec: PipelineSpec, _bindings: Bindings): void {}
