/** Everything a file may name, in one registry. It reads no data and does not load TensorFlow. */

import { opensets } from '../dataset/opensets/table.js'
import { models } from '../models/zoo/models.js'
import type { Registry } from '../pipeline/description/registry.js'
import { chartTable } from '../report/index.js'

/** The open sets, models and charts of Millrace. Add rows of your own by spreading it: `{ ...registry, models: { ...registry.models, Mine } }`. */
export const registry: Registry = Object.freeze({ opensets, models, charts: chartTable })
