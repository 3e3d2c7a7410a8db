/** The types of the results of `evaluate` for count metrics. */
import type { Multiclass } from './averages.js'
import type { CanonicalName, NameIn } from './metric-name.js'
import type { CountName, metricRows } from './metric-rows.js'

/** The name of a metric, an alias of one, or BatchFlow's name: `truePositiveRate`, `recall`, `true_positive_rate`. */
export type CountMetricName = NameIn<typeof metricRows>

/** How values are averaged. */
export interface EvaluateOptions {
  /** Over items: `mean`, or null for a list with one entry per item. Default `mean`. */
  readonly agg?: 'mean' | null
  /** Over classes: `macro` is the mean, `micro` the ratio of sums, null a list with one entry per class. Default `macro`. */
  readonly multiclass?: Multiclass
  /** The classes that count. Default: all except a skipped background; the second of two classes. */
  readonly label?: number | readonly number[]
}

/** One entry per class; a number if only one class counts. */
export type PerClass = number | number[]

type OfItem<Name extends string, Options> =
  CanonicalName<typeof metricRows, Name> extends 'accuracy'
    ? number
    : CanonicalName<typeof metricRows, Name> extends CountName
      ? PerClass
      : Options extends { readonly multiclass: null }
        ? PerClass
        : number

/** The result of `evaluate` for one name. */
export type Evaluation<Name extends string, Options> = Options extends { readonly agg: null }
  ? OfItem<Name, Options>[]
  : OfItem<Name, Options>

/** The result of `evaluate` for several names. */
export type Evaluations<Names extends readonly string[], Options> = { [Name in Names[number]]: Evaluation<Name, Options> }
