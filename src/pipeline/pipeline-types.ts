/** The types pipelines are checked by: what a batch class allows in their arguments. */
import type { Composed } from './composed.js'
import type { PipelineOf } from './pipeline-of.js'
import type { ActionContext, BatchAction, BatchClass, ComponentValue, SourceBatch } from './spec/contracts.js'
import type { Expression } from './spec/expression.js'
import type { BatchFact } from './spec/facts.js'
import type { SaveMode } from './spec/save-mode.js'

/** The components of a batch class. */
export type ComponentName<K extends BatchClass> = K['components'][number]

/** The batches of a batch class. */
export type BatchOf<K extends BatchClass> = K extends { create(source: any): infer Batch extends SourceBatch } ? Batch : SourceBatch

/** An expression that reads no other components than the batch class has, and what every batch can tell. */
export type ExpressionOver<K extends BatchClass> = Expression<ComponentName<K> | BatchFact>

/** A value: anything, but an expression only over components that are there. */
export type ValueOver<K extends BatchClass, Value> = Value extends Expression<any> ? ExpressionOver<K> : Value

/** A function that builds a `tf.LayersModel` from a config. */
export type BuilderFunction = (config: any, tf: any) => object

/** What can be fed to a model's input. */
export type FeedValue<K extends BatchClass> = ExpressionOver<K> | ComponentValue | ArrayLike<number> | number

/** A place to save a value in: `V('name')`, `B('component')`, an item of one. */
export type Destination = Expression<any>

/** Options whose values may be expressions. */
export type Evaluated<Options, K extends BatchClass> = { readonly [Key in keyof Options]: Options[Key] | ExpressionOver<K> }

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

/** Options of `initVariable`. */
export interface VariableOptions {
  /** Its value until something is saved; kept from run to run. Default null. */
  readonly default?: unknown
  /** Its value at the start of each run: plain data (copied each time), an expression, or a function that makes it. */
  readonly initOnEachRun?: unknown
}

/** Options of `initModel`. */
export interface ModelOptions {
  /** The model's config. Keys may be paths: `{ 'body/block/se_block': true }`. Values may be expressions; in a static model not of a batch. */
  readonly config?: Readonly<Record<string, unknown>>
}

/** Options of `trainModel`. */
export interface TrainOptions<K extends BatchClass> {
  /** What each input is fed. */
  readonly feed: Readonly<Record<string, FeedValue<K>>>
  /** What to fetch from the same pass as the update: `loss`, `predictions`, a block or layer by its path; one or several. */
  readonly fetches?: string | readonly string[]
  /** Where what was fetched is saved: one place, or one for each. */
  readonly saveTo?: Destination | readonly Destination[]
  readonly mode?: SaveMode
}

/** Options of `predictModel`. */
export interface PredictOptions<K extends BatchClass> extends TrainOptions<K> {
  readonly fetches: string | readonly string[]
  readonly saveTo: Destination | readonly Destination[]
}

/** Options of `call`. */
export interface CallOptions<K extends BatchClass> {
  /** The function's arguments; without them it gets the batch. */
  readonly args?: readonly (ExpressionOver<K> | unknown)[]
  readonly saveTo?: Destination
  readonly mode?: SaveMode
}
