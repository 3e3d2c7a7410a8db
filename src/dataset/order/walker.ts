/** The iteration of a dataset without a pipeline. */
import { fail } from '../../errors/index.js'
import { type Notifier, notifier, openNotifier } from '../../notifier/index.js'
import { option, options, read, type WrittenOf } from '../../options/index.js'
import { seed, walkOptions } from '../../pipeline/description/batch-options.js'
import type { BatchOrder, SourceBatch, SourceDataset } from '../../pipeline/description/contracts.js'
import { endlessUnlessTold, type SizedArguments, toSizedOptions } from '../../pipeline/run-arguments.js'
import { describeValue } from '../../util/describe-value.js'

const walkerTable = {
  seed: option('the seed of shuffle: true', seed, { default: 0 }),
  notifier: option('shows the progress, as in run; there are no variables', notifier, { optional: true }),
}
const ownOptions = options(walkerTable)
const walkerOptions = options({ ...walkOptions.table, ...walkerTable })

/** Options of iterating over a dataset without a pipeline. */
export interface WalkOptions extends WrittenOf<typeof walkerOptions> {}

/** `{ batchSize: 300, … }`, or the batch size first and the rest after it, as for pipelines. */
export type WalkArguments = SizedArguments<WalkOptions>

interface OpenWalk {
  order: BatchOrder
  readonly notifier: Notifier | undefined
}

/** Starts an iteration. */
function openWalk(dataset: SourceDataset, { seed: from, notifier: shown, ...walk }: WalkOptions): OpenWalk {
  const { seed, notifier } = read(ownOptions, { seed: from, notifier: shown }, 'an iteration over a dataset')
  const order = dataset.openOrder(walk, seed)
  const opened: { order: BatchOrder; notifier: Notifier | undefined } = { order, notifier: undefined }
  const watched = {
    name: dataset.name,
    get total() {
      return opened.order.total
    },
    variables: [],
    read: () => undefined,
  }
  opened.notifier = openNotifier(notifier, watched)
  return opened
}

/** Yields the batches of a new iteration. */
export async function* walkBatches(dataset: SourceDataset, args: WalkArguments): AsyncGenerator<SourceBatch, void, void> {
  const { order, notifier } = openWalk(dataset, toSizedOptions(args))
  try {
    for (let positions = order.next(); positions; positions = order.next()) {
      const batch = await dataset.batchByPos(positions)
      await notifier?.batch(order.state.produced)
      yield batch
    }
    await notifier?.end()
  } finally {
    notifier?.close()
  }
}

/** The iteration that `nextBatch` continues, call by call. */
export class Walker {
  #walk: { readonly open: OpenWalk; readonly options: WalkOptions; batchSize: number; isOver: boolean } | undefined

  /**
   * Returns the next batch. The first call starts the iteration, endless by default; later ones pass the same options or none, and a batch
   * size of their own if they like.
   *
   * @throws MillraceError `no-batch-size`, `changed-options`, `end-of-data`, and those of `openOrder`
   */
  async next(dataset: SourceDataset, args: WalkArguments | readonly []): Promise<SourceBatch> {
    if (args.length === 0) this.#walk ?? fail('no-batch-size', undefined)
    else this.#start(dataset, toSizedOptions(args))
    const { open, isOver } = this.#walk!
    const { order, notifier } = open
    const positions = isOver ? undefined : order.next()
    const { produced } = order.state
    if (positions === undefined) {
      this.#walk!.isOver = true
      await notifier?.end()
      return fail('end-of-data', { produced })
    }
    const batch = await dataset.batchByPos(positions)
    await notifier?.batch(produced)
    return batch
  }

  reset(): void {
    this.#walk?.open.notifier?.close()
    this.#walk = undefined
  }

  #start(dataset: SourceDataset, options: WalkOptions): void {
    const { batchSize } = options
    this.#walk ??= { open: openWalk(dataset, endlessUnlessTold(options)), options, batchSize, isOver: false }
    const walk = this.#walk
    const [seen, started] = [options, walk.options].map(describeOthers)
    // Two functions look the same in the error; the options are equal only if they are the same function.
    if (seen !== started || options.shuffle !== walk.options.shuffle) fail('changed-options', { seen: seen!, started: started! })
    if (batchSize === walk.batchSize) return
    const { seed = 0, notifier: _, ...walked } = endlessUnlessTold(options)
    walk.open.order = dataset.openOrder(walked, seed, walk.open.order.state)
    walk.batchSize = batchSize
  }
}

/** The options that are those of the first call; the batch size may change. */
function describeOthers({ shuffle, epochs, iterations, tail, dropLast, seed }: WalkOptions): string {
  const order = typeof shuffle === 'function' ? describeValue(shuffle) : shuffle
  return describeValue({ shuffle: order, epochs, iterations, tail, dropLast, seed })
}
