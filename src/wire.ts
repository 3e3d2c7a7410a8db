/** Introduces rooms that do not know each other. Every entry of the package imports this file; nothing heavy is loaded. */
import { type ModelClass, setModelAdopter } from './pipeline/index.js'

setModelAdopter(async thing => (await import('./models.js')).toModelClass(thing) as ModelClass)
