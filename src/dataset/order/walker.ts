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
  readonly order: BatchOrder
  readonly notifier: Notifier | undefined
}

/** Starts an iteration. */
function openWalk(dataset: SourceDataset, { seed: from, notifier: shown, ...walk }: WalkOptions): OpenWalk {
  const { seed, notifier } = read(ownOptions, { seed: from, notifier: shown }, 'an iteration over a dataset')
  const order = dataset.openOrder(walk, seed)
  const watched = { name: dataset.name, total: order.total, variables: [], read: () => undefined }
  return { order, notifier: openNotifier(notifier, watched) }
}

/** Yields the batches of a new iteration. */
export async function* walkBatches(dataset: SourceDataset, args: WalkArguments): AsyncGenerator<SourceBatch, void, void> {
  const { order, notifier } = openWalk(dataset, toSizedOptions(args))
  try {
    for (let positions = order.next(); positions; positions = order.next()) {
      const batch = await dataset.createBatch(positions)
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
  #walk: (OpenWalk & { readonly started: string; readonly shuffle: unknown }) | undefined

  /**
   * Returns the next batch. The first call starts the iteration, endless by default; later ones pass the same options or none.
   *
   * @throws MillraceError `no-batch-size`, `changed-options`, `end-of-data`, and those of `openOrder`
   */
  async next(dataset: SourceDataset, args: WalkArguments | readonly []): Promise<SourceBatch> {
    if (args.length === 0) this.#walk ?? fail('no-batch-size', undefined)
    else this.#start(dataset, toSizedOptions(args))
    const { order, notifier } = this.#walk!
    const positions = order.next()
    const { produced } = order.state
    if (positions === undefined) {
      await notifier?.end()
      return fail('end-of-data', { produced })
    }
    const batch = await dataset.createBatch(positions)
    await notifier?.batch(produced)
    return batch
  }

  reset(): void {
    this.#walk?.notifier?.close()
    this.#walk = undefined
  }

  #start(dataset: SourceDataset, options: WalkOptions): void {
    const { batchSize, shuffle, epochs, iterations, tail, dropLast, seed } = options
    const seen = describeValue({
      batchSize,
      shuffle: typeof shuffle === 'function' ? describeValue(shuffle) : shuffle,
      epochs,
      iterations,
      tail,
      dropLast,
      seed,
    })
    this.#walk ??= { ...openWalk(dataset, endlessUnlessTold(options)), started: seen, shuffle }
    // Two functions look the same in the error; the options are equal only if they are the same function.
    if (seen !== this.#walk.started || shuffle !== this.#walk.shuffle) fail('changed-options', { seen, started: this.#walk.started })
  }
}
