/** Types of arguments of actions: those that options alone cannot say. */
import { type OptionType, reference, string, type ValueOf, type WrittenOf } from '../../options/index.js'
import type { ActionSpec } from './content/pipeline-spec.js'

/** An argument that may be an expression: it is evaluated each time the action is done, and its value checked. */
export interface Evaluated<T extends OptionType = OptionType> extends OptionType<ValueOf<T>, WrittenOf<T> | object> {
  readonly evaluated: T
}

/**
 * A value of a type, or an expression for one. Handlers read the value.
 *
 * @example
 * option('how often', evaluated(integer({ min: 0 })))
 */
export function evaluated<T extends OptionType>(type: T): Evaluated<T> {
  return { ...type, evaluated: type, schema: {}, inspect: () => {}, fill: value => value, level: undefined }
}

/** A list of actions inside an action. */
export const block = reference<readonly ActionSpec[]>('#/definitions/block', 'a list of actions')

/** The path of a folder. */
export const folder: OptionType<string, string> = { ...string, allowed: 'a path' }
