/** `gatherMetrics`: what each kind of metrics takes, and how it is described. */
import { fail } from '../errors/index.js'
import type { LossMetrics, MetricsClass, MetricsKind, OptionsOfKind } from '../metrics/index.js'
import type { BatchClass } from './description/contracts.js'
import type { AnyName } from './description/expressions/names.js'
import type { SaveMode } from './description/expressions/save-mode.js'
import { checkGatherArguments, type GatherName, type gatherRows, isGatherName, toGatherName } from './description/metrics-kinds.js'
import type { DataOver, Destination, ExpressionOver } from './pipeline-types.js'

/** What `gatherMetrics` computes: a kind by its name, or a class of metrics. */
export type GatherKind = GatherName | MetricsClass

/** What is compared: arrays, lists, or expressions over existing components. */
interface Compared<K extends BatchClass, Names extends AnyName> {
  readonly targets: DataOver<K, Names>
  readonly predictions: DataOver<K, Names>
}

interface LossOf<K extends BatchClass, Names extends AnyName> {
  readonly loss: number | ExpressionOver<K, Names>
  /** The weight of the batch's loss in the mean. Default: the number of its items. */
  readonly batchLen?: number | ExpressionOver<K, Names>
}

/** Options whose values may be expressions, except choices between words and booleans. */
type Options<Known, K extends BatchClass, Names extends AnyName> = {
  readonly [Key in keyof Known]: Key extends 'fmt' | 'skipBg' | 'multi' ? Known[Key] : Known[Key] | DataOver<K, Names>
}

type OfKind<Kind extends MetricsKind, K extends BatchClass, Names extends AnyName> = Kind extends 'loss'
  ? LossOf<K, Names>
  : Compared<K, Names> & Options<OptionsOfKind[Kind], K, Names>

type OfClass<Class, K extends BatchClass, Names extends AnyName> = Class extends typeof LossMetrics
  ? LossOf<K, Names>
  : Class extends new (
        targets: any,
        predictions: any,
        options?: infer Known,
      ) => unknown
    ? Compared<K, Names> & Options<Known, K, Names>
    : never

/** Options of `gatherMetrics` for a kind or class of metrics, and where the metrics are saved. */
export type GatherOptions<K extends BatchClass, Names extends AnyName, Kind, To = Destination<Names>> = (Kind extends GatherName
  ? OfKind<(typeof gatherRows)[Kind], K, Names>
  : OfClass<Kind, K, Names>) & {
  readonly saveTo: To
  /** `write` (default): of the last batch; `append`: items are added after earlier ones; `update`: all are summed up in one item. */
  readonly mode?: SaveMode
}

/**
 * The action's arguments: a class of this package becomes its name, the beginning of a name the full name.
 *
 * @throws MillraceError `metrics-kind`, `wrong-value`, `unknown-option`, `missing-argument`
 */
export function gatherArguments(kind: unknown, options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { saveTo: _place, mode: _mode, ...own } = options
  if (typeof kind !== 'string' && typeof kind !== 'function') {
    fail('wrong-value', { name: 'kind of gatherMetrics', seen: String(kind), allowed: 'a name, or a class of metrics' })
  }
  // A user's class that extends one of Millrace's inherits its name, but is a different class.
  const name = typeof kind === 'string' ? kind : Object.hasOwn(kind, 'kind') ? (kind as { kind?: unknown }).kind : undefined
  if (typeof kind === 'function' && !isGatherName(name)) return { kind, ...options }
  const found = toGatherName(name as string)
  checkGatherArguments(found, own)
  return { kind: found, ...options }
}
