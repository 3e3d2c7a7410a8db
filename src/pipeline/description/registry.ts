/** The names a file may use, and what is known about each without running anything. */
import type { ChartKind } from '../../contracts/charts.js'
import type { JsonObject, JsonSchema } from '../../util/json.js'
import type { ItemShape } from './component-facts.js'
import type { BatchClass, ModelClass, SourceDataset } from './contracts.js'

/** A source of data by name, e.g. `mnist`. Knowing it reads no file; `load` does. */
export interface OpensetRow {
  readonly summary: string
  /** JSON Schema of its options (without `openset` itself). */
  readonly schema: JsonSchema
  /** The parts it is split into, e.g. `['train', 'test']`. */
  readonly parts: readonly string[]
  readonly batchClass: BatchClass
  /** The components that its batches have before any action, by its options; undefined if only the data say. */
  componentNames?(options: JsonObject): readonly string[] | undefined
  /** The shapes of the items of components, by its options; those that only the data say are omitted. */
  itemShapes?(options: JsonObject): Readonly<Record<string, ItemShape>>
  /** The classes of its labels, by its options: their number, or the labels in order; undefined if only the data say. */
  classes?(options: JsonObject): number | readonly unknown[] | undefined
  /** Attributes `D('…')` may read. */
  readonly attributes: readonly string[]
  /** The dataset; its parts are its properties, e.g. `.train`. The options are valid under the schema. */
  load(options: any): Promise<SourceDataset>
}

export interface Registry {
  readonly opensets: Readonly<Record<string, OpensetRow>>
  readonly models: Readonly<Record<string, ModelClass>>
  readonly charts: Readonly<Record<string, ChartKind>>
}
