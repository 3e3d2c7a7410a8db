import type { ComponentValue } from '../../pipeline/description/contracts.js'

/** Columns by name; each has one entry per row. */
export type Table = Readonly<Record<string, ComponentValue>>
