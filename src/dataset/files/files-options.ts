/** How the files of a dataset are read. */
export interface FilesOptions<Name extends string = string> {
  /** The column of a component, where it is called otherwise. */
  readonly columns?: Readonly<Partial<Record<Name, string>>>
  /** The column that holds the ids. Ids are 0 … n−1 if left out. */
  readonly ids?: string
  /** The shape of a component's items, where the file keeps them flat. */
  readonly shapes?: Readonly<Partial<Record<Name, readonly number[]>>>
  /** How many bytes of decoded row groups of a Parquet file are kept for the batches to come. Default 64 MiB. */
  readonly keptBytes?: number
}
