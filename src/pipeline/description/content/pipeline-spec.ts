/** The description of a pipeline: frozen plain data, the same from TypeScript and from YAML. */
import type { JsonObject, JsonValue } from '../../../util/json.js'

/** An action: its name is the only key, its arguments (by name) the value. Expressions inside are plain data, too: `{ B: 'images' }`. */
export type ActionSpec = Readonly<Record<string, Readonly<Record<string, JsonValue>>>>

export interface PipelineSpec {
  /** The name of the dataset's binding, e.g. `mnist.train`; absent in a pipeline without a dataset. */
  readonly dataset?: string
  /** An expression that evaluates to the dataset when a run begins, instead of a name. */
  readonly datasetFrom?: JsonValue
  /** What `C('path')` reads. */
  readonly config: JsonObject
  /** Options of `run` and `nextBatch` stored by `runLater`. Values may be expressions. */
  readonly batch?: JsonObject
  /** Performed once at the start of each run. */
  readonly before?: readonly ActionSpec[]
  /** Performed on each batch. */
  readonly actions: readonly ActionSpec[]
  /** Performed once at the end of each run: after its last batch, `stopPipeline` or `finish`; not after an error or an interruption. */
  readonly after?: readonly ActionSpec[]
}

/** The lists of actions a pipeline has, in the order they run. */
export const sections = ['before', 'actions', 'after'] as const satisfies readonly (keyof PipelineSpec)[]
export type Section = (typeof sections)[number]

/** An action's name and arguments. */
export function actionParts(action: ActionSpec): readonly [name: string, args: Readonly<Record<string, JsonValue>>] {
  return Object.entries(action)[0]!
}
