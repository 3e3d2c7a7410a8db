/** The names that the types of expressions and pipelines track. None of these types has values. */

/** Any name: such a pipeline may have variables and components unknown to the compiler. */
export interface AnyName {
  readonly variable: string
  readonly value?: unknown
}

/** A variable: what `initVariable` declares and `V` reads. */
export interface Variable<Name extends string = string, Value = any> extends AnyName {
  readonly variable: Name
  readonly value: Value
}

/** A component that a pipeline saves to its batches besides those of their class. */
export interface Saved<Component extends string = string> extends AnyName {
  readonly variable: never
  readonly component: Component
}

/** An action of a batch class that a template has. */
export interface Used<Action extends string = string> extends AnyName {
  readonly variable: never
  readonly action: Action
}

/** What an expression reads: the name of a component, or a variable. */
export type Use = string | AnyName
