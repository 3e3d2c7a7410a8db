/** Introduces rooms that do not know each other. Every entry of the package imports this file; nothing heavy is loaded. */
import { setModelAdopter } from './pipeline/index.js'

setModelAdopter(async thing => (await import('./models/index.js')).toModelClass(thing))
