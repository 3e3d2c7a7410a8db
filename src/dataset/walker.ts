/** The walk of a dataset without a pipeline. */
import { fail } from '../errors/index.js'
import { endlessUnlessTold, type SizedArguments, toSizedOptions } from '../pipeline/run-arguments.js'
import type { BatchOrder, IterateOptions, SourceDataset } from '../pipeline/spec/contracts.js'
import { show } from './show.js'

/** How a dataset is walked without a pipeline. */
export interface WalkOptions extends IterateOptions {
  /** What `shuffle: true` draws its order from. Default 0. */
  readonly seed?: number
}

/** `{ batchSize: 300, … }`, or the batch size first and the rest after it: as for pipelines. */
export type WalkArguments = SizedArguments<WalkOptions>

/** Opens the order of a fresh walk. */
export function openWalk(dataset: SourceDataset, args: WalkArguments): BatchOrder {
  const { seed = 0, ...options } = toSizedOptions(args)
  return dataset.openOrder(options, seed)
}

/** The walk that `nextBatch` goes on with, call by call. */
export class Walker {
  #walk: { readonly order: BatchOrder; readonly started: string; readonly shuffle: unknown } | undefined

  /**
   * The positions of the next batch. The first call opens the walk, endless unless told; later ones come with the same options or none.
   *
   * @throws MillraceError `no-batch-size`, `changed-options`, `end-of-data`, and those of `openOrder`
   */
  next(dataset: SourceDataset, args: WalkArguments | readonly []): Uint32Array {
    if (args.length === 0) this.#walk ?? fail('no-batch-size', undefined)
    else this.#start(dataset, toSizedOptions(args))
    const { order } = this.#walk!
    return order.next() ?? fail('end-of-data', { produced: order.state.produced })
  }

  reset(): void {
    this.#walk = undefined
  }

  #start(dataset: SourceDataset, options: WalkOptions): void {
    const { batchSize, shuffle, epochs, iterations, tail, dropLast, seed } = options
    const seen = show({
      batchSize,
      shuffle: typeof shuffle === 'function' ? show(shuffle) : shuffle,
      epochs,
      iterations,
      tail,
      dropLast,
      seed,
    })
    this.#walk ??= { order: openWalk(dataset, [endlessUnlessTold(options)]), started: seen, shuffle }
    // Two functions read the same in words; they are the same walk only where they are one function.
    if (seen !== this.#walk.started || shuffle !== this.#walk.shuffle) fail('changed-options', { seen, started: this.#walk.started })
  }
}
