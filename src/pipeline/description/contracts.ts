/**
 * What a pipeline requires of the live things it is bound to. Datasets, batch classes and models fit these shapes; the pipeline rooms know
 * nothing else about them, and those rooms need not know pipelines.
 */
import type { Options as OptionSet } from '../../options/index.js'
import type { JsonObject, JsonSchema } from '../../util/json.js'
import type { NdArray } from '../../util/nd-array.js'
import type { IterateOptions } from './batch-options.js'
import type { FactsOf } from './component-facts.js'

export type {
  BuildContext,
  ConfigCheck,
  ConfigOf,
  ConfigProblem,
  Feed,
  FetchValue,
  KnownData,
  Model,
  ModelClass,
  WeightChange,
  WeightFunction,
  ZeroCounts,
} from '../../contracts/models.js'

/** The position of an iterator: a few numbers, to be saved and restored in the middle of an epoch. */
export interface OrderState {
  /** The epoch the next item comes from, from 0. */
  readonly epoch: number
  /** The position of the next item in that epoch's order, from 0. */
  readonly position: number
  /** Batches returned so far. */
  readonly produced: number
  /** True if the end has been reached. */
  readonly done: boolean
}

/** An iteration over an order: pull-driven, O(batch) memory beyond one permutation. */
export interface BatchOrder {
  /** Positions (0 … length−1) of the next batch's items, or undefined at the end. */
  next(): Uint32Array | undefined
  readonly state: OrderState
  /** Total number of batches, or null if endless. */
  readonly total: number | null
}

/** A component's value: a numeric array whose first axis counts the items, or a list with one entry per item. */
export type ComponentValue = NdArray | readonly unknown[]

/** What an action of a batch class receives besides its options. */
export interface ActionContext {
  /** The seed of this batch and action: every random draw of the action derives from it. */
  readonly seed: number
  readonly signal?: AbortSignal
  /**
   * What actions keep between the batches of a run, by keys of their own: plain data, saved in checkpoints. Absent outside a run.
   * Replace values, do not change them.
   */
  readonly kept?: Map<string, unknown>
  /** The batches that a `join` before this action adds, in its order. */
  readonly joined?: readonly SourceBatch[]
  /** What a file may load: the URL of each module by its name in the file. Absent in TypeScript, which loads what it names. */
  readonly modules?: FileModules | undefined
}

/** The URLs of the modules that a file names, by their names in its description. No other module is loaded for it. */
export type FileModules = ReadonlyMap<string, string>

/** A row of a batch class's action table. */
export interface BatchAction<Batch = any, Options extends object = any> {
  /** One sentence, for documentation and the schema. */
  readonly summary: string
  /** JSON Schema of the options: an object schema with `properties`, `required`, `additionalProperties: false`. */
  readonly schema: JsonSchema
  /** The options as they were defined, with rules that a schema cannot say: checked before a run where no expression stands for one. */
  readonly options?: OptionSet
  /** Changes the batch in place. */
  readonly apply: (batch: Batch, options: Options, context: ActionContext) => void | Promise<void>
  /** True if it works on the items one by one: its options may then be `PerItem`, the value of `P` and `PP`. Default false. */
  readonly perItem?: boolean
  /** Which components it reads and writes. Without it, it may read and write any. */
  readonly components?: FactsOf
  /** The paths of its options that name modules whose code it runs. A file writes them out; `check` lists and verifies them. */
  readonly modules?: readonly (readonly string[])[]
  /** True if it never changes its options: those without expressions are then the same frozen object for each batch. Default false. */
  readonly keepsOptions?: boolean
  /** Paths of files that it begins anew in each run: two pipelines of an experiment must not share one. */
  readonly tables?: (options: Readonly<Record<string, unknown>>) => readonly string[]
  /** True if it changes more than its batch, e.g. writes a file: it is then never performed ahead of its turn. Default false. */
  readonly inTurn?: boolean
}
export type BatchActionTable = Readonly<Record<string, BatchAction>>

/** A batch being processed. */
export interface SourceBatch {
  /** The items' positions in the dataset. */
  readonly positions: ArrayLike<number>
  /** The items' ids in the dataset's index. */
  readonly indices: readonly unknown[]
  readonly length: number
  /** The current names of its components. */
  readonly componentNames: readonly string[]
  get(component: string): ComponentValue | undefined
  set(component: string, value: ComponentValue): void
}

/** A class of batches: the components it declares and its actions. */
export interface BatchClass<Name extends string = string, Actions extends BatchActionTable = BatchActionTable> {
  readonly name: string
  readonly components: readonly Name[]
  readonly actions: Actions
  /** One batch of the items of several; with `batchSize`, the items beyond it are the rest. */
  merge?(
    batches: readonly any[],
    batchSize?: number,
    components?: readonly string[],
  ): { readonly merged: SourceBatch; readonly rest: SourceBatch | undefined }
  /** A batch of existing components, e.g. saved ones. */
  create?(values: BatchValues): SourceBatch
}

/** Where the values of a batch come from. */
export interface BatchValues {
  readonly positions: Uint32Array
  readonly indices: readonly unknown[]
  /** The names of the components it has. */
  readonly names: readonly string[]
  take(name: string): ComponentValue
}

/** A dataset or a subset of one. */
/** A dataset in a few numbers. */
export interface DataFingerprint {
  readonly length: number
  readonly ids: string
  /** Of the sizes of files, if the items are files. */
  readonly files?: string
  /** The type and shape of an item, and a hash of some items, by component. */
  readonly components: Readonly<Record<string, { readonly type: string; readonly hash: string }>>
}

export interface SourceDataset<K extends BatchClass = BatchClass> {
  /** Its name in specs and errors, e.g. `mnist.train`. */
  readonly name: string
  readonly length: number
  readonly batchClass: K
  /** Attributes `D('…')` may read, e.g. `classes`. */
  readonly attributes: Readonly<Record<string, unknown>>
  /** How a file describes where it comes from, e.g. `{ openset: 'mnist' }`; a part has that of its whole. Absent for a user's own data. */
  readonly origin?: ({ readonly openset: string } & JsonObject) | undefined
  openOrder(options: IterateOptions, seed: number, state?: OrderState): BatchOrder
  /** The batch of the items at these positions. */
  batchByPos(positions: Uint32Array): SourceBatch | Promise<SourceBatch>
  /** The positions of the items with these ids. */
  positionsOf(ids: Iterable<unknown>): Uint32Array
  /** What a resumed run compares, to notice other data. Without it, only the length. */
  fingerprint?(): Promise<DataFingerprint>
  /** The components that its batches have before any action. Absent if that is not known. */
  readonly componentNames?: readonly string[]
}
