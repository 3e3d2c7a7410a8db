/** What is known of an action without running it. */
import type { MetricsKind } from '../../metrics/options.js'
import type { Options, OptionTable, WrittenOptions } from '../../options/index.js'
import type { JsonObject, JsonValue } from '../../util/json.js'
import type { FactsOf } from './component-facts.js'

/** Kinds of names actions use or declare. */
export type NameKind = 'model' | 'model class' | 'variable' | 'lock' | 'pipeline' | 'component'

/** A name inside an action's arguments. */
export interface NameUse {
  readonly kind: NameKind
  readonly name: string
  /** Keys from the action's arguments to the name. */
  readonly path: readonly (string | number)[]
}

/** A name that an action declares for the actions after it. */
export interface Declaration {
  readonly kind: NameKind
  readonly name: string
  /** The pipeline it is taken from: its name, or an expression for it. */
  readonly from?: string | object
  /** A variable's value when the pipeline starts, as it is written. */
  readonly first?: unknown
  /** True if the name must not be taken. Default false: what had it is replaced. */
  readonly isNew?: boolean
}

/** A model that an action builds. */
export interface ModelBuild {
  /** The name of its class; undefined if its config names the class. */
  readonly modelClass: string | undefined
  readonly name: string
  readonly config: JsonObject
  /** `static` or `dynamic`. */
  readonly mode: string
  /** The argument that holds the config. */
  readonly configKey: string
}

/** A batch that an action passes through a model. */
export interface ModelPass {
  readonly model: string
  readonly fetches: readonly string[]
  /** The value of each input, which may be an expression. */
  readonly feed: Readonly<Record<string, JsonValue>>
  /** True if it takes an optimization step. */
  readonly trains: boolean
}

/** Weights that an action matches by patterns of their paths. */
export interface WeightMatch {
  readonly model: string
  readonly match: readonly string[]
}

export type ActionArgs = Readonly<Record<string, JsonValue>>

/** A row of the action table: `description/actions/<theme>.ts` describes, `run/handlers/<theme>.ts` does. */
export interface ActionRow<O extends OptionTable = any> {
  /** One sentence, for docs and the schema. */
  readonly summary: string
  /** The arguments: their schema, their check and the types that the handler reads. */
  readonly args: Options<O>
  /** Names that must have been declared. Expressions inside the arguments are found without its help. */
  readonly uses?: (args: ActionArgs) => readonly NameUse[]
  /** Names this action declares for the actions after it. */
  readonly declares?: (args: ActionArgs) => readonly Declaration[]
  /** The model it builds. */
  readonly builds?: (args: ActionArgs) => ModelBuild
  /** What it feeds to a model, and what it fetches from it. */
  readonly passes?: (args: ActionArgs) => ModelPass
  /** The weights that it matches. */
  readonly matches?: (args: ActionArgs) => WeightMatch
  /** The kind of metrics that it saves to its destinations; undefined for a kind of the user's. */
  readonly measures?: (args: ActionArgs) => MetricsKind | undefined
  /** The paths of its arguments that may name modules whose code it runs, as in the row of a batch action. */
  readonly modules?: readonly (readonly string[])[]
  /** The pipelines whose batches it requests: they must not request batches of its own pipeline. */
  readonly waitsFor?: (args: ActionArgs) => readonly NameUse[]
  /** The arguments that are names and may be expressions for them: checks read what `C` reads. */
  readonly evaluatedNames?: readonly string[]
  /** The arguments that are evaluated when a pipeline or a run starts, without a batch. */
  readonly evaluatedAtStart?: (args: ActionArgs) => readonly string[]
  /** The arguments that are lists of actions. */
  readonly blocks?: readonly string[]
  /** True if it needs a live thing, which only TypeScript can name. Default false. */
  readonly needsLive?: boolean
  /** Which components it reads and writes, besides those of expressions. Default: none. */
  readonly components?: FactsOf
  /** True if it is allowed in `before` and `after`, without a batch. Default false. */
  readonly allowedInBeforeAfter?: boolean
  /** True if it works only on its batch; if its expressions do, too, it may run ahead of the batch's turn. Default false. */
  readonly batchLocal?: boolean
  /** True if it ignores the batch; if its expressions do too, later actions may run before it. Default false. */
  readonly ignoresBatch?: boolean
  /** True if the batches after it differ from those before it, so that it divides a pipeline into stages. Default false. */
  readonly changesBatches?: boolean
}

/** A function of the arguments as they are written, without defaults. */
type OfArguments<F, Args> = F extends ((args: any) => infer R) | undefined ? (args: Args) => R : never

type Functions = 'uses' | 'declares' | 'builds' | 'passes' | 'matches' | 'measures' | 'waitsFor' | 'evaluatedAtStart'

type ActionDefinition<O extends OptionTable> = Omit<ActionRow<O>, 'blocks' | Functions> & {
  readonly [F in Functions]?: OfArguments<ActionRow[F], WrittenOptions<O>>
} & {
  readonly blocks?: readonly (keyof O & string)[]
}

/**
 * A row of the action table.
 *
 * @example
 * const saveModel = action({
 *   summary: 'writes a model into a folder',
 *   args: options({ name: option('the model', string), path: option('the folder', evaluated(string)) }),
 *   uses: ({ name }) => [{ kind: 'model', name, path: ['name'] }],
 * })
 */
export function action<O extends OptionTable>(definition: ActionDefinition<O>): ActionRow<O> {
  return definition as ActionRow<O>
}
