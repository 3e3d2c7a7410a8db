/** A type of values: what TypeScript, JSON Schema, errors and defaults know of it, in one object. */
import type { JsonSchema } from '../util/json.js'
import type { Site } from './site.js'

/** The key of the static types: no value exists at run time. */
declare const types: unique symbol

/** `Value` is what code reads, `Written` what a user may write: less, where there are defaults. */
export interface OptionType<Value = any, Written = any> {
  /** The allowed values, as in an error: `an integer of at least 1`. */
  readonly allowed: string
  /** The closed names among what is allowed. */
  readonly names: readonly string[]
  readonly schema: JsonSchema
  /** Reports each problem of a value. */
  readonly inspect: (value: unknown, site: Site) => void
  /** The value with its defaults, under its options' own names. It has been inspected. */
  readonly fill: (value: any) => Value
  /**
   * True if a value has this type's shape, so that errors about its parts are more precise than one about the whole. For maps and lists.
   */
  readonly hasShape: (value: unknown) => boolean
  /** The keys below it, if it is, or may be, a map of options. */
  readonly level?: Level | undefined
  readonly [types]?: { readonly value: Value; readonly written: Written }
}

/** The type under a key. */
export interface Entry {
  /** The key's own name, if an old one was looked up. */
  readonly name: string
  readonly summary: string
  readonly type: OptionType
}

/** True of an option that must be written; a default is read where it is not. */
export type Presence = 'required' | 'optional' | 'default'

/** One option: what it is for, which values it takes, and what holds without it. */
export interface Option<T extends OptionType = OptionType, P extends Presence = Presence> {
  readonly summary: string
  readonly type: T
  readonly presence: P
  readonly default?: ValueOf<T>
  /** Names it had before: they are read, with a note. */
  readonly oldNames: readonly string[]
}

export type OptionTable = Readonly<Record<string, Option>>

/** Keys that lead further down. */
export interface Level {
  /** The options, unless the user chooses the names. */
  readonly table?: OptionTable
  /** The known names; none if the user chooses them. */
  readonly keys: readonly string[]
  readonly entry: (key: string) => Entry | undefined
}

/** What code reads. */
export type ValueOf<T extends OptionType> = NonNullable<T[typeof types]>['value']
/** What a user may write. */
export type WrittenOf<T extends OptionType> = NonNullable<T[typeof types]>['written']

interface Plain<Value> {
  readonly allowed: string
  readonly schema: JsonSchema
  readonly test: (value: unknown) => boolean
  readonly names?: readonly string[]
  /** Changes a value that is allowed into the one that code reads. */
  readonly fill?: (value: never) => Value
}

/** A type that is one test and its words. Most are made by `integer`, `oneOf` and the like; this is for those that these cannot say. */
export function plainType<Value, Written = Value>({ allowed, schema, test, names = [], fill }: Plain<Value>): OptionType<Value, Written> {
  return {
    allowed,
    names,
    schema,
    inspect: (value, site) => {
      if (!test(value)) site.reportValue(value, { allowed, names })
    },
    fill: (fill ?? same) as (value: unknown) => Value,
    hasShape: () => false,
  }
}

const same = (value: unknown) => value
