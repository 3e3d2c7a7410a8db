/** The table of charts. A new kind is a file beside this one and a row here. */
import { accuracy } from './accuracy.js'
import { activations } from './activations.js'
import type { ChartRow } from './chart-row.js'
import { conclusion } from './conclusion.js'
import { curves } from './curves.js'
import { parameters } from './parameters.js'

/** Every kind of chart by its name in a report's `charts`. */
export const chartTable = { curves, parameters, activations, accuracy, conclusion } satisfies Record<string, ChartRow>

/** The name of a kind of chart. */
export type ChartKind = keyof typeof chartTable
