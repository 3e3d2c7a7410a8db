/** The kinds of charts. A new kind is a file beside this one and a row here. */
import type { ChartRow } from './chart-row.js'

export const chartTable = {} satisfies Record<string, ChartRow>

/** The name of a kind of chart. */
export type ChartKind = keyof typeof chartTable
