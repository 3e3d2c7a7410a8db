/** What a distribution is: its parameters, each with what it may be, and a draw that is a pure function of a place. */

/** A random variable: its value at a place of a stream. Any value can be had without those before it. */
export type Draw<Value = unknown> = (seed: number, counter: number) => Value

/** A parameter: what it may be, and how what is given becomes what is used. */
export interface Parameter<Value = any, Given = Value> {
  /** For errors and docs. */
  readonly allowed: string
  /** The value as it is used, or undefined if it cannot be. */
  readonly read: (given: unknown) => Value | undefined
  /** What it is where it is left out. Without this it is required. */
  readonly standard?: unknown
  /** Never there: the type of what may be given. */
  readonly given?: Given
}

/** A parameter that may be left out. */
export type OptionalParameter<Value = any, Given = Value> = Parameter<Value, Given> & { readonly standard: unknown }

export type ParameterTable = Readonly<Record<string, Parameter>>

/** The values of parameters, as a draw takes them. */
export type ValuesOf<Table extends ParameterTable> = {
  readonly [Name in keyof Table]: Table[Name] extends Parameter<infer Value, any> ? Value : never
}

/** A row of the table of distributions. */
export interface Distribution<Table extends ParameterTable = ParameterTable, Value = unknown> {
  /** One sentence, for docs. */
  readonly summary: string
  /** In the order they are given by position. */
  readonly parameters: Table
  /** What a draw gives: a number or a vector of numbers, whole numbers, or items of a list. */
  readonly gives: 'numbers' | 'integers' | 'items'
  /** What is wrong with values that are right one by one, or undefined. */
  readonly problem?: (values: ValuesOf<Table>) => string | undefined
  /** How many draws a seed has, where they are not without end. */
  readonly max?: (values: ValuesOf<Table>) => number
  /** What depends on the parameters alone is computed once; the draw is a pure function of seed and counter. */
  readonly draw: (values: ValuesOf<Table>) => Draw<Value>
}

/** A row, with the types of its parameters. */
export function distribution<const Table extends ParameterTable, Value>(row: Distribution<Table, Value>): Distribution<Table, Value> {
  return row
}
