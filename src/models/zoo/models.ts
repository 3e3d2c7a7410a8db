/** The model classes of the zoo by name, for TypeScript, YAML and the command line. */
import * as families from './families/index.js'

/** The name of a row of the zoo. */
export type ZooName = keyof typeof families

/**
 * Every model class of the zoo by its name.
 *
 * @example
 * Object.keys(models) // ['ResNet', 'ResNet18', …]
 */
export const models: { readonly [Name in ZooName]: (typeof families)[Name] } = { ...families }
