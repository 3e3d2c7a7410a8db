/** Options of reading the files of a dataset. */
export interface FilesOptions<Name extends string = string> {
  /** The column of a component, if its name differs. */
  readonly columns?: Readonly<Partial<Record<Name, string>>>
  /** The column of the ids. Default: ids are 0 … n−1. */
  readonly ids?: string
  /** The shape of a component's items, if the file stores them flat. */
  readonly shapes?: Readonly<Partial<Record<Name, readonly number[]>>>
  /** Bytes of decoded row groups of a Parquet file to keep for later batches. Default 64 MiB. */
  readonly keptBytes?: number
}
