/** The model classes of the zoo by name, for TypeScript, YAML and the command line. */
import type { ZooConfig } from './config-of.js'
import { rows, type ZooName } from './rows.js'
import { ZooModel } from './zoo-model.js'

/**
 * Every model class of the zoo by its name.
 *
 * @example
 * Object.keys(models) // ['ResNet', 'ResNet18', …]
 */
export const models = Object.fromEntries(Object.keys(rows).map(name => [name, new ZooModel(name as ZooName)])) as {
  readonly [Name in ZooName]: ZooModel<ZooConfig<Name>>
}
