/** The types of what `evaluate` gives for metrics of counts. */
import type { Multiclass } from './averages.js'
import type { CanonicalName, NameIn } from './metric-name.js'
import type { CountName, metricRows } from './metric-rows.js'

/** The name of a metric, an alias of one, or BatchFlow's name: `truePositiveRate`, `recall`, `true_positive_rate`. */
export type CountMetricName = NameIn<typeof metricRows>

/** How values are averaged. */
export interface EvaluateOptions {
  /** Over items: their mean (the default), or null for a list with one entry an item. */
  readonly agg?: 'mean' | null
  /** Over classes: `macro`, the mean (the default), `micro`, the ratio of sums, or null for a list with one entry a class. */
  readonly multiclass?: Multiclass
  /** The classes that count. Default: all, without the background where it is skipped; in a task of two the second. */
  readonly label?: number | readonly number[]
}

/** One entry a class; a number where just one class counts. */
export type PerClass = number | number[]

type OfItem<Name extends string, Options> =
  CanonicalName<typeof metricRows, Name> extends 'accuracy'
    ? number
    : CanonicalName<typeof metricRows, Name> extends CountName
      ? PerClass
      : Options extends { readonly multiclass: null }
        ? PerClass
        : number

/** What `evaluate` gives for one name. */
export type Evaluation<Name extends string, Options> = Options extends { readonly agg: null }
  ? OfItem<Name, Options>[]
  : OfItem<Name, Options>

/** What `evaluate` gives for several. */
export type Evaluations<Names extends readonly string[], Options> = { [Name in Names[number]]: Evaluation<Name, Options> }
