/** The types that check model configs in `initModel`. */
import type { Expression } from './description/expressions/expression.js'

/** A config whose values, at any depth, may be expressions. */
export type ConfigOver<Config, E> = { readonly [Key in keyof Config]: ConfigValue<Config[Key], E> }

type Data = string | number | boolean | null | readonly unknown[] | { readonly [key: string]: unknown }
type IsAny<Value> = 0 extends 1 & Value ? true : false

/** That an expression has no `name` lets the compiler tell which row of a named choice is meant. */
type ConfigValue<Value, E> =
  | (E & { readonly name?: undefined })
  | (IsAny<Value> extends true
      ? Data
      : Value extends Function
        ? Value
        : Value extends readonly unknown[] | { readonly [key: string]: unknown }
          ? { readonly [Key in keyof Value]: ConfigValue<Value[Key], E> }
          : Value)

/** The values in a config. */
type Leaf<Value> = Value extends Expression<any> | Function | { readonly build: unknown } | { readonly layers: unknown }
  ? never
  : Value extends readonly (infer Item)[]
    ? Leaf<Item>
    : Value extends object
      ? { [Key in keyof Value]: Leaf<Value[Key]> }[keyof Value]
      : Value

/**
 * True for a config whose names have lost their types: a `Record<string, unknown>`, or a `const config = { … }` without a type.
 * It is checked where it is written, with `satisfies ConfigOf<typeof ResNet>`, or when it runs.
 */
export type IsWidened<Config> = string extends Leaf<Config> ? true : false
