export { createPipeline, instantiatePipelines, template } from './create-pipeline.js'
export type { IterateOptions, ShuffleFunction, Tail } from './description/batch-options.js'
export {
  type ComponentFacts,
  type ComponentUse,
  type ComponentWrite,
  type FactsOf,
  type ItemShape,
  type ShapeRule,
  sameShape,
  sourceToTarget,
} from './description/component-facts.js'
export type { Bindings } from './description/content/bindings.js'
export type { ActionSpec, PipelineSpec } from './description/content/pipeline-spec.js'
export type { SourceMap } from './description/content/visit-actions.js'
export type * from './description/contracts.js'
export { Expression, type Operand, type UsesOf } from './description/expressions/expression.js'
export { B, L, P, PP, type ShortComponents } from './description/expressions/letters/batch.js'
export type { OtherPipeline } from './description/expressions/letters/named.js'
export { C, D, I, type IterationPart, M, V } from './description/expressions/letters/pipeline.js'
export { type NamedParameters, R, type RandomArgument, type RandomOptions } from './description/expressions/letters/random.js'
export { F, IF, W } from './description/expressions/letters/values.js'
export type * from './description/expressions/names.js'
export type { ExpressionJson } from './description/expressions/operations.js'
export type { SaveMode } from './description/expressions/save-mode.js'
export type { GatherKind, GatherOptions } from './gather-metrics.js'
export { type ActionMethods, type Block, Pipeline, type PipelineOf, type WritesTo } from './pipeline.js'
export type * from './pipeline-names.js'
export type * from './pipeline-types.js'
export { SkipBatch, StopPipeline } from './run/actions/control.js'
export { type PullMapOptions, pullMap } from './run/batches/pull-map.js'
export type { GivenRunOptions, RunOptions } from './run/execution/run-options.js'
export type { ProfileRow } from './run/profile.js'
export { Lock } from './run/session/lock.js'
export type { Resettable } from './run/session/resettable.js'
export { PerItem } from './run/values/per-item.js'
export type { RunArguments, SizedArguments } from './run-arguments.js'
export type { HowOptions } from './runnable.js'
export { restoreStates, saveStates } from './saved-states.js'
