/** What the rooms agree on about models: pipelines run them, the models room builds them, and neither knows the other. */
import type { JsonObject } from '../util/json.js'
import type { NdArray } from '../util/nd-array.js'

/** A problem of a model's config: where (path of keys) and what, in the parts of an error message. */
export interface ConfigProblem {
  /** Keys from the config's root as written by the user, e.g. `['body/block/se_blok']`. */
  readonly path: readonly (string | number)[]
  readonly what: string
  readonly allowed?: string
  readonly fix?: string
}

/** What is wrong with a model's config, and what is better said otherwise. */
export interface ConfigCheck {
  readonly errors: readonly ConfigProblem[]
  /** Remarks without effect, e.g. about old names of keys. */
  readonly notes: readonly ConfigProblem[]
}

/** What is known of the data that a model is trained on, before it is built. */
export interface KnownData {
  /** The shape of one item of each value that it is fed, by name; undefined for one that is not known. */
  readonly fed: Readonly<Record<string, readonly number[] | undefined>>
  /** The classes of the dataset: their number, or their labels in order. */
  readonly classes?: number | readonly unknown[]
}

/** What a model is built in: its name in the pipeline, the seed of its weights. */
export interface BuildContext {
  readonly name: string
  readonly seed: number
}

/**
 * Something `initModel` can build: a row of the zoo, or anything of this shape. Knowing it loads no TensorFlow; building does.
 * `Config` is the type that its configs are checked by where they are written.
 */
export interface ModelClass<Config = any> {
  readonly name: string
  /** Never set: it carries the type. */
  readonly configType?: Config
  /** What its config takes, in the language for options: for the schema of files. */
  readonly configOptions?: object
  /** Loads what building needs (TensorFlow), so that what is missing is known before a run starts. */
  prepare?(): Promise<unknown>
  /**
   * Every problem of a config, without building anything. Errors first; notes (old names) have `fix` and no effect. With what is known of
   * the data, what it leaves open and may be known later is no problem.
   */
  checkConfig?(config: JsonObject, data?: KnownData): ConfigCheck
  /** True if a config leaves something open that the data can say: a dynamic model is then built when it is first fed. */
  leavesOpen?(config: Readonly<Record<string, unknown>>): boolean
  /** A config with what the data say. What they do not say remains open. */
  withData?(config: Readonly<Record<string, unknown>>, data: KnownData): Readonly<Record<string, unknown>>
  build(config: Readonly<Record<string, unknown>>, context: BuildContext): Promise<Model>
}

/** The configs of a model class; any where it does not say. */
export type ConfigOf<M> = M extends { readonly configType?: infer Config }
  ? unknown extends Config
    ? Readonly<Record<string, unknown>>
    : Config
  : Readonly<Record<string, unknown>>

/** A name in a feed that is none of a model's inputs, an input that is not fed, or one whose items have another shape. */
export type FeedProblem =
  | { readonly misfit: string; readonly seen: string; readonly expected: string }
  | { readonly seen: string; readonly allowed: readonly string[] }
  | { readonly missing: string; readonly expected: string }

/** What is fed to a model: input name → values. Arrays stay the caller's. */
export type Feed = Readonly<Record<string, NdArray | readonly unknown[] | number>>

/** What a model returns: a number for a scalar (the loss), an array otherwise. */
export type FetchValue = number | NdArray

/** Weights by path: `body/group-0/block-0/conv-0/kernel`. */
export type Weights = Readonly<Record<string, NdArray>>

/** One of the changes of weights that need no function. */
export type WeightChange = { readonly zeroBelow: number } | { readonly zeroSmallest: number } | { readonly round: number }

/** Returns new values of a weight, in its shape; it does not change those that it gets. */
export type WeightFunction = (values: NdArray, path: string) => NdArray | readonly unknown[] | Promise<NdArray | readonly unknown[]>

/** How many values there are, and how many of them are 0. */
export interface ZeroCount {
  readonly values: number
  readonly zeros: number
  /** The share of zeros. */
  readonly share: number
}

/** Zeros among weights: all together, and of each by its path. */
export interface ZeroCounts extends ZeroCount {
  readonly byPath: Readonly<Record<string, ZeroCount>>
}

/** A model in a running pipeline. */
export interface Model {
  readonly name: string
  /** Names that can be fetched: `loss`, `predictions`, blocks and layers by path. */
  readonly fetchNames: readonly string[]
  /** The number of trainable parameters. */
  readonly parameterCount: number
  /** One optimization step; fetched values come from the same pass as the update. */
  train(feed: Feed, fetches: readonly string[]): Promise<readonly FetchValue[]>
  /** A forward pass in inference mode. */
  predict(feed: Feed, fetches: readonly string[]): Promise<readonly FetchValue[]>
  save(folder: string): Promise<void>
  /** Takes back what `save` wrote, so that it goes on with the very same numbers; a pipeline's state can be restored with it only. */
  restore?(folder: string): Promise<void>
  /** Copies of the weights that patterns of paths match. */
  getWeights?(match?: string | readonly string[]): Promise<Weights>
  /** Sets weights by their paths. */
  setWeights?(weights: Readonly<Record<string, NdArray | readonly unknown[]>>): Promise<void>
  /** Changes the weights that patterns of paths match, and counts zeros among them. */
  transformWeights?(match: string | readonly string[], by: WeightChange | WeightFunction): Promise<ZeroCounts>
  dispose(): void
}
