import { type Options, type OptionTable, reader, type ValuesOf, type WrittenOptions } from '../../options/index.js'
import type { FactsOf } from '../../pipeline/description/component-facts.js'
import type { ActionContext, BatchAction } from '../../pipeline/description/contracts.js'
import type { Batch } from './batch.js'

/** An action of a batch class with its options. */
export interface BatchActionDefinition<O extends OptionTable, Target> {
  /** One sentence, for docs and the schema. */
  readonly summary: string
  readonly options: Options<O>
  /** True if it works on the items one by one: then its options may be `PerItem`, the values of `P` and `PP`. Default false. */
  readonly perItem?: boolean
  /** Which components it reads and writes, as its options say: see `sourceToTarget`. Default: it may read and write any. */
  readonly components?: FactsOf
  /** The paths of options that name modules whose code it runs. */
  readonly modules?: readonly (readonly string[])[]
  /** Paths of files that it begins anew in each run: two pipelines of an experiment must not share one. */
  readonly tables?: BatchAction['tables']
  /** True if it changes more than its batch, e.g. writes a file: it is then never performed ahead of its turn. Default false. */
  readonly inTurn?: boolean
  /** Changes the batch in place. Options have been checked and have their defaults. */
  readonly apply: (batch: Target, options: ValuesOf<O>, context: ActionContext) => void | Promise<void>
}

/**
 * An action of a batch class whose options are checked before it is applied, and have their defaults.
 *
 * @example
 * const amplify = batchAction({
 *   summary: 'Multiplies the waves.',
 *   options: options({ by: option('the factor', number({ above: 0 }), { default: 2 }) }),
 *   apply: (batch, { by }) => batch.set('waves', (batch.get('waves') as NdArray).cast('float32', by)),
 * })
 * const Sounds = defineBatch({ name: 'Sounds', components: { waves: component.array('samples') }, actions: { amplify } })
 *
 * The action throws MillraceError `wrong-value`, `unknown-option`, `missing-argument`.
 *
 * BatchFlow: `@action`.
 */
export function batchAction<O extends OptionTable, Target = Batch<any>>({
  options,
  apply,
  ...row
}: BatchActionDefinition<O, Target>): BatchAction<Target, WrittenOptions<O>> {
  const readOptions = reader(options, 'the action')
  return {
    ...row,
    options,
    schema: options.schema,
    keepsOptions: true,
    apply: (batch, written, context) => apply(batch, readOptions(written), context),
  }
}
