/** The types that check pipelines: what a batch class and the names of a pipeline allow in their arguments. */

import type { NdArray, TypedArray } from '../util/nd-array.js'
import type { ActionContext, BatchClass, ConfigOf, ModelClass, SourceBatch, WeightChange, WeightFunction } from './description/contracts.js'
import type { Expression } from './description/expressions/expression.js'
import type { AnyName } from './description/expressions/names.js'
import type { SaveMode } from './description/expressions/save-mode.js'
import type { ConfigOver, IsWidened } from './model-config-types.js'
import type { PlainDefault, ReadableComponent } from './pipeline-names.js'

/** The components of a batch class. */
export type ComponentName<K extends BatchClass> = K['components'][number]

/** The batches of a batch class. */
export type BatchOf<K extends BatchClass> = K extends { create(source: any): infer Batch extends SourceBatch } ? Batch : SourceBatch

/** An expression that reads only components of the batch and variables of the pipeline. */
export type ExpressionOver<K extends BatchClass, Names extends AnyName = AnyName> = Expression<Names | ReadableComponent<K, Names>>

/** An expression that reads no batch. */
export type BatchlessExpression<Names extends AnyName = AnyName> = Expression<Names>

/** Any value; expressions anywhere inside it may read only existing components and variables. */
export type ValueOver<K extends BatchClass, Names extends AnyName, Value> = ValueWith<ExpressionOver<K, Names>, Value>

/** A value that is known before there is a batch: expressions inside it read none. */
export type BatchlessValue<Names extends AnyName, Value> = ValueWith<BatchlessExpression<Names>, Value>

type ValueWith<Allowed, Value> =
  Value extends Expression<any>
    ? Allowed
    : Value extends readonly unknown[] | { readonly [key: string]: unknown }
      ? { readonly [Key in keyof Value]: ValueWith<Allowed, Value[Key]> }
      : Value

/** Plain data of any depth with expressions in it, over existing components and variables. */
export type DataOver<K extends BatchClass, Names extends AnyName = AnyName> =
  | ExpressionOver<K, Names>
  | NdArray
  | TypedArray
  | number
  | string
  | boolean
  | null
  | readonly DataOver<K, Names>[]
  | { readonly [key: string]: DataOver<K, Names> }

/** A function that builds a `tf.LayersModel` from a config. */
export type BuilderFunction = (config: any, tf: any) => object

/** What `initModel` takes: a class of models, a `tf.LayersModel` as it is, or a function that builds one. */
export type ModelSource = ModelClass | BuilderFunction | { readonly layers: readonly object[]; apply(...inputs: any[]): unknown }

/** What can be fed to a model's input. */
export type FeedValue<K extends BatchClass, Names extends AnyName = AnyName> =
  | ExpressionOver<K, Names>
  | NdArray
  | ArrayLike<number>
  | readonly DataOver<K, Names>[]
  | number

/**
 * A place to save a value in: `V('name')`, `B('component')`, `C('path')`, an attribute or item of one; an array, list or object of your
 * own, which is filled; or a list or object of places, which destructure a list or object of values.
 */
export type Destination<Names extends AnyName = any> =
  | Expression<string | Names>
  | NdArray
  | TypedArray
  | readonly unknown[]
  | { readonly [key: string]: unknown }

/** Options whose values, and the entries of lists in them, may be expressions. */
export type Evaluated<Options, K extends BatchClass, Names extends AnyName = AnyName> = {
  readonly [Key in keyof Options]: EvaluatedValue<Options[Key], K, Names>
}

type EvaluatedValue<Value, K extends BatchClass, Names extends AnyName> =
  | ExpressionOver<K, Names>
  | (Value extends readonly unknown[] ? { readonly [Position in keyof Value]: EvaluatedValue<Value[Position], K, Names> } : Value)

/** The options of an action of a batch class. */
export type OptionsOf<Action> = Action extends { apply(batch: any, options: infer Options, context: ActionContext): unknown }
  ? Options
  : never

/** Options of `merge` and `rebatch`. */
export interface MergeOptions<K extends BatchClass> {
  /** The components that are kept. Default: all. */
  readonly components?: readonly ComponentName<K>[]
}

/** No options other than the known ones, which the compiler does not enforce on an inferred type. */
type Only<Known, Options> = string extends keyof Known ? unknown : { readonly [Key in Exclude<keyof Options, keyof Known>]: never }

/** Options are an object of named values, not a number, string, list or map. */
interface NamedOptions {
  readonly [Symbol.iterator]?: never
}

/** Options of `initVariable`. */
export interface VariableOptions {
  /** Its value until another is saved; kept from run to run. Default null. */
  readonly default?: unknown
  /** Its value at the start of each run: plain data (copied each time), an expression, or a function that returns it. */
  readonly initOnEachRun?: unknown
}

/** The second argument of `initVariable`: a first value, or options, which are an object of named values. There is no batch to read. */
export type VariableOptionsOver<Names extends AnyName, Options> = Options extends PlainDefault
  ? Options & BatchlessValue<Names, NoInfer<Options>>
  : Options extends (...args: any[]) => unknown
    ? '{ initOnEachRun: () => value }'
    : [keyof Options] extends [never]
      ? '{ default: {} }'
      : Options & Only<VariableOptions, NoInfer<Options>> & BatchlessValue<Names, NoInfer<Options>>

/** Options of `initModel`. */
export interface ModelOptions<Config = Readonly<Record<string, unknown>>> extends NamedOptions {
  /** The model's config. Keys may be paths: `{ 'body/block/se_block': true }`. Values may be expressions; of a static model, none that read a batch. */
  readonly config?: Config | Expression<any>
}

/** Options of `initModel` whose config names the class: as `model`, or wherever an expression leads. */
export interface NamedModelOptions extends NamedOptions {
  readonly config: Expression<any> | { readonly model: string | ModelSource | Expression<any>; readonly [key: string]: unknown }
}

/** The class in a config; unknown where it is only named. */
export type ModelIn<Options> = Options extends { readonly config: { readonly model: infer M extends ModelSource } } ? M : unknown

/** Options of `initModel` as they are written. */
export type ModelOptionsOver<K extends BatchClass, Names extends AnyName, Mode, M, Options extends ModelOptions> =
  HasKeys<ConfigOf<M>, NonNullable<Exclude<Options['config'], Expression<any>>>> extends true
    ? ModelOptions<ConfigOver<ConfigOf<M>, Mode extends 'static' ? BatchlessExpression<Names> : ExpressionOver<K, Names>>>
    : Options &
        object &
        Only<ModelOptions, NoInfer<Options>> &
        (Mode extends 'static' ? BatchlessValue<Names, NoInfer<Options>> : ValueOver<K, Names, NoInfer<Options>>)

/** True if the class declares its keys, and the config has kept the types that it was written with. */
type HasKeys<Known, Config> = [Config] extends [never]
  ? false
  : string extends keyof Known | keyof Config
    ? false
    : Config extends Known
      ? true
      : IsWidened<Config> extends true
        ? false
        : true

/** Options of `trainModel`. */
export interface TrainOptions<K extends BatchClass, Names extends AnyName = AnyName, To = Destination<Names>> {
  /** The value fed to each input. */
  readonly feed: Readonly<Record<string, FeedValue<K, Names>>>
  /** What to fetch from the pass of the update: `loss`, `predictions`, a block or layer by its path; one or several. */
  readonly fetches?: string | readonly string[]
  /** Where fetched values are saved: one place, a list with one per fetch, or an object of places by fetch name. */
  readonly saveTo?: To
  readonly mode?: SaveMode
}

/** Options of `predictModel`. */
export interface PredictOptions<K extends BatchClass, Names extends AnyName = AnyName, To = Destination<Names>>
  extends TrainOptions<K, Names, To> {
  readonly fetches: string | readonly string[]
  readonly saveTo: To
}

/** Options of `getWeights`. */
export interface GetWeightsOptions<To = Destination> {
  /** Patterns of paths: `**\/kernel`, `head`, `!**\/bias` to exclude. Default: all weights. */
  readonly match?: string | readonly string[]
  readonly saveTo: To
  readonly mode?: SaveMode
}

type EvaluatedChange<Change, K extends BatchClass, Names extends AnyName> = Change extends unknown ? Evaluated<Change, K, Names> : never

/** Options of `transformWeights`. */
export interface TransformWeightsOptions<K extends BatchClass, Names extends AnyName = AnyName, To = Destination<Names>> {
  /** Patterns of paths: `**\/kernel`, `head`, `!**\/bias` to exclude. */
  readonly match: string | readonly string[]
  /** The change, or a function that returns the new values of a weight. */
  readonly by: WeightFunction | ExpressionOver<K, Names> | EvaluatedChange<WeightChange, K, Names>
  /** Where the counts of zeros are saved. */
  readonly saveTo?: To
  readonly mode?: SaveMode
}

/** Options of `call`. */
export interface CallOptions<Names extends AnyName = AnyName> extends NamedOptions {
  /** The function's arguments. Default: the batch. */
  readonly args?: readonly unknown[]
  readonly saveTo?: Destination<Names>
  readonly mode?: SaveMode
}

/** Options of `call` as they are written. */
export type CallOptionsOver<K extends BatchClass, Names extends AnyName, Options extends CallOptions<Names>> = Options &
  object &
  Only<CallOptions, NoInfer<Options>> & { readonly args?: ValueOver<K, Names, NoInfer<Options>['args']> }

/** The values of `print`. The last one may be its options: an object whose only entry is a string `label`. */
export type PrintValues<K extends BatchClass, Names extends AnyName, Values extends readonly unknown[]> = {
  readonly [At in keyof Values]: ValueOver<K, Names, Values[At]>
}
