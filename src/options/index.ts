export { type AnyOf, anyOf, nullable } from './any-of.js'
export { type CheckSettings, check, failWith, meantBy, problemError, read, reader } from './check.js'
export { type Length, listOf, tuple } from './lists.js'
export { type MapOf, mapOf } from './map-of.js'
export { describeRange, integer, number, type Range } from './numbers.js'
export { type OptionNotes, option } from './option.js'
export {
  type Entry,
  type Level,
  type Option,
  type OptionTable,
  type OptionType,
  type Presence,
  plainType,
  type ValueOf,
  type WrittenOf,
} from './option-type.js'
export { type Options, options, type Rules, type ValuesOf, type WrittenOptions } from './options.js'
export type { ConfigOf, PathsOf } from './path-keys.js'
export type { Findings, OldName, OptionProblem, Path } from './problem.js'
export { recursive } from './recursive.js'
export { type OptionRow, rowsOf } from './rows.js'
export type { Site } from './site.js'
export { anything, boolean, live, noSchema, oneOf, reference, string, text } from './values.js'
export { worded } from './worded.js'
