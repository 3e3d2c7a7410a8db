/** What is known of an action without running it. */
import type { Options, OptionTable, ValuesOf } from '../../options/index.js'
import type { JsonObject, JsonSchema, JsonValue } from '../../util/json.js'

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
  /** The pipeline it is taken from. */
  readonly from?: string
  /** True if the name must not be taken. Default false: what had it is replaced. */
  readonly isNew?: boolean
}

/** A model that an action builds. */
export interface ModelBuild {
  readonly modelClass: string
  readonly name: string
  readonly config: JsonObject
  /** `static` or `dynamic`. */
  readonly mode: string
  /** The argument that holds the config. */
  readonly configKey: string
}

export type ActionArgs = Readonly<Record<string, JsonValue>>

/** A row of the action table: `description/actions/<name>.ts` describes, `run/handlers/<name>.ts` does. */
export interface ActionRow {
  /** One sentence, for docs and the schema. */
  readonly summary: string
  /** JSON Schema of the arguments (an object). */
  readonly schema: JsonSchema
  /** Names that must have been declared. Expressions inside the arguments are found without its help. */
  readonly uses?: (args: ActionArgs) => readonly NameUse[]
  /** Names this action declares for the actions after it. */
  readonly declares?: (args: ActionArgs) => readonly Declaration[]
  /** The model it builds. */
  readonly builds?: (args: ActionArgs) => ModelBuild
  /** What it fetches from a model. */
  readonly fetches?: (args: ActionArgs) => { readonly model: string; readonly names: readonly string[] }
  /** The pipelines whose batches it asks for: they must not ask for batches of its own pipeline. */
  readonly waitsFor?: (args: ActionArgs) => readonly NameUse[]
  /** The arguments that are evaluated when a pipeline or a run starts, where there is no batch. */
  readonly evaluatedAtStart?: (args: ActionArgs) => readonly string[]
  /** The arguments that are lists of actions. */
  readonly blocks?: readonly string[]
  /** True if it needs a live thing, which only TypeScript can name. Default false. */
  readonly needsLive?: boolean
  /** True if it can give a batch components of any name. Default false. */
  readonly addsComponents?: boolean
  /** True if it is allowed in `before` and `after`, where there is no batch. Default false. */
  readonly allowedInBeforeAfter?: boolean
  /** True if it works on nothing but its batch; if its expressions do too, it may run ahead of the batch's turn. Default false. */
  readonly batchLocal?: boolean
  /** True if it ignores the batch; if its expressions do too, later actions may run before it. Default false. */
  readonly ignoresBatch?: boolean
  /** True if the batches after it differ from those before it, so that it divides a pipeline into stages. Default false. */
  readonly changesBatches?: boolean
}

/** A row whose arguments are options: their schema and the types that its handler reads follow. */
export interface TypedActionRow<O extends OptionTable = any> extends ActionRow {
  readonly args: Options<O>
}

interface ActionDefinition<O extends OptionTable> extends Omit<ActionRow, 'schema' | 'uses' | 'declares' | 'blocks'> {
  /** The arguments. */
  readonly args: Options<O>
  readonly uses?: (args: ValuesOf<O>) => readonly NameUse[]
  readonly declares?: (args: ValuesOf<O>) => readonly Declaration[]
  readonly blocks?: readonly (keyof O & string)[]
}

/**
 * A row of the action table.
 *
 * @example
 * export const saveModel = action({
 *   summary: 'writes a model into a folder',
 *   args: options({ name: option('the model', string), path: option('the folder', evaluated(string)) }),
 *   uses: ({ name }) => [{ kind: 'model', name, path: ['name'] }],
 * })
 */
export function action<O extends OptionTable>(definition: ActionDefinition<O>): TypedActionRow<O> {
  return { ...definition, schema: definition.args.schema } as TypedActionRow<O>
}

/** Schema of a value that may be an expression anywhere inside. */
export const anyValue: JsonSchema = {}

/** Schema of a reference to something by name. */
export const nameSchema = (description: string): JsonSchema => ({ type: 'string', minLength: 1, description })

export const feedSchema: JsonSchema = {
  type: 'object',
  description: 'what each input of the model is fed: input name → expression',
  additionalProperties: anyValue,
  minProperties: 1,
}

export const modeSchema: JsonSchema = {
  enum: ['write', 'append', 'extend', 'update', 'w', 'a', 'e', 'u'],
  description: 'how it is saved: write (default), append, extend, update',
}

export const fetchesSchema: JsonSchema = {
  description: 'what the model gives: loss, predictions, or a block or layer by its path; one or a list',
  anyOf: [
    { type: 'string', minLength: 1 },
    { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 },
  ],
}

/** Schema of an argument that says where a value is saved. */
export const destinationSchema: JsonSchema = {
  description: 'where it is saved: !V name, !B component, an item of one, or a list or map with a place for each part',
  anyOf: [{ type: 'object' }, { type: 'array', items: { type: ['object', 'array'], $comment: 'places' }, minItems: 1 }],
}
