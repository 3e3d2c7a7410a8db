/** The types pipelines are checked by: what a batch class allows in their arguments. */

import type { NdArray, TypedArray } from '../util/nd-array.js'
import type { Composed } from './composed.js'
import type { ActionContext, BatchAction, BatchClass, SourceBatch } from './description/contracts.js'
import type { Expression, UsesOf } from './description/expressions/expression.js'
import type { BatchFact } from './description/expressions/facts.js'
import type { SaveMode } from './description/expressions/save-mode.js'
import type { PipelineOf } from './pipeline-of.js'

/** The components of a batch class. */
export type ComponentName<K extends BatchClass> = K['components'][number]

/** The batches of a batch class. */
export type BatchOf<K extends BatchClass> = K extends { create(source: any): infer Batch extends SourceBatch } ? Batch : SourceBatch

/** An expression that reads no other components than the batch class has, and what every batch can tell. */
export type ExpressionOver<K extends BatchClass> = Expression<ComponentName<K> | BatchFact>

/** A value: anything, but expressions anywhere inside it only over components that are there. */
export type ValueOver<K extends BatchClass, Value> =
  Value extends Expression<any>
    ? ExpressionOver<K>
    : Value extends readonly unknown[] | { readonly [key: string]: unknown }
      ? { readonly [Key in keyof Value]: ValueOver<K, Value[Key]> }
      : Value

/** A value that is known before there is a batch: expressions inside it read none. */
export type BatchlessValue<Value> = [UsesOf<Value>] extends [never] ? Value : Expression<never>

/** Plain data of any depth with expressions in it, over components that are there. */
export type DataOver<K extends BatchClass> =
  | ExpressionOver<K>
  | NdArray
  | TypedArray
  | number
  | string
  | boolean
  | null
  | readonly DataOver<K>[]
  | { readonly [key: string]: DataOver<K> }

/** A function that builds a `tf.LayersModel` from a config. */
export type BuilderFunction = (config: any, tf: any) => object

/** What can be fed to a model's input. */
export type FeedValue<K extends BatchClass> = ExpressionOver<K> | NdArray | ArrayLike<number> | readonly DataOver<K>[] | number

/**
 * A place to save a value in: `V('name')`, `B('component')`, `C('path')`, an attribute or item of one; an array, list or object of your
 * own, which is filled; or a list or object of places, which take a list or object of values apart.
 */
export type Destination = Expression<any> | NdArray | TypedArray | readonly unknown[] | { readonly [key: string]: unknown }

/** Options whose values, and the entries of lists in them, may be expressions. */
export type Evaluated<Options, K extends BatchClass> = { readonly [Key in keyof Options]: EvaluatedValue<Options[Key], K> }

type EvaluatedValue<Value, K extends BatchClass> =
  | ExpressionOver<K>
  | (Value extends readonly unknown[] ? { readonly [Position in keyof Value]: EvaluatedValue<Value[Position], K> } : Value)

type OptionsOf<Action> = Action extends { apply(batch: any, options: infer Options, context: ActionContext): unknown } ? Options : never
type RequiredKeys<Options> = { [Key in keyof Options]-?: {} extends Pick<Options, Key> ? never : Key }[keyof Options]

type ActionMethod<Action extends BatchAction, K extends BatchClass, Result> = [RequiredKeys<OptionsOf<Action>>] extends [never]
  ? (options?: Evaluated<OptionsOf<Action>, K>) => Result
  : (options: Evaluated<OptionsOf<Action>, K>) => Result

/** The actions of a batch class as methods that give `Result`. */
export type ActionMethods<K extends BatchClass, Result> = {
  readonly [Name in keyof K['actions'] & string as string extends Name ? never : Name]: ActionMethod<K['actions'][Name], K, Result>
}

/** Actions inside an action: a pipeline's, or those that a function adds to the empty pipeline it gets. */
export type Block<K extends BatchClass> = Composed<any> | ((empty: PipelineOf<K>) => Composed<any>)

/** Options of `merge` and `rebatch`. */
export interface MergeOptions<K extends BatchClass> {
  /** The components that are kept. Default: all. */
  readonly components?: readonly ComponentName<K>[]
}

/** No other options than the known ones: what the compiler does not ask of a type it infers. */
type Only<Known, Options> = { readonly [Key in Exclude<keyof Options, keyof Known>]: never }

/** Options of `initVariable`. */
export interface VariableOptions {
  /** Its value until something is saved; kept from run to run. Default null. */
  readonly default?: unknown
  /** Its value at the start of each run: plain data (copied each time), an expression, or a function that makes it. */
  readonly initOnEachRun?: unknown
}

/** Options of `initVariable` as they are written: there is no batch to read. */
export type VariableOptionsOver<Options> = Options & Only<VariableOptions, NoInfer<Options>> & BatchlessValue<NoInfer<Options>>

/** Options of `initModel`. */
export interface ModelOptions {
  /** The model's config. Keys may be paths: `{ 'body/block/se_block': true }`. Values may be expressions; in a static model not of a batch. */
  readonly config?: Readonly<Record<string, unknown>>
}

/** Options of `initModel` as they are written. */
export type ModelOptionsOver<K extends BatchClass, Mode, Options> = Options &
  Only<ModelOptions, NoInfer<Options>> &
  (Mode extends 'static' ? BatchlessValue<NoInfer<Options>> : ValueOver<K, NoInfer<Options>>)

/** Options of `trainModel`. */
export interface TrainOptions<K extends BatchClass> {
  /** What each input is fed. */
  readonly feed: Readonly<Record<string, FeedValue<K>>>
  /** What to fetch from the same pass as the update: `loss`, `predictions`, a block or layer by its path; one or several. */
  readonly fetches?: string | readonly string[]
  /** Where what was fetched is saved: one place, a list with one for each, or an object of places by the names of the fetches. */
  readonly saveTo?: Destination
  readonly mode?: SaveMode
}

/** Options of `predictModel`. */
export interface PredictOptions<K extends BatchClass> extends TrainOptions<K> {
  readonly fetches: string | readonly string[]
  readonly saveTo: Destination
}

/** Options of `call`. */
export interface CallOptions {
  /** The function's arguments; without them it gets the batch. */
  readonly args?: readonly unknown[]
  readonly saveTo?: Destination
  readonly mode?: SaveMode
}

/** Options of `call` as they are written. */
export type CallOptionsOver<K extends BatchClass, Options extends CallOptions> = Options &
  Only<CallOptions, NoInfer<Options>> & { readonly args?: ValueOver<K, NoInfer<Options>['args']> }

/** The values of `print`. The last one may be its options: an object with nothing but a `label` that is a text. */
export type PrintValues<K extends BatchClass, Values extends readonly unknown[]> = {
  readonly [At in keyof Values]: ValueOver<K, Values[At]>
}
