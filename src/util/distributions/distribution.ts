/** The definition of a distribution: its parameters with their allowed values, and a draw that is a pure function of seed and counter. */

/** A random variable: its value at a position of a stream. Any value can be computed without those before it. */
export type Draw<Value = unknown> = (seed: number, counter: number) => Value

/** A parameter: its allowed values, and how a given value is converted. */
export interface Parameter<Value = any, Given = Value> {
  /** For errors and docs. */
  readonly allowed: string
  /** Converts a given value; undefined if it is not allowed. */
  readonly read: (given: unknown) => Value | undefined
  /** The default. A parameter without one is required. */
  readonly standard?: unknown
  /** Never set: carries the type of a given value. */
  readonly given?: Given
}

/** An optional parameter. */
export type OptionalParameter<Value = any, Given = Value> = Parameter<Value, Given> & { readonly standard: unknown }

export type ParameterTable = Readonly<Record<string, Parameter>>

/** The values of parameters, as a draw receives them. */
export type ValuesOf<Table extends ParameterTable> = {
  readonly [Name in keyof Table]: Table[Name] extends Parameter<infer Value, any> ? Value : never
}

/** A row of the table of distributions. */
export interface Distribution<Table extends ParameterTable = ParameterTable, Value = unknown> {
  /** One sentence, for docs. */
  readonly summary: string
  /** In positional order. */
  readonly parameters: Table
  /** What a draw returns: a number or a vector of numbers, integers, or items of a list. */
  readonly yields: 'numbers' | 'integers' | 'items'
  /** Describes what is wrong with values that are each valid on their own; undefined if nothing is. */
  readonly problem?: (values: ValuesOf<Table>) => string | undefined
  /** The number of draws of a seed, if limited. */
  readonly max?: (values: ValuesOf<Table>) => number
  /** Computes what depends on the parameters alone, and returns a draw: a pure function of seed and counter. */
  readonly draw: (values: ValuesOf<Table>) => Draw<Value>
}

/** A row, with the types of its parameters. */
export function distribution<const Table extends ParameterTable, Value>(row: Distribution<Table, Value>): Distribution<Table, Value> {
  return row
}
