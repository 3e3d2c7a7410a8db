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
  /** Every problem of a config, without building anything. Errors first; notes (old names) have `fix` and no effect. */
  checkConfig?(config: JsonObject): ConfigCheck
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
  dispose(): void
}
