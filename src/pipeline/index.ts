export type { IterateOptions, ShuffleFunction, Tail } from './description/batch-options.js'
export type { Bindings } from './description/content/bindings.js'
export type { ActionSpec, PipelineSpec } from './description/content/pipeline-spec.js'
export type { SourceMap } from './description/content/visit-actions.js'
export type * from './description/contracts.js'
export { Expression, type Operand, type UsesOf } from './description/expressions/expression.js'
export type { ExpressionJson } from './description/expressions/expression-json.js'
export {
  B,
  C,
  D,
  F,
  I,
  IF,
  type IterationPart,
  M,
  type OtherPipeline,
  type ShortComponents,
  V,
  W,
} from './description/expressions/named.js'
export { L, P, PP } from './description/expressions/named-items.js'
export { type NamedParameters, R, type RandomArgument, type RandomOptions } from './description/expressions/named-random.js'
export type * from './description/expressions/names.js'
export type { SaveMode } from './description/expressions/save-mode.js'
export type { GatherKind, GatherOptions } from './gather-metrics.js'
export { Pipeline } from './pipeline.js'
export type * from './pipeline-names.js'
export { createPipeline, instantiatePipelines, type PipelineOf, template } from './pipeline-of.js'
export type * from './pipeline-types.js'
export { SkipBatch, StopPipeline } from './run/actions/control.js'
export { type PullMapOptions, pullMap } from './run/batches/pull-map.js'
export type { GivenRunOptions, RunOptions } from './run/execution/run-options.js'
export type { ProfileRow } from './run/profile.js'
export { Lock } from './run/session/lock.js'
export type { Resettable } from './run/session/session.js'
export { PerItem } from './run/values/per-item.js'
export type { RunArguments, SizedArguments } from './run-arguments.js'
export type { HowOptions } from './runnable.js'
export { restoreStates, saveStates } from './saved-states.js'
