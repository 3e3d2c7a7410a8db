/** Everything a file may name: the tables of the rooms below, put together. Knowing it reads no data and loads no TensorFlow. */

import { opensets } from '../dataset/opensets/table.js'
import { models } from '../models/zoo/models.js'
import type { Registry } from '../pipeline/description/registry.js'
import { chartTable } from '../report/index.js'

/** The open sets, models and charts of Millrace. Add rows of your own by spreading it: `{ ...registry, models: { ...registry.models, Mine } }`. */
export const registry: Registry = Object.freeze({ opensets, models, charts: chartTable })
